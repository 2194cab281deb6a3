import { expect } from "vitest";
import { Tensor } from "../tensor/tensor.ts";

/** Which results of an operation are vectors of which only the line is determined: as columns, or as rows. */
const vectors: readonly (readonly [id: RegExp, columns: number, rows: number | null])[] = [
  [/^ops\.eigh\(/, 1, null],
  [/^ops\.svd\((?!.*compute_uv=False)/, 0, 2],
];

/** Results with the signs of vectors turned to those expected; those of left and right vectors belong together. */
export function aligned(id: string, results: readonly Tensor[], expected: readonly Tensor[]): Tensor[] {
  const found = vectors.find(([pattern]) => pattern.test(id));
  if (!found) return [...results];
  const [, columns, rows] = found;
  const turned = [...results];
  const [ofColumns, signs] = turnedLines(results[columns]!, expected[columns]!, false);
  turned[columns] = ofColumns;
  if (rows === null) return turned;
  const [ofRows, signsOfRows] = turnedLines(results[rows]!, expected[rows]!, true);
  turned[rows] = ofRows;
  const count = expected[1]!.shape.at(-1)!;
  for (let m = 0; m * count < expected[1]!.size; m++) {
    const own = (all: readonly number[], width: number) => all.slice(m * width, m * width + count);
    expect(own(signs, results[columns]!.shape.at(-1)!), "signs of pairs").toEqual(
      own(signsOfRows, results[rows]!.shape.at(-2)!),
    );
  }
  return turned;
}

function turnedLines(result: Tensor, expected: Tensor, areRows: boolean): [Tensor, signs: number[]] {
  const [height, width] = result.shape.slice(-2) as [number, number];
  const [got, want] = [Float64Array.from(result.data as Float32Array), expected.data as Float32Array];
  const [lines, length, next, along] = areRows ? [height, width, width, 1] : [width, height, 1, width];
  const signs: number[] = [];
  for (let start = 0; start < got.length; start += height * width) {
    for (let line = 0; line < lines; line++) {
      const places = Array.from({ length }, (_, k) => start + line * next + k * along);
      const product = places.reduce((sum, at) => sum + got[at]! * want[at]!, 0);
      signs.push(product < 0 ? -1 : 1);
      if (product < 0) for (const at of places) got[at] = -got[at]!;
    }
  }
  return [new Tensor(result.dtype, result.shape, Float32Array.from(got)), signs];
}
