import { FileError } from "../errors.ts";
import { unlessAborted } from "../progress.ts";
import type { Clock } from "./http-clock.ts";
import { Passing } from "./http-errors.ts";

/** How long a server is waited for, and how often it is asked. */
export interface Patience {
  readonly clock: Clock;
  /** How often one thing is asked for. */
  readonly attempts: number;
  /** How long nothing may happen, in milliseconds. */
  readonly timeout: number;
}

/** The longest wait that a server can ask for, before it is asked again. */
const longestWait = 30_000;
const firstPause = 500;
const longestPause = 8000;

/** Runs `attempt` until it succeeds, fails for good, or was tried often enough; the signal ends that at once. */
export async function retried<T>(
  name: string,
  { clock, attempts }: Patience,
  signal: AbortSignal | undefined,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let count = 1; ; count++) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Passing)) throw error;
      const { message, options } = error;
      const { most = attempts, wait = 0, cause } = options;
      const isBusy = wait > longestWait;
      if (isBusy || count >= Math.min(attempts, most)) {
        const asked = count > 1 ? ` It was asked for ${count} times.` : "";
        const help = isBusy ? ` It wants to be asked again in ${Math.ceil(wait / 1000)} s.` : asked;
        throw new FileError(name, message + help, cause && { cause });
      }
      const pause = Math.min(firstPause * 2 ** (count - 1), longestPause);
      // At different times for those whose connections broke at the same time.
      await sleep(clock, wait + pause * (0.5 + clock.random() / 2), signal);
    }
  }
}

async function sleep(clock: Clock, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let stop = () => {};
  const slept = new Promise<void>((resolve) => {
    stop = clock.after(milliseconds, resolve);
  });
  await unlessAborted(slept, signal).finally(stop);
}

/** What a request under a time limit has, and says. */
export interface Timed {
  readonly signal: AbortSignal;
  /** The answer has begun. */
  begun(): void;
  /** So many bytes of it have come. */
  took(bytes: number): void;
}

/**
 * Runs one request. In each span of `timeout` milliseconds its answer must begin, and then as many bytes of it come as the
 * span has milliseconds: a server that sends a byte now and then holds nobody.
 */
export async function timed<T>(
  { clock, timeout }: Patience,
  signal: AbortSignal | undefined,
  run: (timed: Timed) => Promise<T>,
): Promise<T> {
  const control = new AbortController();
  const end = () => control.abort(signal?.reason);
  let cancel = () => {};
  let isBegun = false;
  let bytes = 0;
  const watch = () => {
    bytes = 0;
    cancel();
    cancel = clock.after(timeout, () => (isBegun && bytes >= timeout ? watch() : control.abort(late())));
  };
  const late = () =>
    isBegun
      ? new Passing(`expected ${timeout} bytes of an answer in ${timeout} ms, received ${bytes} bytes.`)
      : new Passing(`expected an answer in ${timeout} ms, received none.`, { most: 2 });
  signal?.addEventListener("abort", end, { once: true });
  watch();
  try {
    const begun = () => {
      isBegun = true;
      watch();
    };
    const took = (count: number) => {
      bytes += count;
    };
    return await unlessAborted(run({ signal: control.signal, begun, took }), control.signal);
  } finally {
    cancel();
    signal?.removeEventListener("abort", end);
  }
}
