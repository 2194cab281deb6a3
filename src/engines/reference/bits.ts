import { arrayType } from "../../tensor/dtype.ts";
import { sizeOf, stridesOf } from "../../tensor/shape.ts";
import { allocate, type Kernel, result, staticShape } from "./kernel.ts";

const bitcast: Kernel<"bitcast"> = ([x], _, [spec]) => {
  const { buffer } = x!.data.slice();
  const { dtype, shape } = spec!;
  return [result(spec!, new (arrayType(dtype))(buffer as ArrayBuffer, 0, sizeOf(staticShape(shape))))];
};

const nonzero: Kernel<"nonzero"> = ([x], _, [spec]) => {
  const strides = stridesOf(x!.shape);
  const places: number[] = [];
  for (let i = 0; i < x!.size; i++) if (x!.data[i]) places.push(i);
  const shape = [x!.shape.length, places.length];
  const out = allocate("int32", shape);
  for (const [axis, stride] of strides.entries()) {
    const size = x!.shape[axis]!;
    for (const [k, place] of places.entries())
      out[axis * places.length + k] = Math.floor(place / stride) % size;
  }
  return [result({ ...spec!, shape }, out)];
};

export const bitKernels = { bitcast, nonzero };
