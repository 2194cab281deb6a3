import { expect, it } from "vitest";
import { tensor } from "../engines/tensor.ts";
import { Normalization } from "../layers/preprocessing/normalization.ts";
import { toNumbers } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { mean, sin } from "./index.ts";

// Nothing here but tensor(…) brings an engine: no useReference() in this file.
it("integers are computed on as floats are", () => {
  expect([...toNumbers(sin(tensor([0, 1])) as Tensor)]).toEqual([0, Math.fround(Math.sin(1))]);
  expect([...toNumbers(mean(tensor([1, 2])) as Tensor)]).toEqual([1.5]);
  const layer = new Normalization();
  layer.adapt(
    tensor([
      [1, 2],
      [3, 6],
    ]),
  );
  expect([...toNumbers(layer.apply(tensor([[3, 6]], { dtype: "float32" })) as unknown as Tensor)]).toEqual([
    1, 1,
  ]);
});
