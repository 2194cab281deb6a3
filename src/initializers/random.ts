import type { OptionsOf } from "../fields/field.ts";
import { float } from "../fields/shorthands.ts";
import { Draw } from "../tensor/draw.ts";
import { normal, type RandomFloat, truncatedNormal, uniform } from "../tensor/random.ts";
import type { StaticShape } from "../tensor/shape.ts";
import { affine } from "./affine.ts";
import { kerasDrawingInitializer, type RandomOptions } from "./random-initializer.ts";

const fields = {
  /** The least value. Defaults to -0.05. */
  minval: float(-0.05),
  /** The value that all stay below. Defaults to 0.05. */
  maxval: float(0.05),
};

/** What {@link RandomUniform} takes. */
export interface RandomUniformOptions extends RandomOptions, OptionsOf<typeof fields> {}

/** Numbers spread evenly from `minval` (included) to `maxval` (excluded). */
export class RandomUniform extends kerasDrawingInitializer("RandomUniform", fields)<RandomUniformOptions> {
  protected override draw(shape: StaticShape, dtype: RandomFloat) {
    const key = this.nextKey();
    const { minval, maxval } = this;
    return new Draw(shape, dtype, (part, start) => uniform(key, part, minval, maxval, dtype, start));
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
export class RandomNormal extends kerasDrawingInitializer("RandomNormal", normalFields)<RandomNormalOptions> {
  protected override draw(shape: StaticShape, dtype: RandomFloat) {
    const key = this.nextKey();
    const { mean, stddev } = this;
    return new Draw(shape, dtype, (part, start) => affine(normal(key, part, dtype, start), stddev, mean));
  }
}

/** What {@link TruncatedNormal} takes. */
export interface TruncatedNormalOptions extends RandomOptions, OptionsOf<typeof normalFields> {}

/** Numbers of a normal distribution that are no further from the mean than two standard deviations. */
export class TruncatedNormal extends kerasDrawingInitializer(
  "TruncatedNormal",
  normalFields,
)<TruncatedNormalOptions> {
  protected override draw(shape: StaticShape, dtype: RandomFloat) {
    const key = this.nextKey();
    const { mean, stddev } = this;
    return new Draw(shape, dtype, (part, start) =>
      affine(truncatedNormal(key, part, dtype, start), stddev, mean),
    );
  }
}
