import { ConfigError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { aNumber, listOf, required } from "../../fields/kinds.ts";
import { string } from "../../fields/shorthands.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { greater, lessEqual, logicalAnd } from "../../ops/comparison.ts";
import { cast } from "../../ops/core.ts";
import { asDType, asOperand, type OperandLike } from "../../ops/operands.ts";
import { dtypeOf, type Numeric } from "../../program/emit.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { kerasSchedule } from "./learning-rate-schedule.ts";

const fields = {
  /** The last step of each piece but the last one, rising. */
  boundaries: required(listOf(aNumber)),
  /** The rate of each piece: one more than there are boundaries. */
  values: required(listOf(aNumber)),
  /** A name. Defaults to "PiecewiseConstant". */
  name: string("PiecewiseConstant"),
};

/** What {@link PiecewiseConstantDecay} takes. */
export interface PiecewiseConstantDecayOptions extends OptionsOf<typeof fields> {}

/**
 * A rate for each piece of the way.
 *
 * @example
 * const schedule = new PiecewiseConstantDecay({ boundaries: [1000, 5000], values: [0.1, 0.05, 0.01] });
 */
export class PiecewiseConstantDecay extends kerasSchedule(
  "PiecewiseConstantDecay",
  fields,
)<PiecewiseConstantDecayOptions> {
  constructor(options: PiecewiseConstantDecayOptions) {
    super(options);
    const { boundaries, values } = this;
    if (boundaries.length > 0 && values.length === boundaries.length + 1) return;
    const wanted =
      boundaries.length === 0
        ? "at least 1 boundary"
        : `${boundaries.length + 1} values, one more than boundaries`;
    const received = boundaries.length === 0 ? "none" : `${values.length}`;
    throw new ConfigError("PiecewiseConstantDecay", `expected ${wanted}, received ${received}.`);
  }

  override call(step: OperandLike): Numeric {
    const { values } = this;
    const at = asOperand(step);
    const dtype = dtypeOf(at);
    const bounds = this.boundaries.map((bound) => asDType(isFloat(dtype) ? bound : Math.trunc(bound), dtype));
    const pieces = values.map((value, i) => {
      const [low, high] = [bounds[i - 1], bounds[i]];
      const [isAbove, isBelow] = [low && greater(at, low), high && lessEqual(at, high)];
      const isIn = isAbove && isBelow ? logicalAnd(isAbove, isBelow) : (isAbove ?? isBelow)!;
      return multiply(cast(isIn, { dtype: "float32" }), value);
    });
    return pieces.reduce((total, piece) => add(total, piece));
  }
}
