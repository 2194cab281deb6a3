import type { OptionsOf } from "../fields/field.ts";
import { float } from "../fields/shorthands.ts";
import type { DType } from "../tensor/dtype.ts";
import { normal, truncatedNormal, uniform } from "../tensor/random.ts";
import type { StaticShape } from "../tensor/shape.ts";
import { affine } from "./affine.ts";
import { kerasRandomInitializer, type RandomOptions } from "./random-initializer.ts";

const fields = {
  /** The least value. Defaults to -0.05. */
  minval: float(-0.05),
  /** The value that all stay below. Defaults to 0.05. */
  maxval: float(0.05),
};

/** What {@link RandomUniform} takes. */
export interface RandomUniformOptions extends RandomOptions, OptionsOf<typeof fields> {}

/** Numbers spread evenly from `minval` (included) to `maxval` (excluded). */
export class RandomUniform extends kerasRandomInitializer("RandomUniform", fields)<RandomUniformOptions> {
  override create(shape: StaticShape, dtype: DType) {
    return uniform(this.nextKey(), shape, this.minval, this.maxval, this.drawnDType(dtype));
  }
}

const normalFields = {
  /** The mean of the distribution. Defaults to 0. */
  mean: float(0),
  /** Its standard deviation, before it is truncated. Defaults to 0.05. */
  stddev: float(0.05),
};

/** What {@link RandomNormal} takes. */
export interface RandomNormalOptions extends RandomOptions, OptionsOf<typeof normalFields> {}

/** Numbers of a normal distribution. */
export class RandomNormal extends kerasRandomInitializer("RandomNormal", normalFields)<RandomNormalOptions> {
  override create(shape: StaticShape, dtype: DType) {
    return affine(normal(this.nextKey(), shape, this.drawnDType(dtype)), this.stddev, this.mean);
  }
}

/** What {@link TruncatedNormal} takes. */
export interface TruncatedNormalOptions extends RandomOptions, OptionsOf<typeof normalFields> {}

/** Numbers of a normal distribution that are no further from the mean than two standard deviations. */
export class TruncatedNormal extends kerasRandomInitializer(
  "TruncatedNormal",
  normalFields,
)<TruncatedNormalOptions> {
  override create(shape: StaticShape, dtype: DType) {
    const sample = truncatedNormal(this.nextKey(), shape, -2, 2, this.drawnDType(dtype));
    return affine(sample, this.stddev, this.mean);
  }
}
