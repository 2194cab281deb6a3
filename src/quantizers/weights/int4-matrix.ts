import { divide, multiply } from "../../ops/arithmetic.ts";
import { cast } from "../../ops/core.ts";
import { matmul } from "../../ops/matmul.ts";
import { asDType } from "../../ops/operands.ts";
import { squeeze } from "../../ops/reshaping.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { absMaxQuantizeGroupedWithZeroPoint, dequantizeWithSzMap } from "../grouped.ts";
import { packInt4, unpackInt4 } from "../pack.ts";
import { AbsMaxQuantizer } from "../quantizer.ts";
import { bytes, inFewBits, type Quantizers, scales } from "./int8.ts";
import type { Quantizable, QuantizedColumns } from "./quantization.ts";

export type Found = readonly (Numeric | null)[];

/** Integers of 4 bits, their scales, and zero points where they are of blocks of rows. */
export function quantized(
  matrix: Operand,
  blockSize: number | null,
  { weights }: Quantizers,
  axis: number,
): Found {
  if (blockSize !== null) return absMaxQuantizeGroupedWithZeroPoint(matrix, { block_size: blockSize });
  const [values, scale] = inFewBits(matrix, weights ?? new AbsMaxQuantizer({ axis, value_range: [-8, 7] }));
  return [values, squeeze(scale, { axis }), null];
}

/** Scales of columns, and where they are of blocks of rows, their zero points and the block of each row. */
interface Blocks {
  readonly scale: Operand;
  readonly zero: Operand | null;
  readonly groups: Variable | null;
}

/** The products of vectors with the columns of a matrix of 4-bit integers. */
export function backOf(
  x: Operand,
  integers: Numeric,
  { scale, zero, groups }: Blocks,
  dtype: DType,
  { inputs }: Quantizers,
): Numeric {
  const [values, found] = inputs ? inputs.call(x, [-1]) : [x, null];
  const factor = asDType(scale, dtype);
  if (zero) {
    const floats = dequantizeWithSzMap(cast(integers, { dtype }), factor, zero, groups as Variable, 0);
    const sums = matmul(values, floats);
    return found ? divide(sums, found) : sums;
  }
  return divide(cast(matmul(values, integers), { dtype }), found ? multiply(found, factor) : factor);
}

interface Settings {
  readonly blockSize: number | null;
  readonly groups: Variable | null;
  readonly quantizers: Quantizers;
}

/**
 * A matrix of its own for the way back of an embedding, two rows in each byte. Source: Keras 3.15
 * `layers/core/reversible_embedding.py`.
 */
export function columnsOf({ owner, use, addWeight }: Quantizable, settings: Settings): QuantizedColumns {
  const { blockSize, groups, quantizers } = settings;
  const [height = 0, width = 0] = use.shape;
  const variable = addWeight(bytes(use.name, [Math.ceil(height / 2), width]));
  const shape = blockSize === null ? [width] : [Math.ceil(height / blockSize), width];
  const scale = addWeight(scales(use.name, shape));
  const zero =
    blockSize === null
      ? null
      : addWeight({ ...scales(use.name, shape), name: `${use.name}_zero`, initializer: "zeros" });
  return {
    name: use.name,
    variable,
    first: [],
    back(x) {
      const integers = unpackInt4(variable, height, { axis: 0 });
      return backOf(x, integers, { scale, zero, groups }, owner.computeDtype, quantizers);
    },
    assign(floats) {
      const [values, factors, zeros] = quantized(floats, blockSize, quantizers, 0);
      const [packed] = packInt4(values as Operand, { axis: 0 });
      variable.assign(packed as Tensor);
      scale.assign(factors as Tensor);
      if (zero) zero.assign(cast(zeros as Operand, { dtype: zero.dtype }) as Tensor);
    },
  };
}
