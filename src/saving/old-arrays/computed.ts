import { transposed } from "../../engines/reference/shape.ts";
import { newArray } from "../../tensor/new-array.ts";
import { type StaticShape, sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { NamedArray } from "../layer-weights.ts";

/** What is made of arrays of a file, when somebody asks for it: its shape is known before. */
export function computed(
  sources: readonly [NamedArray, ...NamedArray[]],
  shape: StaticShape,
  compute: (read: readonly [Tensor, ...Tensor[]]) => Tensor,
): NamedArray {
  const [first, ...others] = sources;
  const now = sources.every(({ array }) => array.readSync)
    ? () => compute([first.array.readSync!(), ...others.map(({ array }) => array.readSync!())])
    : undefined;
  const array = {
    dtype: first.array.dtype,
    shape,
    readSync: now,
    read: async () => {
      const rest = await Promise.all(others.map(({ array }) => array.read()));
      return compute([await first.array.read(), ...rest]);
    },
  };
  return { name: first.name, array };
}

/** The dimensions in another order. */
export function permuted(source: NamedArray, perm: readonly number[]): NamedArray {
  const { shape } = source.array;
  if (shape.length !== perm.length) return source;
  return computed(
    [source],
    perm.map((axis) => shape[axis]!),
    ([x]) => transposed(x, perm),
  );
}

/** Without a dimension of one. */
export function without(source: NamedArray, axis: number): NamedArray {
  const shape = source.array.shape.filter((_, i) => i !== axis);
  if (source.array.shape[axis] !== 1) return source;
  return computed([source], shape, (read) => new Tensor(read[0].dtype, shape, read[0].data));
}

/** Back to front along the first dimensions, all others as they are. */
export function reversed(source: NamedArray, dimensions: number): NamedArray {
  const { shape } = source.array;
  if (shape.length < dimensions) return source;
  return computed([source], shape, ([x]) => {
    const places = sizeOf(shape.slice(0, dimensions));
    const row = sizeOf(shape.slice(dimensions));
    const data = x.data.slice() as Float32Array;
    const from = x.data as Float32Array;
    for (let i = 0; i < places; i++) data.set(from.subarray(i * row, (i + 1) * row), (places - 1 - i) * row);
    return new Tensor(x.dtype, shape, data);
  });
}

/** Side by side along the last dimension; all others have to be the same. */
export function joined(sources: readonly [NamedArray, ...NamedArray[]]): NamedArray {
  const lasts = sources.map(({ array }) => array.shape.at(-1) ?? 1);
  const width = lasts.reduce((sum, last) => sum + last, 0);
  const [first] = sources;
  const shape = [...first.array.shape.slice(0, -1), width];
  const rows = sizeOf(shape.slice(0, -1));
  if (sources.some(({ array }, i) => sizeOf(array.shape) !== rows * lasts[i]!)) return first;
  return computed(sources, shape, (read) => {
    const data = newArray("joined", read[0].dtype, shape) as Float32Array;
    let column = 0;
    for (const [i, { data: from }] of read.entries()) {
      const last = lasts[i]!;
      for (let row = 0; row < rows; row++)
        data.set((from as Float32Array).subarray(row * last, (row + 1) * last), row * width + column);
      column += last;
    }
    return new Tensor(read[0].dtype, shape, data);
  });
}
