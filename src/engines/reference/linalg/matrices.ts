import type { Elements } from "../kernel.ts";

/** One matrix of a batch, as a view of rows on float64 numbers of its own. */
export function matrixAt(from: Elements<number>, at: number, size: number): Float64Array {
  const start = at * size;
  return Float64Array.from({ length: size }, (_, i) => from[start + i]!);
}
