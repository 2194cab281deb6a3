/** What the live comparisons hold against each other: tensors and texts of configs. */
import { SHARED_ID } from "../src/fields/writing.ts";
import { parsePythonJson } from "../src/json/parse.ts";
import { castTensor, toNumbers } from "../src/tensor/cast.ts";
import type { Tensor } from "../src/tensor/tensor.ts";

/** Fails where tensors are further apart than a part of the largest number, or have other shapes. */
export function expectClose(
  what: string,
  got: readonly Tensor[],
  want: readonly Tensor[],
  allowed: number,
): void {
  if (got.length !== want.length)
    throw new Error(`${what}: expected ${want.length} outputs, received ${got.length}`);
  for (const [i, expected] of want.entries()) {
    const actual = got[i]!;
    if (actual.shape.join() !== expected.shape.join())
      throw new Error(`${what}: output ${i}: expected shape ${expected.shape}, received ${actual.shape}`);
    const [a, b] = [toNumbers(castTensor(actual, "float64")), toNumbers(castTensor(expected, "float64"))];
    let largest = 1e-3;
    for (let j = 0; j < b.length; j++) largest = Math.max(largest, Math.abs(b[j]!));
    for (let j = 0; j < b.length; j++) {
      if (!(Math.abs(a[j]! - b[j]!) <= allowed * largest))
        throw new Error(`${what}: output ${i}, element ${j}: expected ${b[j]}, received ${a[j]}`);
    }
  }
}

/**
 * A config whose dicts are sorted, since Python's equality of dicts knows no order, and without `training: false` in
 * calls: a clone does not repeat what nobody gave, and Keras 3.15 adds it to some calls only (DIFFERENCES.md). Ids of
 * shared objects are of one file alone: Keras has them in a config only where it left an envelope of the file as it was,
 * as that of a Lambda's `mask`.
 */
export function sorted(config: string): string {
  const sort = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sort);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, item]) => key !== SHARED_ID && (key !== "training" || item !== false))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, item]) => [key, sort(item)]),
    );
  };
  return JSON.stringify(sort(parsePythonJson(config)));
}

/** Fails where texts differ, and shows where. */
export function expectText(what: string, got: string, want: string): void {
  if (got === want) return;
  let at = 0;
  while (got[at] === want[at]) at++;
  throw new Error(
    `${what}: expected …${want.slice(Math.max(0, at - 60), at + 80)}… received …${got.slice(Math.max(0, at - 60), at + 80)}…`,
  );
}
