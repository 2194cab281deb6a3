import { ShapeError } from "../errors.ts";
import type { KerasTensor } from "../graph/graph.ts";
import type { Numeric } from "../program/emit.ts";
import { bitPrim } from "../program/rules/bits.ts";
import { unary } from "./define.ts";
import { reshapeTo } from "./dimensions.ts";
import { asBool, asOperand, rankOf } from "./operands.ts";
import { sliceAxis } from "./slice-axis.ts";

/** Where elements are not 0: for each axis a vector of places, row by row. How many there are is known when it runs. */
export const nonzero = /* @__PURE__ */ unary<Record<never, never>, KerasTensor[], Numeric[]>(
  "numpy.Nonzero",
  (x) => {
    const operand = asOperand(x);
    if (rankOf(operand) === 0)
      throw new ShapeError("nonzero", "expected at least one dimension, received none.");
    const places = bitPrim("nonzero", [asBool(operand)]);
    return Array.from({ length: rankOf(operand) }, (_, axis) =>
      reshapeTo(sliceAxis(places, 0, axis, axis + 1), [-1]),
    );
  },
);
