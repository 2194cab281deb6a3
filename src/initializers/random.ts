import { float } from "../fields/shorthands.ts";
import type { DType } from "../tensor/dtype.ts";
import { normal, truncatedNormal, uniform } from "../tensor/random.ts";
import type { StaticShape } from "../tensor/shape.ts";
import { affine } from "./affine.ts";
import { kerasRandomInitializer } from "./random-initializer.ts";

/** Numbers spread evenly from `minval` (included) to `maxval` (excluded). */
export class RandomUniform extends kerasRandomInitializer("RandomUniform", {
  /** The least value. */
  minval: float(-0.05),
  /** The value that all stay below. */
  maxval: float(0.05),
}) {
  override create(shape: StaticShape, dtype: DType) {
    return uniform(this.nextKey(), shape, this.minval, this.maxval, this.drawnDType(dtype));
  }
}

const normalFields = {
  /** The mean of the distribution. */
  mean: float(0),
  /** Its standard deviation, before it is truncated. */
  stddev: float(0.05),
};

/** Numbers of a normal distribution. */
export class RandomNormal extends kerasRandomInitializer("RandomNormal", normalFields) {
  override create(shape: StaticShape, dtype: DType) {
    return affine(normal(this.nextKey(), shape, this.drawnDType(dtype)), this.stddev, this.mean);
  }
}

/** Numbers of a normal distribution that are no further from the mean than two standard deviations. */
export class TruncatedNormal extends kerasRandomInitializer("TruncatedNormal", normalFields) {
  override create(shape: StaticShape, dtype: DType) {
    const sample = truncatedNormal(this.nextKey(), shape, -2, 2, this.drawnDType(dtype));
    return affine(sample, this.stddev, this.mean);
  }
}
