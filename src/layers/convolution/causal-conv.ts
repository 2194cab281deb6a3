import { asDType } from "../../ops/operands.ts";
import { type DataFormat, inChannelsLast } from "../../ops/window.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { windowPrim } from "../../program/rules/window.ts";
import type { Variable } from "../../program/variable.ts";

interface CausalOptions {
  readonly strides: readonly number[];
  readonly dilation_rate: readonly number[];
  readonly groups: number;
  readonly data_format: DataFormat;
}

/** A convolution over time, padded only before the sequence: each step sees itself and what came before. */
export function causalConv(x: Operand, kernel: Variable, options: CausalOptions): Numeric {
  const { strides, dilation_rate: dilation, groups, data_format } = options;
  const before = (kernel.shape[0]! - 1) * dilation[0]!;
  return inChannelsLast(asDType(x, dtypeOf(kernel)), data_format, (sequence) =>
    windowPrim("conv", [sequence, kernel], { strides, padding: [[before, 0]], dilation, groups }),
  );
}
