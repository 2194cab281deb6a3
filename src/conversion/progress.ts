import type { Progress, ProgressOptions } from "../progress.ts";

/** How many parts a conversion has, and how many of them are done once the model is read. */
const total = 1000;
const read = 50;

/** Tells of a conversion as one piece of work: reading a model is its beginning, writing it the rest. */
export class ConversionProgress {
  readonly #onProgress: ProgressOptions["onProgress"];
  #done = 0;

  constructor({ onProgress }: ProgressOptions) {
    this.#onProgress = onProgress;
  }

  /** For what reads. */
  get reading(): ProgressOptions["onProgress"] {
    return this.#from(0, read);
  }

  /** For what writes. Nothing is done before all is where it belongs. */
  get writing(): ProgressOptions["onProgress"] {
    return this.#from(read, total - 1);
  }

  end(): void {
    this.#onProgress?.({ stage: "tensors", done: total, total });
  }

  #from(start: number, end: number): ProgressOptions["onProgress"] {
    const onProgress = this.#onProgress;
    if (!onProgress) return onProgress;
    return ({ stage, done, total: all }: Progress) => {
      const part = all > 0 ? done / all : 1;
      this.#done = Math.max(this.#done, Math.floor(start + part * (end - start)));
      onProgress({ stage, done: this.#done, total });
    };
  }
}
