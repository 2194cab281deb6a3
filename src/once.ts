/** An asynchronous function that runs once, and what it gave as soon as that is there. */
export interface Once<T> {
  (): Promise<T>;
  readonly loaded: T | undefined;
}

/**
 * An asynchronous function that runs once: all calls get what the first one gives, and `loaded` has it, for those who would
 * rather not wait. A failure is not kept; the next call tries again.
 */
export function once<T>(run: () => Promise<T>): Once<T> {
  let running: Promise<T> | null = null;
  let loaded: T | undefined;
  const load = () => {
    running ??= run().then(
      (value) => {
        loaded = value;
        return value;
      },
      (error: unknown) => {
        running = null;
        throw error;
      },
    );
    return running;
  };
  return Object.defineProperty(load, "loaded", { get: () => loaded }) as Once<T>;
}
