import { optional } from "../fields/kinds.ts";
import { dtypeOf, type Operand, prim } from "../program/emit.ts";
import { scalar } from "../tensor/create.ts";
import { kerasRegularizer } from "./regularizer.ts";
import { float32Strength, strength } from "./strength.ts";
import { sumOf, times } from "./sums.ts";

/** A penalty in proportion to the sum of the absolute values. */
export class L1 extends kerasRegularizer("L1", {
  /** What the sum is multiplied by. */
  l1: optional(float32Strength(0.01), 0.01),
}) {
  override call(x: Operand) {
    return times(sumOf("abs", x), this.l1);
  }
}

/** A penalty in proportion to the sum of the squares. */
export class L2 extends kerasRegularizer("L2", {
  /** What the sum is multiplied by. */
  l2: optional(strength(0.01), 0.01),
}) {
  override call(x: Operand) {
    return times(sumOf("square", x), this.l2);
  }
}

/** Both penalties together. */
export class L1L2 extends kerasRegularizer("L1L2", {
  /** What the sum of the absolute values is multiplied by. */
  l1: optional(strength(0), 0),
  /** What the sum of the squares is multiplied by. */
  l2: optional(strength(0), 0),
}) {
  override call(x: Operand) {
    const { l1, l2 } = this;
    if (l2 === 0) return l1 === 0 ? scalar(0, dtypeOf(x)) : times(sumOf("abs", x), l1);
    const squares = times(sumOf("square", x), l2);
    return l1 === 0 ? squares : prim("add", [times(sumOf("abs", x), l1), squares]);
  }
}
