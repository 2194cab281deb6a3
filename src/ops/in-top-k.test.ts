import { expect, it } from "vitest";
import { tensor } from "../engines/tensor.ts";
import { inTopK } from "./scatter.ts";

const rows = [
  [0.1, 0.2, 0.7],
  [0.5, 0.3, 0.2],
];
const targets = [0, 3, -1, -2, -3, -4, 100, 2, 1, 0];

// As Keras 3.6 and 3.15 on JAX.
it.each([
  [1, [0, 0, 1, 0, 0, 0, 0, 0, 0, 1]],
  [2, [0, 0, 1, 1, 0, 0, 0, 0, 1, 1]],
  [3, [1, 0, 1, 1, 1, 0, 0, 1, 1, 1]],
  [4, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
])("targets that are no class, or count from the last one, of the %i best", (k, expected) => {
  const predictions = targets.map((_, i) => rows[i % 2]);
  for (const dtype of ["float32", "int32"] as const) {
    const scores = dtype === "int32" ? predictions.map((row) => row?.map((x) => x * 10)) : predictions;
    const found = inTopK(tensor(targets, { dtype: "int32" }), tensor(scores as number[][], { dtype }), { k });
    expect(found.toArray()).toEqual(expected.map(Boolean));
  }
});
