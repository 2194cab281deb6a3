import { ShapeError } from "../errors.ts";
import { arrayType, type TypedArray } from "./dtype.ts";
import { formatShape, sameShape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** How many rows (samples) a tensor has along its first axis. */
export function rowsOf({ shape }: Tensor): number {
  const [rows] = shape;
  if (rows === undefined)
    throw new ShapeError("rowsOf", "expected a tensor with a batch dimension, received a scalar.");
  return rows;
}

/** Rows from `start` up to `stop`, without copying. */
export function sliceRows(tensor: Tensor, start: number, stop: number): Tensor {
  const rows = rowsOf(tensor);
  const width = rows === 0 ? 0 : tensor.size / rows;
  return new Tensor(
    tensor.dtype,
    [stop - start, ...tensor.shape.slice(1)],
    tensor.data.subarray(start * width, stop * width),
    tensor.strings,
  );
}

/** Tensors below each other; one alone is given back as it is. */
export function concatenateRows(tensors: readonly Tensor[]): Tensor {
  const [first] = tensors;
  if (!first) throw new ShapeError("concatenateRows", "expected at least one tensor, received none.");
  if (tensors.length === 1) return first;
  const size = tensors.reduce((sum, tensor) => sum + tensor.size, 0);
  const rows = tensors.reduce((sum, tensor) => sum + rowsOf(tensor), 0);
  const data = new (arrayType(first.dtype))(size);
  let offset = 0;
  const texts: string[] = [];
  /** Where the texts of each list begin; batches may share one. */
  const starts = new Map<readonly string[], number>();
  for (const tensor of tensors) {
    if (tensor.dtype !== first.dtype || !sameShape(tensor.shape.slice(1), first.shape.slice(1))) {
      throw new ShapeError(
        "concatenateRows",
        `expected ${first.dtype} rows of shape ${formatShape(first.shape.slice(1))}, received ${tensor.dtype} ${formatShape(tensor.shape.slice(1))}.`,
      );
    }
    (data as { set(source: TypedArray, offset: number): void }).set(tensor.data, offset);
    if (tensor.strings) {
      const known = starts.get(tensor.strings);
      const start = known ?? texts.length;
      starts.set(tensor.strings, start);
      const places = data as Int32Array;
      for (let i = offset; i < offset + tensor.size; i++) places[i]! += start;
      if (known === undefined) for (const text of tensor.strings) texts.push(text);
    }
    offset += tensor.size;
  }
  return new Tensor(first.dtype, [rows, ...first.shape.slice(1)], data, first.strings && texts);
}
