import { add, divide, maximum, minimum, multiply, subtract } from "../ops/arithmetic.ts";
import { checkTensors } from "../ops/check-tensors.ts";
import { clip } from "../ops/clipping.ts";
import { cast } from "../ops/core.ts";
import { negative } from "../ops/elementwise.ts";
import { floor } from "../ops/float-functions.ts";
import { round } from "../ops/rounding.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { resultType } from "../tensor/promote.ts";
import { checkQuantizerOptions } from "./option-kinds.ts";

/** What {@link fakeQuantWithMinMaxVars} takes. */
export interface FakeQuantOptions {
  /** How many bits an integer has. Defaults to 8. */
  readonly num_bits?: number | undefined;
  /** Whether the least integer is 1 and not 0. Defaults to false. */
  readonly narrow_range?: boolean | undefined;
}

/**
 * What is left of numbers that were integers of few bits between a least and a largest value, one of each or one for each
 * channel of the last axis. Source: Keras 3.15 `quantizers/quantizers.py`.
 *
 * @example
 * const x = fakeQuantWithMinMaxVars(tensor([-1, 0.4, 3]), tensor(0), tensor(1), { num_bits: 1 });
 * console.log(String(x)); // a tensor of 0, 0 and 1
 */
export function fakeQuantWithMinMaxVars(
  inputs: Operand,
  min_vals: Operand,
  max_vals: Operand,
  options: FakeQuantOptions = {},
): Numeric {
  checkTensors("fakeQuantWithMinMaxVars", { inputs, min_vals, max_vals });
  checkQuantizerOptions("fakeQuantWithMinMaxVars", options, { num_bits: true, narrow_range: true });
  const most = 2 ** (options.num_bits ?? 8) - 1;
  const least = options.narrow_range ? 1 : 0;
  const dtype = resultType(dtypeOf(min_vals), "float32");
  const low = cast(min_vals, { dtype });
  const range = subtract(cast(max_vals, { dtype }), low);
  const scale = divide(range, most - least);
  const inverse = divide(most - least, range);
  const zero = round(clip(subtract(least, divide(low, scale)), { x_min: least, x_max: most }));
  const nudgedLow = multiply(subtract(least, zero), scale);
  const nudgedHigh = multiply(subtract(most, zero), scale);
  const quantizedZero = floor(add(multiply(negative(nudgedLow), inverse), 0.5));
  const within = minimum(maximum(cast(inputs, { dtype }), nudgedLow), nudgedHigh);
  const steps = subtract(multiply(subtract(within, nudgedLow), inverse), quantizedZero);
  return cast(multiply(floor(add(steps, 0.5)), scale), { dtype: dtypeOf(inputs) });
}
