import { checkDropping, type DropOptions } from "../dialects/dropping.ts";
import { checkOptions } from "../json/check-options.ts";
import type { ProgressOptions } from "../progress.ts";

/** How a model is saved. */
export interface SaveModelOptions extends ProgressOptions, DropOptions {
  /**
   * The version of Keras to write for, such as `"3.15"` or `"2.15"`: from 2.13 on for `.keras`, from 2.9 on for `.h5`.
   * Defaults to that of the model's file, for a new model and for one of Keras 2 to 3.6; where the model has what that does
   * not know, to the oldest version that does.
   */
  readonly keras?: string | null | undefined;
  /** The date to write. Defaults to that of the model's file, or to 1980-01-01, so that the same model gives the same bytes. */
  readonly date?: Date | null | undefined;
}

/** Complains about options that no model is written by. */
export function checkSaveOptions(options: SaveModelOptions): void {
  const names = {
    keras: true,
    date: true,
    drop: true,
    onNotice: true,
    onProgress: true,
    signal: true,
  } as const;
  checkOptions("saveModel", options, names);
  checkDropping("saveModel", options);
}
