import { expect, it } from "vitest";
import { onnxruntime } from "../engines/onnxruntime/index.ts";
import { reference } from "../engines/reference/index.ts";
import { tensor } from "../engines/tensor.ts";
import { Input } from "../layers/core/input-layer.ts";
import { Functional } from "../models/functional.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { relu } from "./functions.ts";

const engines = [reference, onnxruntime({ package: "onnxruntime-node" })];
const far = [-3, 0.5, 7, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
const whole = [-3, -1, 0, 1, 2, 7];

// As Keras 3.6 on JAX.
it.each<[string, DType, readonly number[], object, readonly number[]]>([
  ["at most 6", "float32", far, { max_value: 6 }, [0, 0.5, 6, 6, 0, Number.NaN]],
  [
    "at most anything",
    "float32",
    far,
    { max_value: Number.POSITIVE_INFINITY },
    [0, 0.5, 7, Number.POSITIVE_INFINITY, 0, Number.NaN],
  ],
  [
    "from a threshold on",
    "float32",
    far,
    { threshold: 1 },
    [0, 0, 7, Number.POSITIVE_INFINITY, Number.NaN, Number.NaN],
  ],
  [
    "between a threshold and 6",
    "float16",
    far,
    { threshold: 1, max_value: 6 },
    [0, 0, 6, 6, Number.NaN, Number.NaN],
  ],
  ["at most what is no number", "float32", whole, { max_value: Number.NaN }, whole.map(() => Number.NaN)],
  ["integers of 64 bits", "int64", whole, { max_value: 6 }, [0, 0, 0, 1, 2, 6]],
  ["integers", "int32", whole, { threshold: 1, max_value: 6 }, [0, 0, 0, 0, 2, 6]],
  [
    "integers with a slope",
    "int32",
    whole,
    { negative_slope: 0.5, threshold: 1, max_value: 6 },
    [-2, -1, -0.5, 0, 2, 6],
  ],
])("%s", async (_, dtype, numbers, options, expected) => {
  const x = Input({ shape: [numbers.length], dtype });
  const model = new Functional({ inputs: x, outputs: relu(x, options) });
  for (const engine of engines) {
    const received = (await model.predict(tensor([[...numbers]], { dtype }), { engine })) as Tensor;
    // Whether a 0 has a sign does not matter.
    expect((received.toArray() as number[][])[0]!.map((n) => Number(n) + 0)).toEqual(expected);
  }
});
