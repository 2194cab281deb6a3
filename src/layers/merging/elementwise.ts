import { ModelError } from "../../errors.ts";
import { placeOf } from "../../graph/graph.ts";
import { maskOf, setMask } from "../../graph/mask.ts";
import { add, divide, maximum, minimum, multiply, subtract } from "../../ops/arithmetic.ts";
import { logicalOr, where } from "../../ops/comparison.ts";
import { broadcastTo, dimensions } from "../../ops/dimensions.ts";
import { any } from "../../ops/reduction.ts";
import { expandDims } from "../../ops/reshaping.ts";
import { dtypeOf, type Numeric } from "../../program/emit.ts";
import { scalar } from "../../tensor/create.ts";
import type { LayerOptions } from "../define.ts";
import { mergeLayer } from "./merge.ts";

type Join = (a: Numeric, b: Numeric) => Numeric;

const reduceWith = (join: Join) => (inputs: readonly Numeric[]) => inputs.reduce(join);

/** What {@link Add} takes. */
export interface AddOptions extends LayerOptions {}

/**
 * The sum of a list of tensors of one shape (or shapes that broadcast).
 * Source: Keras 3.6 `layers/merging/add.py`.
 *
 * @example
 * const y = new Add().apply([Input({ shape: [4] }), Input({ shape: [4] })]);
 */
export class Add extends mergeLayer("Add", {}, reduceWith(add))<AddOptions> {}

/** What {@link Subtract} takes. */
export interface SubtractOptions extends LayerOptions {}

/** The first of two tensors minus the second. Source: Keras 3.6 `layers/merging/subtract.py`. */
export class Subtract extends mergeLayer("Subtract", {}, (inputs, layer) => {
  const [a, b, ...more] = inputs;
  if (!a || !b || more.length > 0) {
    throw new ModelError(placeOf(layer), `expected a list of 2 tensors, received ${inputs.length}.`);
  }
  return subtract(a, b);
})<SubtractOptions> {}

/** What {@link Multiply} takes. */
export interface MultiplyOptions extends LayerOptions {}

/**
 * The product of a list of tensors, element by element; a step that an input masks is left out of it.
 * Source: Keras 3.6 `layers/merging/multiply.py`.
 */
export class Multiply extends mergeLayer("Multiply", {}, (inputs) => {
  const masks = inputs.map(wideMask);
  const factors = inputs.map((x, i) => (masks[i] ? where(masks[i], x, scalar(1, dtypeOf(x))) : x));
  const output = factors.reduce(multiply);
  if (!masks.every((mask) => mask !== null)) return output;
  const mask = masks.reduce((a, b) => logicalOr(a, b));
  const masked = where(mask, output, scalar(0, output.dtype));
  setMask(masked, any(mask, { axis: -1 }));
  return masked;
})<MultiplyOptions> {}

/** What {@link Average} takes. */
export interface AverageOptions extends LayerOptions {}

/** The mean of a list of tensors, element by element. Source: Keras 3.6 `layers/merging/average.py`. */
export class Average extends mergeLayer("Average", {}, (inputs) => {
  const sum = inputs.reduce(add);
  return divide(sum, scalar(inputs.length, sum.dtype));
})<AverageOptions> {}

/** What {@link Maximum} takes. */
export interface MaximumOptions extends LayerOptions {}

/** The largest of each element of a list of tensors. Source: Keras 3.6 `layers/merging/maximum.py`. */
export class Maximum extends mergeLayer("Maximum", {}, (inputs) =>
  extreme(inputs, maximum),
)<MaximumOptions> {}

/** What {@link Minimum} takes. */
export interface MinimumOptions extends LayerOptions {}

/** The smallest of each element of a list of tensors. Source: Keras 3.6 `layers/merging/minimum.py`. */
export class Minimum extends mergeLayer("Minimum", {}, (inputs) =>
  extreme(inputs, minimum),
)<MinimumOptions> {}

/** The extreme over what the masks leave: a step that one input masks is taken from the others. */
function extreme(inputs: readonly Numeric[], join: Join): Numeric {
  const { x, mask } = inputs
    .map((input) => ({ x: input, mask: wideMask(input) }))
    .reduce((a, b) => {
      const right = b.mask ? where(b.mask, b.x, a.x) : b.x;
      const left = a.mask ? where(a.mask, a.x, right) : a.x;
      return { x: join(left, right), mask: a.mask && b.mask && logicalOr(a.mask, b.mask) };
    });
  if (mask) setMask(x, any(mask, { axis: -1 }));
  return x;
}

/** A tensor's mask, as wide as the tensor. */
function wideMask(x: Numeric): Numeric | null {
  const mask = maskOf(x);
  return mask && broadcastTo(expandDims(mask, { axis: -1 }), dimensions(x));
}
