import { beforeAll, describe, expect, it } from "vitest";
import { DTypePolicy, DTypePolicyMap } from "../dtype-policies/index.ts";
import { useReference } from "../engines/reference/index.ts";
import { CeratopsError } from "../errors.ts";
import { Input, Sequential, tensor } from "../index.ts";
import { Huber, MeanSquaredError } from "../losses/index.ts";
import { Mean, MeanSquaredError as MeanSquaredErrorMetric } from "../metrics/index.ts";
import { add, ones } from "../ops/index.ts";
import type { Numeric } from "../program/emit.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Dense, Layer, TextVectorization } from "./index.ts";

beforeAll(useReference);

class Three extends Layer {
  override call(x: Numeric) {
    return add(x, ones([3]));
  }
}

class Outer extends Layer {
  readonly inner = new Three({ name: "inner" });
  override call(x: Numeric) {
    return this.inner.apply(x as never);
  }
}

it("a layer under a map of policies computes in its dtype from the first call on", () => {
  const dtype = new DTypePolicyMap({ policy_map: { half: new DTypePolicy("float16") } });
  const layer = () => new Dense({ units: 2, name: "half", dtype });
  const [symbolic, numeric] = [layer(), layer()];
  const x = Input({ shape: [3] });
  expect([symbolic.apply(x).dtype, symbolic.apply(x).dtype]).toEqual(["float16", "float16"]);
  const calls = [1, 2].map(() => numeric.apply(ones([1, 3]) as Tensor).dtype);
  expect(calls).toEqual(["float16", "float16"]);
});

describe("what is wrong while something computes", () => {
  const x = ones([2, 4]);
  it.each([
    ["a layer", () => new Three({ name: "three" }).apply(x), 'layer "three": add: cannot broadcast'],
    ["one inside another", () => new Outer().apply(x), 'layer "inner": add: cannot broadcast'],
    ["one in a model", () => new Sequential([new Three({ name: "t" })]).apply(x), 'layer "t": add: cannot'],
    ["a loss", () => new Huber({ name: "h" }).apply(x, ones([2, 3])), 'loss "h": sub: cannot broadcast'],
    ["its weights", () => mse.apply(x, x, { sample_weight: ones([3]) }), 'loss "m": mul: cannot broadcast'],
    ["a loss of texts", () => mse.apply(tensor(["a"]), tensor(["b"])), 'loss "m": cast: expected numbers'],
    [
      "a metric",
      () => new MeanSquaredErrorMetric({ name: "e" }).updateState(x, ones([3])),
      'metric "e": sub: ',
    ],
    ["its weights", () => mean.apply(x, { sample_weight: ones([3]) }), 'metric "m": broadcast_to: cannot'],
    [
      "a layer of texts",
      () => texts.apply(tensor(["a"])),
      'layer "t": expected a vocabulary, received none.',
    ],
  ])("%s says where", (_, run, message) => {
    expect(run).toThrow(CeratopsError);
    expect(run).toThrow(message);
  });
  const mse = new MeanSquaredError({ name: "m" });
  const mean = new Mean({ name: "m" });
  const texts = new TextVectorization({ name: "t" });
});
