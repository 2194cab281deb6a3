/**
 * An asynchronous function that runs once: all calls get what the first one gives. A failure is not kept; the next call
 * tries again.
 */
export function once<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  return () => {
    running ??= run().catch((error: unknown) => {
      running = null;
      throw error;
    });
    return running;
  };
}
