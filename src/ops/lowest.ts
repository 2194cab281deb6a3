import { type DType, isFloat } from "../tensor/dtype.ts";

/** Below, or as low as, every number of a dtype. Of 64 bits it is that of 32. */
export function lowest(dtype: DType): number {
  if (isFloat(dtype)) return Number.NEGATIVE_INFINITY;
  const bits = /^int(\d+)$/.exec(dtype);
  return bits ? -(2 ** (Math.min(Number(bits[1]), 32) - 1)) : 0;
}
