import { expect } from "vitest";
import type { DType } from "../tensor/dtype.ts";
import { isFloat } from "../tensor/dtype.ts";
import { decodeBfloat16, decodeFloat16 } from "../tensor/float16.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** How far two engines may be apart, relative to 1 plus the size of the value. */
const tolerances: Readonly<Partial<Record<DType, number>>> = {
  float16: 2e-3,
  bfloat16: 1.6e-2,
  float32: 1e-5,
  float64: 1e-12,
};

/** Fails unless two tensors have one dtype and shape and elements that are equal, or close if they are floats. */
export function expectClose(
  received: Tensor,
  expected: Tensor,
  what: string,
  tolerance = tolerances[expected.dtype] ?? 0,
): void {
  expect(received.dtype, what).toBe(expected.dtype);
  expect(received.shape, what).toEqual(expected.shape);
  if (expected.strings) {
    expect(received.toArray(), what).toEqual(expected.toArray());
    return;
  }
  const got = numbers(received);
  for (const [i, want] of numbers(expected).entries()) {
    const value = got[i]!;
    const close = Object.is(value, want) || value === want || isNear(value, want, tolerance);
    if (!close) expect.fail(`${what}: expected element ${i} to be ${want}, received ${value}`);
  }
}

function isNear(a: number | bigint, b: number | bigint, tolerance: number): boolean {
  return Math.abs(Number(a) - Number(b)) <= tolerance * (1 + Math.abs(Number(b)));
}

function numbers({ dtype, data }: Tensor): ArrayLike<number | bigint> &
  Iterable<number | bigint> & {
    entries(): Iterable<[number, number | bigint]>;
  } {
  if (!isFloat(dtype)) return data;
  if (dtype === "float16") return decodeFloat16(data as Uint16Array);
  return dtype === "bfloat16" ? decodeBfloat16(data as Uint16Array) : data;
}
