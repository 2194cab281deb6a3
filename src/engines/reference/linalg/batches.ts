import type { PrimitiveName } from "../../../program/primitives.ts";
import { sizeOf } from "../../../tensor/shape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { allocate, type Kernel, numbers, result, staticShape } from "../kernel.ts";
import { Matrix } from "./matrix.ts";

/** What a factorization gives for one matrix: the numbers of each result, row by row. */
export type Factors = readonly ArrayLike<number>[];

/** A kernel that takes the matrices of its only operand one by one. */
export function eachMatrix<K extends PrimitiveName>(
  factor: (matrix: Matrix, attributes: Parameters<Kernel<K>>[1]) => Factors,
): Kernel<K> {
  return ([x], attributes, specs) => {
    const outs = specs.map(({ dtype, shape }) => allocate(dtype, staticShape(shape)));
    const count = sizeOf(x!.shape.slice(0, -2));
    for (let m = 0; m < count; m++) {
      for (const [i, part] of factor(matrixAt(x!, m), attributes).entries())
        for (let k = 0; k < part.length; k++) outs[i]![m * part.length + k] = part[k]!;
    }
    return outs.map((data, i) => result(specs[i]!, data));
  };
}

/** One matrix of a batch, in numbers of its own. */
export function matrixAt({ shape, data }: Tensor, at: number): Matrix {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const size = rows * columns;
  return new Matrix(rows, columns, Float64Array.from(numbers(data.subarray(at * size, (at + 1) * size))));
}

/** Whether a matrix has numbers only. */
export function isWhole({ data }: Matrix): boolean {
  return data.every(Number.isFinite);
}

/** The factors of a matrix that has none. */
export function notThere(...sizes: readonly number[]): Factors {
  return sizes.map((size) => new Float64Array(size).fill(Number.NaN));
}
