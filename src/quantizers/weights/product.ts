import { add, multiply } from "../../ops/arithmetic.ts";
import { cast } from "../../ops/core.ts";
import { type Dimension, dimension, product as productOf, reshapeTo } from "../../ops/dimensions.ts";
import { einsum, explicit } from "../../ops/einsum.ts";
import { matmul } from "../../ops/matmul.ts";
import { expandDims, squeeze } from "../../ops/reshaping.ts";
import { take } from "../../ops/take.ts";
import { transpose } from "../../ops/transposing.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Update, WeightUse } from "./quantization.ts";

/** How inputs are multiplied by a weight, and how scales of both are laid along the result. */
export interface Product {
  /** The axes that are summed over. */
  readonly inputAxes: readonly number[];
  readonly weightAxes: readonly number[];
  /** A scale of size 1 along those axes, as it is along the result. */
  alignInput(scale: Numeric): Numeric;
  alignWeight(scale: Numeric): Numeric;
  floats(x: Operand, weight: Operand): Numeric;
  /** The same of int8, added up as int32. */
  integers(x: Operand, weight: Operand): Numeric;
}

/** The product of a layer with its weight. */
export function productFor({ equation, rank = 2 }: WeightUse): Product {
  return equation == null ? matrixProduct : einsumProduct(equation, rank);
}

const matrixProduct: Product = {
  inputAxes: [-1],
  weightAxes: [0],
  alignInput: (scale) => scale,
  alignWeight: (scale) => squeeze(scale, { axis: 0 }),
  floats: (x, weight) => matmul(x, weight),
  integers: (x, weight) => matmul(x, weight),
};

function einsumProduct(equation: string, rank: number): Product {
  const letters = explicit(equation, [rank, equation.split(",")[1]!.split("->")[0]!.trim().length]);
  const [terms = "", output = ""] = letters.split("->");
  const [input = "", weight = ""] = terms.split(",");
  const floats = (x: Operand, kernel: Operand) => einsum(x, kernel, { subscripts: letters });
  return {
    inputAxes: missing(input, output),
    weightAxes: missing(weight, output),
    alignInput: (scale) => align(scale, input, output),
    alignWeight: (scale) => align(scale, weight, output),
    floats,
    integers: (x, kernel) => integerProduct(x, kernel, [input, weight, output]) ?? floats(x, kernel),
  };
}

/** The axes of a term that the output does not have. */
function missing(term: string, output: string): number[] {
  return [...term].flatMap((letter, i) => (output.includes(letter) ? [] : [i]));
}

/**
 * A scale along the axes of the output: in their order, of size 1 along those that it does not have. The axes of size 1 that
 * were summed over take the first of these places. Source: Keras 3.6 `layers/core/einsum_dense.py`,
 * `_analyze_quantization_info`.
 */
function align(scale: Numeric, term: string, output: string): Numeric {
  const free = [...output].flatMap((letter, i) => (term.includes(letter) ? [] : [i]));
  const perm = [...output].flatMap((letter) => (term.includes(letter) ? [term.indexOf(letter)] : []));
  const gone: number[] = [];
  let place = 0;
  for (const axis of missing(term, output)) {
    const next = free.shift();
    if (next === undefined) gone.push(axis);
    else place = next;
    perm.splice(place, 0, axis);
  }
  const turned = transpose(scale, { axes: perm });
  const wide = free.length > 0 ? expandDims(turned, { axis: free }) : turned;
  return gone.length > 0 ? squeeze(wide, { axis: gone }) : wide;
}

/** A product of int8 as one of matrices, which engines have kernels for; null where axes are shared by all three terms. */
function integerProduct(
  x: Operand,
  kernel: Operand,
  [input, weight, output]: readonly [string, string, string],
): Numeric | null {
  const summed = [...weight].filter((letter) => input.includes(letter));
  const rows = [...input].filter((letter) => !summed.includes(letter));
  const columns = [...weight].filter((letter) => !summed.includes(letter));
  const isPlain = summed.every((letter) => !output.includes(letter));
  if (!isPlain || rows.length + columns.length !== output.length || rows.length === 0) return null;
  const turn = (operand: Operand, term: string, order: readonly string[]) =>
    transpose(operand, { axes: order.map((letter) => term.indexOf(letter)) });
  const sizes = (operand: Operand, term: string, some: readonly string[]) =>
    some.map((letter) => dimension(operand, term.indexOf(letter)));
  const flat = (operand: Numeric, groups: readonly Dimension[][]) =>
    operand.shape.length === groups.flat().length && groups.every(({ length }) => length === 1)
      ? operand
      : reshapeTo(operand, groups.map(productOf));
  const outer = sizes(x, input, rows).map((each) => [each]);
  const left = flat(turn(x, input, [...rows, ...summed]), [...outer, sizes(x, input, summed)]);
  const right = flat(turn(kernel, weight, [...summed, ...columns]), [
    sizes(kernel, weight, summed),
    sizes(kernel, weight, columns),
  ]);
  const result = matmul(left, right);
  const whole =
    columns.length === 1 ? result : reshapeTo(result, [...outer.flat(), ...sizes(kernel, weight, columns)]);
  return turn(whole, [...rows, ...columns].join(""), [...output]);
}

/** A product with what a low-rank update adds to it, in the dtype that the layer computes in. */
export function withUpdate(
  result: Numeric,
  x: Operand,
  { floats }: Product,
  update: Update | null,
  dtype: DType,
): Numeric {
  if (update === null) return result;
  const low = matmul(floats(x, update.a), update.b);
  return cast(add(result, update.scale === 1 ? low : multiply(low, update.scale)), { dtype });
}

/** Rows with what a low-rank update adds to them, in the dtype that the layer computes in. */
export function rowsWithUpdate(rows: Numeric, x: Operand, update: Update | null, dtype: DType): Numeric {
  if (update === null) return rows;
  const low = matmul(take(update.a, x, { axis: 0 }), update.b);
  return cast(add(rows, update.scale === 1 ? low : multiply(low, update.scale)), { dtype });
}

/** A result with the bias. */
export function withBias(result: Numeric, bias: Operand | null): Numeric {
  return bias === null ? result : add(result, bias);
}
