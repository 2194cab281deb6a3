import { ConfigError } from "../errors.ts";
import { checkOption, type OptionKind } from "../json/check-options.ts";
import { add, divide, multiply } from "../ops/arithmetic.ts";
import { checkTensors } from "../ops/check-tensors.ts";
import { clip } from "../ops/clipping.ts";
import { cast } from "../ops/core.ts";
import { absolute } from "../ops/elementwise.ts";
import { max } from "../ops/reduction.ts";
import { round } from "../ops/rounding.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import type { DType } from "../tensor/dtype.ts";
import { checkQuantizerOptions } from "./option-kinds.ts";

/** What {@link absMaxQuantize} takes. */
export interface AbsMaxOptions {
  /** The axes that share a scale. */
  readonly axis: number | readonly number[];
  /** The least and the largest integer. Defaults to [-127, 127]. */
  readonly value_range?: readonly number[] | undefined;
  /** The dtype of the integers. Defaults to "int8". */
  readonly dtype?: DType | undefined;
  /** What is added to the largest absolute value. Defaults to 1e-7. */
  readonly epsilon?: number | undefined;
}

const isAxis = (given: unknown) => Number.isInteger(given);
const anAxis: OptionKind = [
  "an axis or a list of axes",
  (given) => isAxis(given) || (Array.isArray(given) && given.every(isAxis)),
];

/**
 * Integers of floats, and the scale that they were multiplied by, of size 1 along `axis`: the largest absolute value
 * becomes the largest integer. Source: Keras 3.6 `quantizers/quantizers.py`.
 *
 * @example
 * const [values, scale] = absMaxQuantize(tensor([[0.5, -1]]), { axis: -1 });
 * scale.shape; // [1, 1]
 */
export function absMaxQuantize(inputs: Operand, options: AbsMaxOptions): [values: Numeric, scale: Numeric] {
  checkTensors("absMaxQuantize", { inputs });
  const names = { axis: true, value_range: true, dtype: true, epsilon: true } as const;
  checkQuantizerOptions("absMaxQuantize", options, names);
  checkOption("absMaxQuantize", options, "axis", anAxis);
  const { axis } = options;
  if (axis == null)
    throw new ConfigError("absMaxQuantize", `expected axis to be ${anAxis[0]}, received nothing.`);
  const [least = -127, most = 127] = options.value_range ?? [];
  const dtype = options.dtype ?? "int8";
  const axes = typeof axis === "number" ? axis : [...axis];
  const largest = max(absolute(inputs), { axis: axes, keepdims: true });
  const scale = cast(divide(most, add(largest, options.epsilon ?? 1e-7)), { dtype: dtypeOf(inputs) });
  const values = clip(round(multiply(inputs, scale)), { x_min: least, x_max: most });
  return [cast(values, { dtype }), scale];
}
