import { ShapeError } from "../errors.ts";
import { int } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { piecePrim } from "../program/rules/piece.ts";
import type { DType } from "../tensor/dtype.ts";
import { axisOf } from "./axes.ts";
import { arange } from "./creation.ts";
import { unary } from "./define.ts";
import { dimension, dimensions, reshapeTo } from "./dimensions.ts";
import { made } from "./made.ts";
import { permute } from "./moving.ts";
import { asDType, asOperand, type OperandLike, promote, rankOf, shapeOf } from "./operands.ts";

const offsetFields = () => ({
  /** Which diagonal: above the main one where positive, below where negative. Defaults to 0. */
  offset: int(0),
  /** The axis of the rows. Defaults to 0. */
  axis1: int(0),
  /** The axis of the columns. Defaults to 1. */
  axis2: int(1),
});

/** What is on the `k`-th diagonal (above the main one) and below it; the rest is 0. */
export const tril = /* @__PURE__ */ unary(
  "numpy.Tril",
  (x, { k }) => half(x, "ge", k),
  () => ({
    /** Which diagonal: above the main one where positive, below where negative. Defaults to 0. */
    k: int(0),
  }),
);

/** What is on the `k`-th diagonal and above it; the rest is 0. */
export const triu = /* @__PURE__ */ unary(
  "numpy.Triu",
  (x, { k }) => half(x, "le", k),
  () => ({
    /** Which diagonal: above the main one where positive, below where negative. Defaults to 0. */
    k: int(0),
  }),
);

/** The diagonal of two axes, as a last axis. */
export const diagonal = /* @__PURE__ */ unary(
  "numpy.Diagonal",
  (x, { offset, axis1, axis2 }) => diagonalOf(x, offset, axis1, axis2),
  offsetFields,
);

/** The sum of a diagonal. */
export const trace = /* @__PURE__ */ unary(
  "numpy.Trace",
  (x, { offset, axis1, axis2 }) => {
    const found = diagonalOf(x, offset, axis1, axis2);
    const wider: Partial<Record<DType, DType>> = {
      bool: "int32",
      uint8: "int32",
      uint16: "int32",
      int8: "int32",
      int16: "int32",
    };
    const number = asDType(found, wider[found.dtype] ?? found.dtype);
    return prim("reduce_sum", [number], { axes: [rankOf(found) - 1], keepdims: false });
  },
  offsetFields,
);

/** A matrix with a vector on its `k`-th diagonal; of a matrix, that diagonal. */
export const diag = /* @__PURE__ */ unary(
  "numpy.Diag",
  (x, { k }) => {
    if (rankOf(x) === 2) return diagonalOf(x, k, 0, 1);
    const operand = asOperand(x);
    const column = reshapeTo(operand, [-1, 1]);
    const [rows, columns] = [reshapeTo(arange(dimension(x, 0)), [-1, 1]), arange(dimension(x, 0))];
    const isOn = prim("eq", [rows, columns]);
    const square = prim("select", [isOn, column, asDType(0, dtypeOf(operand))]);
    if (k === 0) return square;
    const [low, high] = k > 0 ? [0, k] : [-k, 0];
    return piecePrim("pad", [square], {
      padding: [
        [low, high],
        [high, low],
      ],
      mode: "constant",
      value: 0,
    });
  },
  () => ({
    /** Which diagonal: above the main one where positive, below where negative. Defaults to 0. */
    k: int(0),
  }),
);

function half(x: OperandLike, comparison: "ge" | "le", k: number): Numeric {
  const operand = asOperand(x);
  const rows = reshapeTo(arange(dimension(x, -2)), [-1, 1]);
  const columns = arange(dimension(x, -1));
  const isIn = prim(comparison, promote([prim("add", promote([rows, k])), columns]));
  return prim("select", [isIn, operand, asDType(0, dtypeOf(operand))]);
}

function diagonalOf(x: OperandLike, offset: number, axis1: number, axis2: number): Numeric {
  const rank = rankOf(x);
  const [first, second] = [axisOf(axis1, rank, "diagonal"), axisOf(axis2, rank, "diagonal")];
  const others = [...Array(rank).keys()].filter((axis) => axis !== first && axis !== second);
  const [rows, columns] = [sizeOf(shapeOf(x)[first]), sizeOf(shapeOf(x)[second])];
  const moved = permute(x, [...others, first, second]);
  const flat = reshapeTo(moved, [...dimensions(moved).slice(0, -2), rows * columns]);
  const start = offset > 0 ? offset : -offset * columns;
  const length = Math.max(0, Math.min(rows + Math.min(offset, 0), columns - Math.max(offset, 0)));
  const places = made("diagonal", [length], "int32", () =>
    Array.from({ length }, (_, i) => start + i * (columns + 1)),
  );
  return gatherPrim("gather", [flat, places], { axis: rank - 2 });
}

function sizeOf(size: number | null | undefined): number {
  if (typeof size === "number") return size;
  throw new ShapeError("diagonal", "expected axes of known sizes, received None.");
}
