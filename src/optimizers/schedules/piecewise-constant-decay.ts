import { ConfigError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { aNumber, listOf, required } from "../../fields/kinds.ts";
import { string } from "../../fields/shorthands.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { greater, lessEqual, logicalAnd } from "../../ops/comparison.ts";
import { cast } from "../../ops/core.ts";
import { asOperand, type OperandLike } from "../../ops/operands.ts";
import { sum } from "../../ops/reduction.ts";
import { expandDims } from "../../ops/reshaping.ts";
import { dtypeOf, type Numeric } from "../../program/emit.ts";
import { castTensor, fromNumbers } from "../../tensor/create.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
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
    const at = asOperand(step);
    const dtype = dtypeOf(at);
    const { boundaries } = this;
    const [firstRate = 0, ...rates] = this.values;
    const lastRate = rates.pop() ?? 0;
    const first = where(lessEqual(at, boundsIn(dtype, [], boundaries.slice(0, 1))), firstRate);
    const last = where(greater(at, boundsIn(dtype, [], boundaries.slice(-1))), lastRate);
    if (rates.length === 0) return add(first, last);
    const lows = boundsIn(dtype, [rates.length], boundaries.slice(0, -1));
    const highs = boundsIn(dtype, [rates.length], boundaries.slice(1));
    const each = expandDims(at, { axis: -1 });
    const isBetween = logicalAnd(greater(each, lows), lessEqual(each, highs));
    const between = where(isBetween, fromNumbers("float32", [rates.length], rates));
    return add(add(first, last), sum(between, { axis: -1 }));
  }
}

/** Boundaries as steps of a dtype; what that does not reach, such as infinity, is as far as it goes. */
function boundsIn(dtype: DType, shape: StaticShape, bounds: readonly number[]): Tensor {
  return castTensor(fromNumbers("float64", shape, bounds), dtype);
}

function where(condition: Numeric, rate: OperandLike): Numeric {
  return multiply(cast(condition, { dtype: "float32" }), rate);
}
