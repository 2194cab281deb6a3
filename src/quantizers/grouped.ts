import { ShapeError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { add, divide, multiply, subtract } from "../ops/arithmetic.ts";
import { checkTensors } from "../ops/check-tensors.ts";
import { clip } from "../ops/clipping.ts";
import { cast } from "../ops/core.ts";
import { negative } from "../ops/elementwise.ts";
import { pad } from "../ops/indexing.ts";
import { max, min } from "../ops/reduction.ts";
import { reshape, squeeze } from "../ops/reshaping.ts";
import { round } from "../ops/rounding.ts";
import { sliceAxis } from "../ops/slice-axis.ts";
import { take } from "../ops/take.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import type { DType } from "../tensor/dtype.ts";
import { isStatic } from "../tensor/shape.ts";
import { checkQuantizerOptions } from "./option-kinds.ts";

/** What {@link absMaxQuantizeGroupedWithZeroPoint} takes. */
export interface GroupedOptions {
  /** How many rows share a scale and a zero point. */
  readonly block_size: number;
  /** The least and the largest integer. Defaults to [-8, 7]. */
  readonly value_range?: readonly number[] | undefined;
  /** The dtype of the integers. Defaults to "int8". */
  readonly dtype?: DType | undefined;
  /** What is added to the range of a group. Defaults to 1e-7. */
  readonly epsilon?: number | undefined;
}

/**
 * Integers of a matrix `(rows, columns)`, with a scale and a zero point for each column of a group of rows, both
 * `(groups, columns)`: `(values - zero) · scale` is about the matrix. Source: Keras 3.15 `quantizers/quantizers.py`,
 * with `to_numpy`, as layers are quantized.
 *
 * @example
 * const [values, scale, zero] = absMaxQuantizeGroupedWithZeroPoint(tensor([[1], [2], [3]]), { block_size: 2 });
 * scale.shape; // [2, 1]
 */
export function absMaxQuantizeGroupedWithZeroPoint(
  inputs: Operand,
  options: GroupedOptions,
): [values: Numeric, scale: Numeric, zero: Numeric] {
  const where = "absMaxQuantizeGroupedWithZeroPoint";
  checkTensors(where, { inputs });
  checkQuantizerOptions(where, options, { block_size: true, value_range: true, dtype: true, epsilon: true });
  const { block_size } = options;
  const [least = -8, most = 7] = options.value_range ?? [];
  const [dtype, epsilon] = [options.dtype ?? "int8", options.epsilon ?? 1e-7];
  const { shape } = inputs;
  const [rows = 0, columns = 0] = shape;
  if (!isStatic(shape) || shape.length !== 2 || rows === null || columns === null)
    throw new ShapeError(where, `expected a matrix, received shape ${inspect(shape)}.`);
  if (!Number.isInteger(block_size) || block_size < 1)
    throw new ShapeError(
      where,
      `expected block_size to be a positive integer, received ${inspect(block_size)}.`,
    );
  // One zero behind the rows of a group that is not full stands for all of them.
  const size = Math.min(block_size, rows + 1);
  const groups = Math.ceil(rows / size);
  const more = groups * size - rows;
  const whole = pad(inputs, {
    pad_width: [
      [0, more],
      [0, 0],
    ],
  });
  const grouped = reshape(whole, { newshape: [groups, size, columns] });
  const low = min(grouped, { axis: 1, keepdims: true });
  const high = max(grouped, { axis: 1, keepdims: true });
  const scale = divide(add(subtract(high, low), epsilon), most - least);
  const bounds = { x_min: least, x_max: most };
  const zero = clip(add(round(divide(negative(low), scale)), least), bounds);
  const values = cast(clip(add(round(divide(grouped, scale)), zero), bounds), { dtype });
  const flat = reshape(values, { newshape: [groups * size, columns] });
  return [
    sliceAxis(flat, 0, 0, rows),
    cast(squeeze(scale, { axis: 1 }), { dtype: dtypeOf(inputs) }),
    cast(squeeze(zero, { axis: 1 }), { dtype: "int8" }),
  ];
}

/**
 * The floats that integers stand for: `(values - zero) · scale`, where `g_idx` says of each place along `group_axis` of
 * scale and zero which group it is of. Source: Keras 3.15 `quantizers/quantizers.py`, `dequantize_with_sz_map`.
 */
export function dequantizeWithSzMap(
  values: Operand,
  scale: Operand,
  zero: Operand,
  g_idx: Operand,
  group_axis = -1,
): Numeric {
  const groups = cast(g_idx, { dtype: "int32" });
  const scales = take(scale, groups, { axis: group_axis });
  const zeros = cast(take(zero, groups, { axis: group_axis }), { dtype: dtypeOf(scales) });
  return multiply(subtract(values, zeros), scales);
}
