import { getItem as compute, getItemClass, type Index, type IndexItem } from "../graph/get-item.ts";
import { KerasTensor } from "../graph/keras-tensor.ts";
import type { Result } from "../program/emit.ts";
import type { RevivableClass } from "../registry/registry.ts";
import type { Op } from "./define.ts";
import { asOperand, type OperandLike } from "./operands.ts";

export { ellipsis, Slice } from "../registry/literals.ts";
export type { Index, IndexItem };

/** `x[…]`: an item, or a list of them, one per axis. */
export interface GetItemOp extends Op {
  (x: KerasTensor, index: Index | KerasTensor | readonly (IndexItem | KerasTensor)[]): KerasTensor;
  (x: OperandLike, index: Index): Result;
}

/**
 * The part of a tensor that an index names: Python's `x[:, 0]` is `getItem(x, [slice(), 0])`. Places, null for a new
 * axis, slices, `ellipsis`, and at most one tensor or list of integers that chooses places.
 */
export const getItem = /* @__PURE__ */ Object.assign(
  (x: KerasTensor | OperandLike, index: unknown): unknown =>
    x instanceof KerasTensor
      ? x.slice(...([index].flat() as IndexItem[]))
      : compute(asOperand(x), index as Index),
  {
    get Operation() {
      return getItemClass() as unknown as RevivableClass;
    },
  },
) as unknown as GetItemOp;
