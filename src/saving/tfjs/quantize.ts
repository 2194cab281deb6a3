import { ModelError } from "../../errors.ts";
import { toNumbers } from "../../tensor/cast.ts";
import { decodeFloat16, encodeFloat16 } from "../../tensor/float16.ts";
import { readElements } from "../../tensor/npy.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { ManifestWeight, Quantization } from "./manifest.ts";

/** The bytes of a weight as its tensor, which may share memory with them. */
export function decodeWeight(
  { shape, dtype, quantization }: Pick<ManifestWeight, "shape" | "dtype" | "quantization">,
  bytes: Uint8Array,
): Tensor {
  const stored = dtype === "bool" ? Uint8Array.from(bytes) : aligned(bytes);
  if (!quantization) return new Tensor(dtype, shape, readElements(stored, dtype, false));
  if (quantization.dtype === "float16")
    return new Tensor("float32", shape, decodeFloat16(readElements(stored, "uint16", false) as Uint16Array));
  const { scale, min } = quantization;
  const steps = readElements(stored, quantization.dtype, false) as Uint8Array | Uint16Array;
  if (dtype === "float32") {
    const numbers = new Float32Array(steps.length);
    for (let i = 0; i < steps.length; i++) numbers[i] = steps[i]! * scale + min;
    return new Tensor(dtype, shape, numbers);
  }
  const numbers = new Int32Array(steps.length);
  for (let i = 0; i < steps.length; i++) numbers[i] = Math.round(steps[i]! * scale + min);
  return new Tensor(dtype, shape, numbers);
}

/** A weight in few bits: its bytes, and what a manifest says of them. */
export interface Quantized {
  readonly quantization: Quantization & { readonly original_dtype: string };
  readonly bytes: Uint8Array;
}

/**
 * Puts the numbers of a float32 tensor into few bits, as TensorFlow.js's converter does: into steps of one size from
 * the least number to the largest, zero being a step where it is between them; or into float16. Numbers that are not
 * finite, or too large for float16, are an error; `at` is what it begins with.
 */
export function quantizeWeight(
  tensor: Pick<Tensor, "dtype" | "data">,
  to: Quantization["dtype"],
  at: string,
): Quantized {
  const { dtype } = tensor;
  const data = toNumbers(tensor);
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < data.length; i++) {
    const number = data[i]!;
    if (!Number.isFinite(number)) throw spoiled(at, to, number);
    if (number < least) least = number;
    if (number > largest) largest = number;
  }
  if (to === "float16") {
    if (-least > largestFloat16) throw spoiled(at, to, least);
    if (largest > largestFloat16) throw spoiled(at, to, largest);
    return { quantization: { dtype: to, original_dtype: dtype }, bytes: bytesIn(encodeFloat16(data)) };
  }
  const most = to === "uint8" ? 2 ** 8 - 1 : 2 ** 16 - 1;
  const { scale, min } = stepsOf(least, largest, most);
  const steps = new (to === "uint8" ? Uint8Array : Uint16Array)(data.length);
  for (let i = 0; i < data.length; i++)
    steps[i] = Math.min(Math.max(Math.round((data[i]! - min) / scale), 0), most);
  return { quantization: { dtype: to, scale, min, original_dtype: dtype }, bytes: bytesIn(steps) };
}

const largestFloat16 = 65_504;

function spoiled(at: string, to: string, number: number): ModelError {
  return new ModelError(at, `expected numbers that ${to} can hold, received ${number}.`);
}

/** The size of a step and where the first is: moved so that zero is one, where it is in the range. */
function stepsOf(least: number, largest: number, most: number): { scale: number; min: number } {
  if (least >= largest) return { scale: 1, min: least === largest ? least : 0 };
  const scale = (largest - least) / most;
  if (least > 0 || largest < 0) return { scale, min: least };
  const zero = Math.round(-least / scale);
  return { scale, min: -zero * scale };
}

function bytesIn({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** The bytes at a place where elements of up to four of them can be looked at: a copy where they are elsewhere. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.prototype.slice.call(bytes);
}
