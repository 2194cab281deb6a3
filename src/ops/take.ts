import { int } from "../fields/shorthands.ts";
import type { Operand } from "../program/emit.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { axisOf } from "./axes.ts";
import { binary } from "./define.ts";
import { reshapeTo } from "./dimensions.ts";
import { asDType, asOperand, type OperandLike, rankOf } from "./operands.ts";

/** The entries at these places of an axis; without one, of the flattened tensor. Negative places count from the end. */
export const take = /* @__PURE__ */ binary(
  "numpy.Take",
  (x, indices, { axis }) =>
    axis === null
      ? gatherPrim("gather", [reshapeTo(x, [-1]), places(indices)], { axis: 0 })
      : gatherPrim("gather", [asOperand(x), places(indices)], { axis: axisOf(axis, rankOf(x), "take") }),
  () => ({
    /** The axis that the places are along. Defaults to null: the tensor is flattened. */
    axis: int(null),
  }),
  { tensors: ["x", "indices"] },
);

/** Indices as int32. */
export function places(indices: OperandLike): Operand {
  return asDType(asOperand(indices), "int32");
}
