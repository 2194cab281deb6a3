import { expect, it } from "vitest";
import { newValuesIn } from "./new-values.ts";

// Kinds of few bits that came one after the other, as policies say them and as their names alone do.

const dense = (dtype: unknown) => ({
  module: "keras.layers",
  class_name: "Dense",
  config: { dtype } as never,
});
const policy = (mode: string) => ({
  module: "keras.dtype_policies",
  class_name: "QuantizedDTypePolicy",
  config: { mode, source_name: "float32" },
});

it.each([
  ["int8", 301],
  ["float8", 303],
  ["int4", 311],
])("%s came with %i", (mode, since) => {
  expect(newValuesIn(dense(`${mode}_from_float32`))).toEqual([{ key: "dtype", since }]);
  expect(newValuesIn(policy(mode))).toContainEqual({ key: "mode", since });
});

it.each(["float32", "mixed_float16", "int8", "map", "bfloat16", null, { name: "x" }])(
  "a dtype says nothing of versions: %s",
  (dtype) => {
    expect(newValuesIn(dense(dtype))).toEqual([]);
  },
);
