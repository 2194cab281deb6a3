import type { OptionsOf } from "../fields/field.ts";
import { optional } from "../fields/kinds.ts";
import { dtypeOf, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { scalar } from "../tensor/create.ts";
import { kerasRegularizer } from "./regularizer.ts";
import { float32Strength, strength } from "./strength.ts";
import { sumOf, times } from "./sums.ts";

const l1Fields = {
  /** What the sum is multiplied by. Defaults to 0.01. */
  l1: optional(float32Strength(0.01), 0.01),
};

/** What {@link L1} takes. */
export interface L1Options extends OptionsOf<typeof l1Fields> {}

/** A penalty in proportion to the sum of the absolute values. */
export class L1 extends kerasRegularizer("L1", l1Fields)<L1Options> {
  override call(x: Operand) {
    return times(sumOf("abs", x), this.l1);
  }
}

const l2Fields = {
  /** What the sum is multiplied by. Defaults to 0.01. */
  l2: optional(strength(0.01), 0.01),
};

/** What {@link L2} takes. */
export interface L2Options extends OptionsOf<typeof l2Fields> {}

/** A penalty in proportion to the sum of the squares. */
export class L2 extends kerasRegularizer("L2", l2Fields)<L2Options> {
  override call(x: Operand) {
    return times(sumOf("square", x), this.l2);
  }
}

const l1l2Fields = {
  /** What the sum of the absolute values is multiplied by. Defaults to 0. */
  l1: optional(strength(0), 0),
  /** What the sum of the squares is multiplied by. Defaults to 0. */
  l2: optional(strength(0), 0),
};

/** What {@link L1L2} takes. */
export interface L1L2Options extends OptionsOf<typeof l1l2Fields> {}

/** Both penalties together. */
export class L1L2 extends kerasRegularizer("L1L2", l1l2Fields)<L1L2Options> {
  override call(x: Operand) {
    const { l1, l2 } = this;
    if (l2 === 0) return l1 === 0 ? scalar(0, dtypeOf(x)) : times(sumOf("abs", x), l1);
    const squares = times(sumOf("square", x), l2);
    return l1 === 0 ? squares : prim("add", [times(sumOf("abs", x), l1), squares]);
  }
}
