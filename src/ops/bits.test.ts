import { beforeAll, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import { fromNested } from "../tensor/create.ts";
import { nextafter, view } from "./bits.ts";

beforeAll(useReference);

/** What NumPy gives for float32. */
it.each([
  [1, 2, 1 + 2 ** -23],
  [1, 0, 1 - 2 ** -24],
  [-1, 0, -1 + 2 ** -24],
  [0, 1, 2 ** -149],
  [0, -1, -(2 ** -149)],
  [2 ** -149, 0, 0],
  [3, 3, 3],
  [Number.POSITIVE_INFINITY, 0, (2 - 2 ** -23) * 2 ** 127],
  [Number.NaN, 1, Number.NaN],
])("nextafter(%d, %d)", (from, to, expected) => {
  const [a, b] = [from, to].map((x) => fromNested([x], "float32"));
  expect(nextafter(a!, b!)).toEqual(fromNested([expected], "float32"));
});

it("counts the last axis in the bytes of another dtype", () => {
  const wide = fromNested([[1, 2]], "int32");
  expect(view(wide, { dtype: "uint8" })).toEqual(fromNested([[1, 0, 0, 0, 2, 0, 0, 0]], "uint8"));
  const odd = fromNested([[1, 2, 3]], "uint8");
  expect(() => view(odd, { dtype: "int32" })).toThrow(
    "bitcast: expected a last axis whose bytes make whole elements of int32, received uint8 (1, 3).",
  );
});
