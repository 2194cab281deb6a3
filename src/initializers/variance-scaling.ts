import type { OptionsOf } from "../fields/field.ts";
import { aFloat, anInteger, type Kind, listOf, nullable, optional, refine } from "../fields/kinds.ts";
import { choice } from "../fields/shorthands.ts";
import { Draw } from "../tensor/draw.ts";
import { type Key, normal, type RandomFloat, truncatedNormal, uniform } from "../tensor/random.ts";
import type { StaticShape } from "../tensor/shape.ts";
import { affine } from "./affine.ts";
import { kerasDrawingInitializer, type RandomOptions } from "./random-initializer.ts";

const axes = () => optional(nullable(listOf(anInteger)), null, { since: "3.15" });

const axesFields = {
  /** The axes whose sizes make the number of inputs, given together with `output_axes`. Defaults to all but the last. */
  input_axes: axes(),
  /** The axes whose sizes make the number of outputs, given together with `input_axes`. Defaults to all but the last but one. */
  output_axes: axes(),
};

type Mode = "fan_in" | "fan_out" | "fan_avg";
type Distribution = "uniform" | "truncated_normal" | "untruncated_normal";

const distributions = ["uniform", "truncated_normal", "untruncated_normal"] as const;

const aDistribution: Kind<Distribution | "normal", Distribution> = {
  kind: "choice",
  expected: '"truncated_normal", "untruncated_normal" or "uniform"',
  schema: { enum: [...distributions, "normal"] },
  parse(input, problems) {
    const name = typeof input === "string" ? input.toLowerCase() : input;
    const meant = name === "normal" ? "truncated_normal" : name;
    return distributions.find((one) => one === meant) ?? problems.expected(this.expected, input);
  },
  toJson: (distribution) => distribution,
};

const aPositiveFloat = refine(aFloat, "a number above 0", (scale) => scale > 0, {
  type: "number",
  exclusiveMinimum: 0,
});

/** How the spread of the numbers follows from the size of a variable. */
interface Spread {
  readonly scale: number;
  readonly mode: Mode;
  readonly distribution: Distribution;
}

interface Axes {
  readonly input_axes: readonly number[] | null;
  readonly output_axes: readonly number[] | null;
}

const fields = {
  /** The variance times what `mode` says; above 0. Defaults to 1. */
  scale: optional(aPositiveFloat, 1),
  /** What it is divided by: the number of inputs, that of outputs, or their mean. Defaults to "fan_in". */
  mode: choice("fan_in", "fan_out", "fan_avg")("fan_in"),
  /** How the numbers are spread; `"truncated_normal"` has none beyond two standard deviations. Defaults to "truncated_normal". */
  distribution: optional(aDistribution, "truncated_normal"),
  ...axesFields,
};

/** What {@link VarianceScaling} takes. */
export interface VarianceScalingOptions extends RandomOptions, OptionsOf<typeof fields> {}

/** Numbers whose variance is `scale` divided by how many inputs or outputs each unit has. */
export class VarianceScaling extends kerasDrawingInitializer(
  "VarianceScaling",
  fields,
)<VarianceScalingOptions> {
  protected override draw(shape: StaticShape, dtype: RandomFloat) {
    return drawScaled(this, this, this.nextKey(), shape, dtype);
  }
}

/** What {@link GlorotUniform} takes. */
export interface GlorotUniformOptions extends RandomOptions, OptionsOf<typeof axesFields> {}

/** Glorot and Bengio's: variance 2 / (inputs + outputs), spread evenly. */
export class GlorotUniform extends kerasDrawingInitializer(
  "GlorotUniform",
  axesFields,
)<GlorotUniformOptions> {
  protected override draw(shape: StaticShape, dtype: RandomFloat) {
    return drawScaled(glorotUniform, this, this.nextKey(), shape, dtype);
  }
}

/** What {@link GlorotNormal} takes. */
export interface GlorotNormalOptions extends RandomOptions, OptionsOf<typeof axesFields> {}

/** Glorot and Bengio's: variance 2 / (inputs + outputs), a truncated normal distribution. */
export class GlorotNormal extends kerasDrawingInitializer("GlorotNormal", axesFields)<GlorotNormalOptions> {
  protected override draw(shape: StaticShape, dtype: RandomFloat) {
    return drawScaled(glorotNormal, this, this.nextKey(), shape, dtype);
  }
}

/** What {@link HeUniform} takes. */
export interface HeUniformOptions extends RandomOptions, OptionsOf<typeof axesFields> {}

/** He's: variance 2 / inputs, spread evenly. */
export class HeUniform extends kerasDrawingInitializer("HeUniform", axesFields)<HeUniformOptions> {
  protected override draw(shape: StaticShape, dtype: RandomFloat) {
    return drawScaled(heUniform, this, this.nextKey(), shape, dtype);
  }
}

/** What {@link HeNormal} takes. */
export interface HeNormalOptions extends RandomOptions, OptionsOf<typeof axesFields> {}

/** He's: variance 2 / inputs, a truncated normal distribution. */
export class HeNormal extends kerasDrawingInitializer("HeNormal", axesFields)<HeNormalOptions> {
  protected override draw(shape: StaticShape, dtype: RandomFloat) {
    return drawScaled(heNormal, this, this.nextKey(), shape, dtype);
  }
}

/** What {@link LecunUniform} takes. */
export interface LecunUniformOptions extends RandomOptions, OptionsOf<typeof axesFields> {}

/** LeCun's: variance 1 / inputs, spread evenly. */
export class LecunUniform extends kerasDrawingInitializer("LecunUniform", axesFields)<LecunUniformOptions> {
  protected override draw(shape: StaticShape, dtype: RandomFloat) {
    return drawScaled(lecunUniform, this, this.nextKey(), shape, dtype);
  }
}

/** What {@link LecunNormal} takes. */
export interface LecunNormalOptions extends RandomOptions, OptionsOf<typeof axesFields> {}

/** LeCun's: variance 1 / inputs, a truncated normal distribution. */
export class LecunNormal extends kerasDrawingInitializer("LecunNormal", axesFields)<LecunNormalOptions> {
  protected override draw(shape: StaticShape, dtype: RandomFloat) {
    return drawScaled(lecunNormal, this, this.nextKey(), shape, dtype);
  }
}

const glorotUniform: Spread = { scale: 1, mode: "fan_avg", distribution: "uniform" };
const glorotNormal: Spread = { scale: 1, mode: "fan_avg", distribution: "truncated_normal" };
const heUniform: Spread = { scale: 2, mode: "fan_in", distribution: "uniform" };
const heNormal: Spread = { scale: 2, mode: "fan_in", distribution: "truncated_normal" };
const lecunUniform: Spread = { scale: 1, mode: "fan_in", distribution: "uniform" };
const lecunNormal: Spread = { scale: 1, mode: "fan_in", distribution: "truncated_normal" };

/** The standard deviation that is left of 1 after truncating at 2. Source: Keras 3.6 `random_initializers.py`. */
const TRUNCATED_DEVIATION = 0.87962566103423978;

function drawScaled(
  { scale, mode, distribution }: Spread,
  axes: Axes,
  key: Key,
  shape: StaticShape,
  dtype: RandomFloat,
): Draw {
  const [inputs, outputs] = fans(shape, axes);
  const divisor = mode === "fan_in" ? inputs : mode === "fan_out" ? outputs : (inputs + outputs) / 2;
  const variance = scale / Math.max(1, divisor);
  const deviation = Math.sqrt(variance);
  const limit = Math.sqrt(3 * variance);
  return new Draw(shape, dtype, (part, start) => {
    if (distribution === "uniform") return uniform(key, part, -limit, limit, dtype, start);
    if (distribution === "untruncated_normal") return affine(normal(key, part, dtype, start), deviation);
    return affine(truncatedNormal(key, part, dtype, start), deviation / TRUNCATED_DEVIATION);
  });
}

/** How many inputs and outputs a unit has whose kernel has this shape: the last two axes are inputs and outputs. */
function fans(shape: StaticShape, { input_axes, output_axes }: Axes): [inputs: number, outputs: number] {
  const sizeAlong = (list: readonly number[]) => list.reduce((size, axis) => size * (shape.at(axis) ?? 1), 1);
  if (input_axes && output_axes) return [sizeAlong(input_axes), sizeAlong(output_axes)];
  if (shape.length < 2) return [shape[0] ?? 1, shape[0] ?? 1];
  const window = shape.slice(0, -2).reduce((size, dimension) => size * dimension, 1);
  return [window * shape.at(-2)!, window * shape.at(-1)!];
}
