import { expect, it } from "vitest";
import { tensor } from "../../engines/tensor.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { PiecewiseConstantDecay } from "./piecewise-constant-decay.ts";

// As Keras 3.6 on JAX.
it.each([
  [[1, Number.POSITIVE_INFINITY], 2, 20],
  [[Number.NEGATIVE_INFINITY, 2], 0, 20],
  [[1e10, 2e10], 2, 10],
  [[-1e10, 2], 0, 20],
  [[2.5, 3.5], 3, 20],
  [[3, 1], 2, 40],
])("boundaries %j, at step %i: %i", (boundaries, step, rate) => {
  const schedule = new PiecewiseConstantDecay({ boundaries, values: [10, 20, 30] });
  for (const dtype of ["int32", "int64"] as const)
    expect((schedule.call(tensor(step, { dtype })) as Tensor).toArray()).toBe(rate);
});
