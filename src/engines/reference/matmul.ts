import { isFloat } from "../../tensor/dtype.ts";
import { type StaticShape, sizeOf } from "../../tensor/shape.ts";
import { multiply, pack } from "./gemm.ts";
import {
  allocate,
  bigints,
  type Elements,
  isBigint,
  type Kernel,
  numbers,
  result,
  staticShape,
} from "./kernel.ts";
import { broadcastStrides } from "./loop.ts";

/** Where the factors of each product in a batch start. */
function batchOffsets(shape: StaticShape, batch: StaticShape, size: number): Float64Array {
  const strides = broadcastStrides(shape.slice(0, -2), batch);
  const offsets = new Float64Array(sizeOf(batch));
  for (let k = 0; k < offsets.length; k++) {
    let rest = k;
    for (let i = batch.length - 1; i >= 0; i--) {
      offsets[k]! += (rest % batch[i]!) * strides[i]! * size;
      rest = Math.floor(rest / batch[i]!);
    }
  }
  return offsets;
}

/** Few rows are not worth packing the right factor. */
const fewRows = 3;

function multiplyFew(
  a: Elements<number>,
  aStart: number,
  b: Elements<number>,
  bStart: number,
  out: Elements<number>,
  outStart: number,
  rows: number,
  depth: number,
  columns: number,
): void {
  const sums = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    sums.fill(0);
    for (let k = 0, j = bStart; k < depth; k++) {
      const x = a[aStart + i * depth + k]!;
      for (let c = 0; c < columns; c++, j++) sums[c]! += x * b[j]!;
    }
    for (let c = 0; c < columns; c++) out[outStart + i * columns + c] = sums[c]!;
  }
}

function multiplyIntegers<T>(
  a: Elements<T>,
  aStart: number,
  b: Elements<T>,
  bStart: number,
  out: Elements<T>,
  outStart: number,
  [rows, depth, columns]: readonly [number, number, number],
  addProduct: (sum: T, x: T, y: T) => T,
): void {
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < columns; c++) {
      let sum = out[outStart + i * columns + c] as T;
      for (let k = 0; k < depth; k++) {
        sum = addProduct(sum, a[aStart + i * depth + k] as T, b[bStart + k * columns + c] as T);
      }
      out[outStart + i * columns + c] = sum;
    }
  }
}

const matmul: Kernel<"matmul"> = ([x, y], _, [spec]) => {
  const shape = staticShape(spec!.shape);
  const batch = shape.slice(0, -2);
  // One matrix on the right for all: the batch's rows follow one another.
  const together = y!.shape.length === 2;
  const depth = x!.shape.at(-1)!;
  const columns = shape.at(-1)!;
  const rows = together ? sizeOf(shape.slice(0, -1)) : shape.at(-2)!;
  const aStarts = together ? [0] : batchOffsets(x!.shape, batch, rows * depth);
  const bStarts = together ? [0] : batchOffsets(y!.shape, batch, depth * columns);
  const out = allocate(spec!.dtype, shape);
  for (let n = 0; n < aStarts.length; n++) {
    const aStart = aStarts[n]!;
    const bStart = bStarts[n]!;
    const outStart = n * rows * columns;
    const sizes = [rows, depth, columns] as const;
    if (isBigint(spec!.dtype)) {
      const add = (sum: bigint, p: bigint, q: bigint) => sum + p * q;
      multiplyIntegers(
        bigints(x!.data),
        aStart,
        bigints(y!.data),
        bStart,
        bigints(out),
        outStart,
        sizes,
        add,
      );
      continue;
    }
    const a = numbers(x!.data);
    const b = numbers(y!.data);
    // Sums of products of bytes are exact in doubles, too.
    if (!isFloat(spec!.dtype) && x!.dtype !== "int8") {
      const add = (sum: number, p: number, q: number) => (sum + Math.imul(p, q)) | 0;
      multiplyIntegers(a, aStart, b, bStart, numbers(out), outStart, sizes, add);
    } else if (rows <= fewRows) {
      multiplyFew(a, aStart, b, bStart, numbers(out), outStart, rows, depth, columns);
    } else {
      const fill = (block: Float64Array, first: number, count: number) => {
        const start = aStart + first * depth;
        for (let i = 0; i < count * depth; i++) block[i] = a[start + i]!;
      };
      multiply(rows, fill, pack(b, bStart, depth, columns, columns, 1), numbers(out), outStart, columns);
    }
  }
  return [result(spec!, out)];
};

export const matmulKernels = { matmul };
