import { checkDropping, type DropOptions } from "../../dialects/dropping.ts";
import { checkOption, checkOptions, type OptionKind } from "../../json/check-options.ts";
import type { ProgressOptions } from "../../progress.ts";
import type { Quantization } from "./manifest.ts";

/** How a layers model of TensorFlow.js is written. */
export interface TfjsOptions extends ProgressOptions, DropOptions {
  /**
   * Puts the weights into fewer bits, of which TensorFlow.js makes float32 again: `"float16"`, or steps of one size between
   * the least and the largest number of each weight, `"uint16"` or `"uint8"`. Defaults to none.
   */
  readonly quantizeWeights?: Quantization["dtype"] | null | undefined;
}

/** A file of a model that is in several. */
export interface ModelFile {
  /** Its name in their folder. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const few: OptionKind = [
  '"float16", "uint16" or "uint8"',
  (given) => given === "float16" || given === "uint16" || given === "uint8",
];

/** Complains about options that no layers model is written by. */
export function checkTfjsOptions(where: string, options: TfjsOptions): void {
  checkOptions(where, options, {
    quantizeWeights: true,
    drop: true,
    onNotice: true,
    onProgress: true,
    signal: true,
  });
  checkOption(where, options, "quantizeWeights", few);
  checkDropping(where, options);
}
