import type { OptionsOf } from "../fields/field.ts";
import { integerOrList, optional } from "../fields/kinds.ts";
import { float, number } from "../fields/shorthands.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { scalar } from "../tensor/create.ts";
import { kerasConstraint } from "./constraint.ts";

const axisField = {
  /** The axes of one vector of weights: 0 for the kernel of a Dense, `[0, 1, 2]` for that of a convolution of images. Defaults to 0. */
  axis: optional(integerOrList, 0),
};

const maxNormFields = {
  /** The largest norm. Defaults to 2. */
  max_value: number(2),
  ...axisField,
};

/** What {@link MaxNorm} takes. */
export interface MaxNormOptions extends OptionsOf<typeof maxNormFields> {}

/** Weights whose norms are at most `max_value`. */
export class MaxNorm extends kerasConstraint("MaxNorm", maxNormFields)<MaxNormOptions> {
  override call(x: Operand) {
    const norms = normsOf(x, this.axis);
    return withNorms(x, norms, prim("clamp", [norms], { min: 0, max: this.max_value }));
  }
}

const minMaxNormFields = {
  /** The least norm. Defaults to 0. */
  min_value: float(0),
  /** The largest norm. Defaults to 1. */
  max_value: float(1),
  /** How much of the way back a norm outside is moved in each step, from 0 to 1. Defaults to 1, all of it. */
  rate: float(1),
  ...axisField,
};

/** What {@link MinMaxNorm} takes. */
export interface MinMaxNormOptions extends OptionsOf<typeof minMaxNormFields> {}

/** Weights whose norms are from `min_value` to `max_value`. */
export class MinMaxNorm extends kerasConstraint("MinMaxNorm", minMaxNormFields)<MinMaxNormOptions> {
  override call(x: Operand) {
    const norms = normsOf(x, this.axis);
    const within = prim("clamp", [norms], { min: this.min_value, max: this.max_value });
    const wanted = prim("add", [times(within, this.rate), times(norms, 1 - this.rate)]);
    return withNorms(x, norms, wanted);
  }
}

/** What {@link UnitNorm} takes. */
export interface UnitNormOptions extends OptionsOf<typeof axisField> {}

/** Weights whose norms are 1. */
export class UnitNorm extends kerasConstraint("UnitNorm", axisField)<UnitNormOptions> {
  override call(x: Operand) {
    return prim("div", [x, above0(normsOf(x, this.axis))]);
  }
}

/** The Euclidean norms along some axes, which keep the size 1. */
function normsOf(x: Operand, axis: number | readonly number[]): Numeric {
  const given = typeof axis === "number" ? [axis] : axis;
  const axes = given.map((each) => (each < 0 ? each + x.shape.length : each)).sort((a, b) => a - b);
  const squares = prim("mul", [x, x]);
  return prim("sqrt", [prim("reduce_sum", [squares], { axes, keepdims: true })]);
}

/** `x` scaled so that its norms become the wanted ones. */
function withNorms(x: Operand, norms: Numeric, wanted: Numeric): Numeric {
  return prim("mul", [x, prim("div", [wanted, above0(norms)])]);
}

/** Keras adds this much to what it divides by. */
const EPSILON = 1e-7;

function above0(norms: Numeric): Numeric {
  return prim("add", [norms, scalar(EPSILON, norms.dtype)]);
}

function times(x: Numeric, factor: number): Numeric {
  return prim("mul", [x, scalar(factor, x.dtype)]);
}
