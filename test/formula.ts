import { fromNumbers, fromTexts } from "../src/tensor/create.ts";
import type { DType } from "../src/tensor/dtype.ts";
import { isFloat } from "../src/tensor/dtype.ts";
import type { Tensor } from "../src/tensor/tensor.ts";

/** A tensor as golden files write it: a formula's parameters, or explicit values. */
export interface TensorRecord {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly k?: number;
  readonly scale?: number;
  readonly offset?: number;
  readonly low?: number;
  readonly high?: number;
  readonly values?: readonly (number | string)[];
}

/** The hash that element `i` of tensor number `k` comes from, in [0, 2³²). */
export function formulaHash(k: number, i: number): number {
  let h = (Math.imul(i, 2654435761) + Math.imul(k, 40503) + 12345) >>> 0;
  h = (h ^ (h >>> 15)) >>> 0;
  h = Math.imul(h, 2246822519) >>> 0;
  return (h ^ (h >>> 13)) >>> 0;
}

/** The numbers of a record in row-major order; what golden/README.md defines. */
export function formulaNumbers(record: TensorRecord): Float64Array {
  const { dtype, shape, k = 0, scale = 1, offset = 0, low = 0, high = 10 } = record;
  const numbers = new Float64Array(shape.reduce((a, b) => a * b, 1));
  const narrow = dtype === "float16" || dtype === "bfloat16";
  for (let i = 0; i < numbers.length; i++) {
    const unit = formulaHash(k, i) / 2 ** 32;
    let x: number;
    if (isFloat(dtype)) x = (unit * 2 - 1) * scale + offset;
    else if (dtype === "bool") x = Math.floor(unit * 2);
    else x = Math.floor(unit * (high - low)) + low;
    numbers[i] = narrow ? Math.fround(x) : x;
  }
  return numbers;
}

/** The tensor that a golden record stands for. */
export function recordTensor(record: TensorRecord): Tensor {
  if (record.dtype === "string") return fromTexts(record.shape, record.values!.map(String));
  const numbers = record.values ? record.values.map(Number) : [...formulaNumbers(record)];
  return fromNumbers(record.dtype, record.shape, numbers);
}
