import { ShapeError } from "../errors.ts";
import { bool, int } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { unary } from "./define.ts";
import { diag } from "./diagonal.ts";
import { reshapeTo } from "./dimensions.ts";
import { join } from "./joining.ts";
import { integerList } from "./kinds.ts";
import { checkTimes } from "./made.ts";
import { asDType, asOperand, promote, rankOf, shapeOf } from "./operands.ts";
import { sliceAxis } from "./slice-axis.ts";

/** A matrix with all elements on its `k`-th diagonal. */
export const diagflat = /* @__PURE__ */ unary(
  "numpy.Diagflat",
  (x, { k }) => diag(reshapeTo(x, [-1]), { k }),
  () => ({
    /** Which diagonal: above the main one where positive, below where negative. Defaults to 0. */
    k: int(0),
  }),
);

/** The powers of a vector's elements in rows, from the highest to 0. */
export const vander = /* @__PURE__ */ unary(
  "numpy.Vander",
  (x, { N, increasing }) => {
    const size = N ?? shapeOf(x)[0];
    if (rankOf(x) !== 1 || typeof size !== "number")
      throw new ShapeError("vander", "expected a vector of a known size, or one and N.");
    checkTimes("vander", "N", size);
    const column = reshapeTo(asOperand(x), [-1, 1]);
    const number = dtypeOf(column) === "bool" ? asDType(column, "int32") : column;
    const powers = Array.from({ length: size }, (_, i) =>
      prim("pow", promote([number, increasing ? i : size - 1 - i])),
    );
    return powers.length === 0 ? sliceAxis(number, 1, 0, 0) : join(powers, 1);
  },
  () => ({
    /** How many columns. Defaults to as many as there are elements. */
    N: int(null),
    /** Whether powers rise from left to right. Defaults to false. */
    increasing: bool(false),
  }),
);

/** Places in a flattened tensor of some shape as one tensor of places for each axis. What is outside goes to the edge. */
export const unravelIndex = /* @__PURE__ */ unary<ReturnType<typeof shapeField>, KerasTensor[], Numeric[]>(
  "numpy.UnravelIndex",
  (indices, { shape }) => {
    const given = asOperand(indices);
    const like = (value: number) => asDType(value, dtypeOf(given));
    const total = shape.reduce((size, each) => size * each, 1);
    const isBehind = prim("lt", [given, like(0)]);
    const forward = prim("select", [isBehind, prim("add", [given, like(total)]), given]);
    let rest: Operand = prim("clamp", [forward], { min: 0, max: Math.max(0, total - 1) });
    const places: Numeric[] = [];
    for (const size of [...shape].reverse()) {
      places.unshift(prim("mod", [rest, like(size)]));
      rest = prim("floor_div", [rest, like(size)]);
    }
    return places;
  },
  shapeField,
  { tensors: ["indices"] },
);

function shapeField() {
  return {
    /** The shape of the tensor that the places are in. */
    shape: integerList(),
  };
}
