import { ConfigError } from "./errors.ts";
import { isCallback } from "./json/check-options.ts";
import { inspect } from "./json/inspect.ts";
import type { PlatformSignal } from "./platform.ts";
import { nextTurn } from "./turn.ts";

/** How far long work on a file has come. */
export interface Progress {
  /**
   * What is worked on: `"config"`, from which the model is made, `"contents"`, the table of contents of the weights' file,
   * or `"tensors"`, the numbers.
   */
  readonly stage: "config" | "contents" | "tensors";
  /** How much is done: bytes, of contents groups and tensors. */
  readonly done: number;
  /** How much there is; of contents what is known of so far. */
  readonly total: number;
}

/** How long work is watched and ended. */
export interface ProgressOptions {
  /** Told how far the work has come: at the beginning and the end of each stage, and some 20 times a second. */
  readonly onProgress?: ((progress: Progress) => void) | null | undefined;
  /** Ends the work, which then fails with the signal's reason. */
  readonly signal?: PlatformSignal | null | undefined;
}

/** Complains about what can neither be told of work nor end it. */
export function checkProgress({ onProgress, signal }: ProgressOptions): void {
  if (onProgress != null && !isCallback(onProgress))
    throw new ConfigError("onProgress", `expected a function, received ${inspect(onProgress)}.`);
  if (signal != null && typeof signal.throwIfAborted !== "function")
    throw new ConfigError("signal", `expected an AbortSignal, received ${inspect(signal)}.`);
}

const turnTime = 50;

/** Work that says how far it has come, lets timers and input have their turn meanwhile, and can be ended then. */
export class Watch {
  readonly #options: ProgressOptions;
  #told = 0;

  constructor(options: ProgressOptions) {
    checkProgress(options);
    this.#options = options;
    options.signal?.throwIfAborted();
  }

  /** Says what is done; called often, and awaited where it gives a promise. */
  at(stage: Progress["stage"], done: number, total: number): Promise<void> | undefined {
    const { onProgress, signal } = this.#options;
    if (!onProgress && !signal) return undefined;
    const now = performance.now();
    const isEnd = done === 0 || done === total;
    return isEnd || now - this.#told >= turnTime ? this.#tell({ stage, done, total }, now) : undefined;
  }

  async #tell(progress: Progress, now: number): Promise<void> {
    const { onProgress, signal } = this.#options;
    onProgress?.(progress);
    if (now - this.#told >= turnTime) await nextTurn();
    this.#told = performance.now();
    signal?.throwIfAborted();
  }
}

/** What `work` gives, or the signal's reason as soon as it ends the work. */
export function unlessAborted<T>(work: Promise<T>, signal: PlatformSignal | null | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
