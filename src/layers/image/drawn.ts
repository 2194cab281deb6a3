import { less } from "../../ops/comparison.ts";
import { dimension } from "../../ops/dimensions.ts";
import type { Numeric } from "../../program/emit.ts";
import { uniform } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Pair } from "./fields.ts";

/** A number for each image of a batch, `(batch, 1, 1, 1)`, from the least on and below the most. */
export function numberForEach(
  images: Numeric,
  seeds: SeedGenerator,
  [min, max]: Pair = [0, 1],
  dtype: DType = "float32",
): Numeric {
  return uniform(seeds, [dimension(images, 0), 1, 1, 1], { min, max, dtype });
}

/** Which images something is done to: each is one of them as often as the share says that is drawn for it. */
export function chosen(images: Numeric, seeds: SeedGenerator, shares: Pair): Numeric {
  const share = numberForEach(images, seeds, shares);
  return less(numberForEach(images, seeds), share);
}
