import { expect, it } from "vitest";
import { onnxruntime } from "../engines/onnxruntime/index.ts";
import { useReference } from "../engines/reference/index.ts";
import { tensor } from "../engines/tensor.ts";
import { Input, Model } from "../index.ts";
import { toNumbers } from "../tensor/cast.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { oneHot, round } from "./index.ts";

useReference();

const engine = onnxruntime({ package: "onnxruntime-node" });

it.each<[dtype: "int32" | "int64", decimals: number, given: number[], expected: number[]]>([
  ["int32", -1, [15, 25, -35, 4], [20, 20, -40, 0]],
  ["int64", -2, [150, 250, -351, 49], [200, 200, -400, 0]],
  ["int32", 2, [15, 25, -35, 4], [15, 25, -35, 4]],
])("integers of %s are rounded to %d decimals", async (dtype, decimals, given, expected) => {
  const x = tensor([given], { dtype });
  expect([...toNumbers(round(x, { decimals }) as Tensor)]).toEqual(expected);
  const input = Input({ shape: [4], dtype });
  const model = new Model({ inputs: input, outputs: round(input, { decimals }) });
  const received = (await model.predict(x, { engine })) as Tensor;
  expect(received.dtype).toBe(dtype);
  expect([...toNumbers(received)]).toEqual(expected);
});

it("a float is at the place that it is, and between others at none", async () => {
  const x = tensor([[-0.25, 0.5, 2, 3]]);
  const none = [0, 0, 0];
  const expected = [[none, none, [0, 0, 1], none]];
  expect(oneHot(x, { num_classes: 3 }).toArray()).toEqual(expected);
  const input = Input({ shape: [4] });
  const model = new Model({ inputs: input, outputs: oneHot(input, { num_classes: 3 }) });
  expect(((await model.predict(x, { engine })) as Tensor).toArray()).toEqual(expected);
});
