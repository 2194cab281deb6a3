import { describe, expect, it } from "vitest";
import { bothWays, E, long, S, simple, stated } from "../../dialects/keras-2/stated.fixture.ts";
import { cloneModel, type Model, type Tensor, tensor } from "../../index.ts";
import { modelFromJson } from "../../revive.ts";
import { modelToJson } from "../../tf-keras/index.ts";
import { Multiply } from "../index.ts";
import { A, B, merged } from "./merged.fixture.ts";

async function numbers(model: Model, inputs: readonly number[][]): Promise<number[]> {
  const output = (await model.predict(inputs.map((input) => tensor([input])))) as Tensor;
  return (output.toArray() as never[]).flat(3);
}

function near(received: readonly number[], expected: readonly number[]): void {
  expect(received).toHaveLength(expected.length);
  for (const [i, y] of received.entries()) expect(y).toBeCloseTo(expected[i]!, 5);
}

// What TensorFlow 2.9 gives.
const [one, two] = [0.124353, 0.4616081];
const long3 = [0.1699942, -0.2306903, 0.2164733, -0.0456537, 0.2164733, -0.0456537];

it.each([
  [simple, [one, one, two, two, two, two]],
  [long, long3],
  [bothWays, [one, one, two, two, two, two, one, one, 0, 0, 0, 0]],
])("what is called with states has the mask of its sequences: %#", async (layer, expected) => {
  const text = stated(layer, {}, true);
  const model = modelFromJson(text);
  near(await numbers(model, [E, S]), expected);
  near(await numbers(cloneModel(model), [E, S]), expected);
  const again = modelToJson(model, { keras: "2.9" });
  const calls = (json: string) =>
    JSON.parse(json).config.layers.map((at: { inbound_nodes: unknown }) => at.inbound_nodes);
  expect(calls(again)).toEqual(calls(text));
});

it.each([
  [simple, [one, one, two, two, two, two]],
  [long, long3],
  [bothWays, [one, one, two, two, two, two, one, one, 0, 0, 0, 0]],
])("Keras 3 has that mask where the call says it: %#", async (layer, expected) => {
  const text = modelFromJson(stated(layer, {}, true)).toJson({ keras: "3.6" });
  const { layers } = JSON.parse(text).config;
  const [{ kwargs }] = layers.find(({ name }: { name: string }) => name === "y").inbound_nodes;
  expect(kwargs.mask.config.keras_history).toEqual(["x.mask_0", 0, 0]);
  near(await numbers(modelFromJson(text), [E, S]), expected);
});

it.each([
  [simple, [0, 0, one, one, two, two]],
  [long, [0, 0, 0.1699942, -0.2306903, 0.2164733, -0.0456537]],
  [bothWays, [0, 0, 0, 0, one, one, two, two, two, two, one, one]],
])(
  "masked steps before the first that counts give zeros, whatever the states are: %#",
  async (layer, expected) => {
    near(await numbers(modelFromJson(stated(layer, {}, true)), [[0, 3, 4], S]), expected);
  },
);

it("writing leaves the model as it was", () => {
  const model = modelFromJson(stated(long, {}, true));
  const before = modelToJson(model);
  const once = model.toJson({ keras: "3.6" });
  expect(model.toJson({ keras: "3.6" })).toBe(once);
  expect(modelToJson(model)).toBe(before);
  expect(model.getLayer("y").inboundNodes).toHaveLength(1);
});

describe("masks of what is merged", () => {
  it.each([
    ["Add", true, [0.2449187, 0.2449187, 0.2449187, 0.2449187]],
    ["Subtract", true, [0.4621172, 0.4621172, 0.4621172, 0.4621172]],
    ["Multiply", true, [0.0624187, 0.0624187, 0.0624187, 0.0624187]],
    ["Average", true, [0.1853332, 0.1853332, 0.1853332, 0.1853332]],
    ["Maximum", true, [0.3583574, 0.3583574, 0.3583574, 0.3583574]],
    ["Concatenate", true, [0.2449187, 0.2449187, 0.2449187, 0.2449187]],
    ["Add", false, [0.2449187, 0.356141, 0.356141, 0.356141]],
    ["Subtract", false, [0.4621172, 0.6237126, 0.6237126, 0.6237126]],
    ["Multiply", false, [0.0624187, 0.093436, 0.093436, 0.093436]],
    ["Average", false, [0.1853332, 0.2730592, 0.2730592, 0.2730592]],
    ["Maximum", false, [0.3583574, 0.5036455, 0.5036455, 0.5036455]],
    ["Concatenate", false, [0.2449187, 0.356141, 0.356141, 0.356141]],
  ])("%s, both have one: %s", async (name, both, expected) => {
    const model = modelFromJson(merged(name, { isRecurrent: true, both }));
    near(await numbers(model, [A, B]), expected);
    near(await numbers(cloneModel(model), [A, B]), expected);
    if (/^M/.test(name)) return;
    near(await numbers(modelFromJson(model.toJson({ keras: "3.6" })), [A, B]), expected);
  });

  it("two embeddings of the same words have one", () => {
    const two = merged("Add", { isRecurrent: true, both: true });
    const same = two.replace('["b",0,0,{}]', '["a",0,0,{}]');
    expect(modelFromJson(two).toJson({ keras: "3.6" })).toContain('"m.mask_0"');
    expect(modelFromJson(same).toJson({ keras: "3.6" })).not.toContain("mask_0");
  });

  it("Concatenate along the steps has them one after the other", async () => {
    const model = modelFromJson(merged("Concatenate", { isRecurrent: true, both: true, axis: 1 }));
    const expected = [0.3583574, 0.5036455, 0.5036455, 0.5036455, 0.2466313, 0.2466313, 0.1226943, 0.1226943];
    near(await numbers(model, [A, B]), expected);
  });

  it.each([
    ["Multiply", -0.125],
    ["Maximum", 0.5],
    ["Minimum", -0.25],
  ])("%s takes masked elements as any others", async (name, y) => {
    near(
      await numbers(modelFromJson(merged(name, { isRecurrent: false, both: true })), [A, B]),
      Array(8).fill(y),
    );
  });

  it("a class of one's own keeps what it says itself", async () => {
    class Ours extends Multiply {
      override call(inputs: readonly never[]): never {
        return inputs[0]!;
      }
    }
    const text = merged("Multiply", { isRecurrent: false, both: true });
    const model = modelFromJson(text, { customObjects: { Multiply: Ours } });
    near(await numbers(model, [A, B]), Array(8).fill(0.5));
  });
});
