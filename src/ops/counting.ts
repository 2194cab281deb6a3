import { ShapeError } from "../errors.ts";
import { aNumber, listOf, nullable, optional } from "../fields/kinds.ts";
import { bool, choice, int } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { windowPrim } from "../program/rules/window.ts";
import { arange } from "./creation.ts";
import { binary, unary } from "./define.ts";
import { dimensions, reshapeTo } from "./dimensions.ts";
import { checkTimes } from "./made.ts";
import { asDType, asFloat, asOperand, floatDType, promote, rankOf } from "./operands.ts";
import { linspace, searchsorted } from "./ranges.ts";
import { reduce } from "./reduction.ts";
import { flip } from "./transposing.ts";
import { operand as operandKind } from "./value-kinds.ts";

/**
 * How often each of 0, 1, 2, … is in a vector of integers, or in each row of a matrix; with weights, their sums. As many
 * as the largest needs, and at least `minlength`.
 */
export const bincount = /* @__PURE__ */ unary(
  "numpy.Bincount",
  (x, { weights, minlength }) => {
    const numbers = asDType(asOperand(x), "int32");
    const rank = rankOf(numbers);
    if (rank !== 1 && rank !== 2)
      throw new ShapeError("bincount", `expected a vector or a matrix, received ${rank} dimensions.`);
    checkTimes("bincount", "minlength", minlength, 2 ** 31 - 1);
    const largest = reduce("reduce_max", numbers, null, false);
    const needed = prim("add", [largest, asDType(1, "int32")]);
    const length = prim("max", [needed, asDType(minlength, "int32")]);
    const each = reshapeTo(numbers, [...dimensions(numbers), 1]);
    const isIt = prim("eq", [each, asDType(arange(length), "int32")]);
    if (weights === null) return reduce("reduce_sum", asDType(isIt, "int32"), rank - 1, false);
    const factors = reshapeTo(weights, [...dimensions(weights), 1]);
    const shares = prim("mul", [factors, asDType(isIt, dtypeOf(factors))]);
    return reduce("reduce_sum", shares, rank - 1, false);
  },
  () => ({
    /** How much each element counts. Defaults to null: 1. */
    weights: optional(nullable(operandKind), null),
    /** The least length of the result. Defaults to 0. */
    minlength: int(0),
    /** Whether the result is sparse, kept as data. Defaults to false. */
    sparse: bool(false),
  }),
);

const histogramFields = () => ({
  /** How many bins. Defaults to 10. */
  bins: int(10),
  /** Where the first begins and the last ends. Defaults to null: the smallest and the largest element. */
  range: optional(nullable(listOf(aNumber)), null),
});

/** How many elements of a vector are in each of some bins of one width, and the edges of the bins. */
export const histogram = /* @__PURE__ */ unary<
  ReturnType<typeof histogramFields>,
  [counts: KerasTensor, edges: KerasTensor],
  [counts: Numeric, edges: Numeric]
>(
  "numpy.Histogram",
  (x, { bins, range }) => {
    if (rankOf(x) !== 1)
      throw new ShapeError("histogram", `expected a vector, received ${rankOf(x)} dimensions.`);
    checkTimes("histogram", "bins", bins, 2 ** 31 - 2);
    const numbers = asFloat(x);
    const [low, high] = range === null ? endsOf(numbers) : boundsOf(range);
    const edges = asDType(linspace(low, high, { num: bins + 1 }), dtypeOf(numbers));
    const found = searchsorted(edges, numbers, { side: "right" });
    const isLast = prim("eq", promote([numbers, high]));
    const places = prim("select", [isLast, asDType(bins, "int32"), found]);
    const each = reshapeTo(places, [-1, 1]);
    const isIn = prim("eq", [each, asDType(arange(1, bins + 1), "int32")]);
    return [reduce("reduce_sum", asDType(isIn, dtypeOf(numbers)), 0, false), edges];
  },
  histogramFields,
);

/** The smallest and the largest element, half of 1 around them where they are the same. */
function endsOf(x: Operand): readonly [Numeric, Numeric] {
  const [low, high] = [reduce("reduce_min", x, null, false), reduce("reduce_max", x, null, false)];
  const isOne = prim("eq", [low, high]);
  const half = asDType(0.5, dtypeOf(x));
  return [
    prim("select", [isOne, prim("sub", [low, half]), low]),
    prim("select", [isOne, prim("add", [high, half]), high]),
  ];
}

function boundsOf(range: readonly number[]): readonly [number, number] {
  const [low, high] = range;
  if (low === undefined || high === undefined || range.length > 2 || high < low)
    throw new ShapeError("histogram", `expected a range from low to high, received [${range.join(", ")}].`);
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** The sums of products of two vectors, one moved along the other, in floats. */
export const correlate = /* @__PURE__ */ binary(
  "numpy.Correlate",
  (x1, x2, { mode }) => {
    const [a, b] = promote([x1, x2], floatDType);
    const [one, two] = [lengthOf(a), lengthOf(b)];
    const isTurned = one < two;
    const [long, short, size] = isTurned ? [b, a, one] : [a, b, two];
    const half = Math.floor(size / 2);
    const padding = { valid: [0, 0], same: [half, size - half - 1], full: [size - 1, size - 1] } as const;
    const sums = windowPrim("conv", [reshapeTo(long, [1, -1, 1]), reshapeTo(short, [-1, 1, 1])], {
      strides: [1],
      padding: [padding[mode]],
      dilation: [1],
      groups: 1,
    });
    const result = reshapeTo(sums, [-1]);
    return isTurned ? flip(result) : result;
  },
  () => ({
    /** Whether only places count where one vector is all inside the other, as many as the longer has, or all. Defaults to "valid". */
    mode: choice("valid", "same", "full")("valid"),
  }),
);

function lengthOf(x: Operand): number {
  const [length] = x.shape;
  if (rankOf(x) === 1 && typeof length === "number" && length > 0) return length;
  throw new ShapeError("correlate", "expected vectors of known lengths of at least 1.");
}
