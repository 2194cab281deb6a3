import { ShapeError } from "../errors.ts";
import { choice, int } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { isFloat } from "../tensor/dtype.ts";
import { arange } from "./creation.ts";
import { binary, defineOp, type Op, type TensorLike } from "./define.ts";
import { calculate, dimension, dimensions, filled, product, reshapeTo } from "./dimensions.ts";
import { integerList } from "./kinds.ts";
import { lowest } from "./lowest.ts";
import {
  asDType,
  asOperand,
  asResult,
  type NumberList,
  type OperandLike,
  promote,
  rankOf,
  shapeOf,
} from "./operands.ts";

type Tensor = TensorLike | NumberList;

/** An op that changes part of a tensor. */
export interface UpdateOp extends Op {
  (inputs: KerasTensor, places: Tensor, updates: Tensor): KerasTensor;
  (inputs: OperandLike, places: OperandLike | NumberList, updates: OperandLike | NumberList): Numeric;
}

/** Zeros of a shape with values added at places, each a row of `indices`. */
export const scatter = /* @__PURE__ */ binary(
  "core.Scatter",
  (indices, values, { shape }) => {
    const updates = asOperand(values);
    return scattered(filled(shape, 0, dtypeOf(updates)), indices, updates);
  },
  () => ({
    /** The shape of the result. */
    shape: integerList(),
  }),
  { tensors: ["indices", "values"] },
);

const reductionField = () => ({
  /** What is put there instead of the value: made of what was there and that. Defaults to null: the value itself. */
  reduction: choice("add", "mul", "min", "max")(null, { since: "3.14" }),
});

/** An op that changes elements of a tensor. */
export interface ScatterUpdateOp extends Op {
  (inputs: KerasTensor, places: Tensor, updates: Tensor, options?: ScatterUpdateOptions): KerasTensor;
  (
    inputs: OperandLike,
    places: OperandLike | NumberList,
    updates: OperandLike | NumberList,
    options?: ScatterUpdateOptions,
  ): Numeric;
}

/** Settings of `scatterUpdate`. */
export interface ScatterUpdateOptions {
  /** What is put there instead of the value: made of what was there and that. Defaults to null: the value itself. */
  readonly reduction?: "add" | "mul" | "min" | "max" | null;
}

/** A copy with other values at places, each a row of `indices`. */
export const scatterUpdate = /* @__PURE__ */ defineOp<ScatterUpdateOp>({
  path: "core.ScatterUpdate",
  tensors: ["inputs", "indices", "updates"],
  fields: reductionField,
  compute: (
    inputs: OperandLike,
    indices: OperandLike,
    updates: OperandLike,
    { reduction }: Required<ScatterUpdateOptions>,
  ) => {
    const operand = asOperand(inputs);
    const values = asDType(updates, dtypeOf(operand));
    if (reduction === "add") return scattered(operand, indices, values);
    if (reduction !== null) {
      const { places, rows } = rowsOf(operand, indices, values);
      return gatherPrim("scatter_fold", [operand, places, rows], { reduction });
    }
    const blank = filled(dimensions(operand), 0, "float32");
    const hits = scattered(blank, indices, filled(dimensions(values), 1, "float32"));
    const isHit = prim("gt", [hits, asDType(0, "float32")]);
    const placed = scattered(filled(dimensions(operand), 0, dtypeOf(operand)), indices, values);
    return prim("select", [isHit, placed, operand]);
  },
});

/** A copy with a block of other values from `start_indices` on; a block that would end outside is moved inside. */
export const sliceUpdate = /* @__PURE__ */ defineOp<UpdateOp>({
  path: "core.SliceUpdate",
  tensors: ["inputs", "start_indices", "updates"],
  compute: (inputs: OperandLike, start: OperandLike, updates: OperandLike) => {
    const operand = asOperand(inputs);
    const rank = rankOf(operand);
    const zero = asDType(0, "int32");
    let placed: Numeric = asDType(asResult(asOperand(updates)), dtypeOf(operand));
    let isInside: Numeric = asDType(true, "bool");
    for (let axis = 0; axis < rank; axis++) {
      const [all, some] = [dimension(operand, axis), dimension(updates, axis)];
      if (some === 0) return asResult(operand);
      const given = gatherPrim("gather", [asDType(start, "int32"), asDType(axis, "int32")], { axis: 0 });
      const last = asDType(calculate("sub", all, some), "int32");
      const first = prim("max", [prim("min", [given, last]), zero]);
      const offsets = prim("sub", [asDType(arange(all), "int32"), first]);
      const end = asDType(calculate("sub", some, 1), "int32");
      const isIn = prim("and", [prim("ge", [offsets, zero]), prim("le", [offsets, end])]);
      const shape = Array.from({ length: rank }, (_, i) => (i === axis ? -1 : 1));
      isInside = prim("and", [isInside, reshapeTo(isIn, shape)]);
      placed = gatherPrim("gather", [placed, prim("max", [prim("min", [offsets, end]), zero])], { axis });
    }
    return prim("select", [isInside, placed, operand]);
  },
});

/**
 * Whether each target is among the `k` best predictions; ties count as in. A negative target counts from the last class;
 * one that is no class is behind all, as in Keras on JAX.
 */
export const inTopK = /* @__PURE__ */ binary(
  "math.InTopK",
  (targets, predictions, { k }) => {
    const scores = asOperand(predictions);
    const axis = rankOf(scores) - 1;
    const classes = asDType(dimension(scores, axis), "int32");
    const places = reshapeTo(asDType(targets, "int32"), [...dimensions(targets), 1]);
    const own = gatherPrim("gather_along", [scores, prim("mod", [places, classes])], { axis });
    const isClass = prim("and", [
      prim("ge", [places, prim("neg", [classes])]),
      prim("lt", [places, classes]),
    ]);
    const isRanked = isFloat(dtypeOf(scores))
      ? prim("and", [isClass, prim("not", [prim("is_nan", [own])])])
      : isClass;
    const score = prim("select", [isRanked, own, asDType(lowest(dtypeOf(scores)), dtypeOf(scores))]);
    const isAbove = asDType(prim("gt", [scores, score]), "int32");
    const above = prim("reduce_sum", [isAbove], { axes: [axis], keepdims: false });
    return prim("lt", [above, asDType(k, "int32")]);
  },
  () => ({
    /** How many of the largest count. */
    k: int(),
  }),
  { tensors: ["targets", "predictions"] },
);

/** Adds values at places, each a row of `indices`. */
export function scattered(x: Operand, indices: OperandLike, updates: Operand): Numeric {
  const [to, values] = promote([x, updates]);
  const { places, rows } = rowsOf(to, indices, values);
  return gatherPrim("scatter_add", [to, places, rows]);
}

/** Places and values in rows, one for each. */
function rowsOf(x: Operand, indices: OperandLike, updates: Operand) {
  const given = asDType(indices, "int32");
  const depth = shapeOf(given).at(-1);
  if (typeof depth !== "number")
    throw new ShapeError("scatter", "expected indices with a known last axis, received None.");
  const count = product(dimensions(given).slice(0, -1));
  const places = rankOf(given) === 2 ? given : reshapeTo(given, [count, depth]);
  return { places, rows: reshapeTo(updates, [count, ...dimensions(x).slice(depth)]) };
}
