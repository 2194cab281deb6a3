import { ShapeError } from "../errors.ts";
import { aNumber, anyJson, nullable, optional, required } from "../fields/kinds.ts";
import { bool, choice, int } from "../fields/shorthands.ts";
import { inspect } from "../json/inspect.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import type { Padding } from "../program/primitives.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { toNumbers } from "../tensor/create.ts";
import { type DType, isFloat } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import { axisOf } from "./axes.ts";
import { arange } from "./creation.ts";
import { binary, unary } from "./define.ts";
import { dimension, dimensions, reshapeTo } from "./dimensions.ts";
import { integerList } from "./kinds.ts";
import { asDType, asOperand, type OperandLike, rankOf } from "./operands.ts";
import { sliceAxis } from "./slice-axis.ts";
import { places } from "./take.ts";
import { dtype as dtypeField } from "./value-kinds.ts";

/** For each place along an axis an own index; without an axis, in the flattened tensor. */
export const takeAlongAxis = /* @__PURE__ */ binary(
  "numpy.TakeAlongAxis",
  (x, indices, { axis }) =>
    axis === null
      ? gatherPrim("gather_along", [reshapeTo(x, [-1]), reshapeTo(places(indices), [-1])], { axis: 0 })
      : gatherPrim("gather_along", [asOperand(x), places(indices)], {
          axis: axisOf(axis, rankOf(x), "takeAlongAxis"),
        }),
  () => ({
    /** The axis that the places are along. Defaults to null: the tensor is flattened. */
    axis: int(null),
  }),
  { tensors: ["x", "indices"] },
);

/** More elements around: a pair of counts per axis, one pair for all, or one count. */
export const pad = /* @__PURE__ */ unary(
  "numpy.Pad",
  (x, { pad_width, mode, constant_values }) => {
    const pairs = widths(pad_width as Widths, rankOf(x));
    return piecePrim("pad", [asOperand(x)], { padding: pairs, mode, value: constant_values ?? 0 });
  },
  () => ({
    /** How many elements before and behind: a pair for each axis, one pair for all, or one number. */
    pad_width: required(anyJson),
    /** What is added: one value, what is mirrored at the edge without or with it, or the edge itself. Defaults to "constant". */
    mode: choice("constant", "reflect", "symmetric", "edge")("constant"),
    /** The value that is added. Defaults to 0. */
    constant_values: optional(nullable(aNumber), null),
  }),
  { call: ["constant_values"] },
);

/** Zeros but for a 1 at the place that each number says; places outside, or between others, give only zeros. */
export const oneHot = /* @__PURE__ */ unary(
  "nn.OneHot",
  (x, { num_classes, axis, dtype }) => {
    const at = asOperand(x);
    const isWhole = isFloat(dtypeOf(at)) ? prim("eq", [at, prim("floor", [at])]) : null;
    // What is not whole is at a place that there is not.
    const whole = isWhole ? prim("select", [isWhole, places(at), asDType(-1, "int32")]) : at;
    return oneHotOf(whole, num_classes, axis, dtype ?? "float32");
  },
  () => ({
    /** How many classes there are. */
    num_classes: int(),
    /** The axis of the classes in the result. Defaults to -1. */
    axis: int(-1),
    /** The dtype of the result. Defaults to float32. */
    dtype: dtypeField(null),
    /** Whether the tensor is sparse, kept as data. Defaults to false. */
    sparse: bool(false, { since: "3.2" }),
  }),
);

/** For each row of places, which classes are among them. */
export const multiHot = /* @__PURE__ */ unary(
  "nn.MultiHot",
  (x, { num_classes, axis, dtype }) => {
    const wide = oneHotOf(x, num_classes ?? 0, axis, dtype ?? "float32");
    return prim("reduce_max", [wide], { axes: [rankOf(x) > 1 ? 1 : 0], keepdims: false });
  },
  () => ({
    /** How many classes there are. Defaults to none. */
    num_classes: int(null),
    /** The axis of the classes in the result. Defaults to -1. */
    axis: int(-1),
    /** The dtype of the result. Defaults to float32. */
    dtype: dtypeField(null),
    /** Whether the tensor is sparse, kept as data. Defaults to false. */
    sparse: bool(false, { since: "3.2" }),
  }),
  { tensors: ["inputs"] },
);

/** Part of a tensor: as many elements as `shape` says, from `start_indices` on. */
export const slice = /* @__PURE__ */ binary(
  "core.Slice",
  (x, start, { shape }) =>
    start instanceof Tensor
      ? fixedSlice(x, [...toNumbers(start)], shape)
      : movingSlice(x, asOperand(start), shape),
  () => ({
    /** How many elements are taken along each axis. */
    shape: integerList(),
  }),
  { tensors: ["inputs", "start_indices"] },
);

type Widths = number | readonly number[] | Padding;

/** A pair of counts per axis. */
function widths(given: Widths, rank: number): Padding {
  if (typeof given === "number") return new Array<[number, number]>(rank).fill([given, given]);
  const pairs = [given].flat(1).map((item) => (typeof item === "number" ? [item] : item));
  const isEmpty = pairs.length === 0 && rank > 0;
  if (isEmpty || !pairs.every((pair) => isPair(pair) && pair.length === pairs[0]?.length))
    throw new ShapeError("pad", `expected a number or two for each axis, received ${inspect(given)}.`);
  if (pairs.every((pair) => pair.length === 1)) {
    const [low, high = low] = pairs.map(([n]) => n!);
    return new Array<[number, number]>(rank).fill([low!, high!]);
  }
  if (pairs.length === 1)
    return new Array<readonly [number, number]>(rank).fill(pairs[0] as [number, number]);
  return pairs as unknown as Padding;
}

function isPair(pair: unknown): boolean {
  return Array.isArray(pair) && (pair.length === 1 || pair.length === 2) && pair.every(Number.isInteger);
}

/** One-hot vectors of values. */
export function oneHotOf(x: OperandLike, classes: number, axis: number, dtype: DType): Numeric {
  const rank = rankOf(x) + 1;
  const at = axisOf(axis, rank, "oneHot");
  const wide = reshapeTo(places(x), dimensions(x).toSpliced(at, 0, 1));
  const each = reshapeTo(
    arange(classes),
    Array.from({ length: rank }, (_, i) => (i === at ? classes : 1)),
  );
  return asDType(prim("eq", [wide, each]), dtype);
}

function fixedSlice(x: OperandLike, start: readonly number[], shape: readonly number[]): Numeric {
  return shape.reduce((result: Numeric | OperandLike, size, axis) => {
    const first = start[axis]!;
    return sliceAxis(result, axis, first, size === -1 ? null : first + size);
  }, x) as Numeric;
}

function movingSlice(x: OperandLike, start: Operand, shape: readonly number[]): Numeric {
  return shape.reduce((result: Numeric | OperandLike, size, axis) => {
    const first = reshapeTo(sliceAxis(start, 0, axis, axis + 1), []);
    const places = prim("add", [
      asDType(first, "int32"),
      arange(size === -1 ? dimension(x, axis) : size) as Operand,
    ]);
    return gatherPrim("gather", [asOperand(result), places], { axis });
  }, x) as Numeric;
}
