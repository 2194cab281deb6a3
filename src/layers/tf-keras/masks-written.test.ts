import { expect, it } from "vitest";
import { bothWays, simple, stated } from "../../dialects/keras-2/stated.fixture.ts";
import { Input, type KerasTensor, Model } from "../../index.ts";
import { modelFromJson } from "../../revive.ts";
import { modelToJson } from "../../tf-keras/index.ts";
import { Add, Concatenate, Embedding, Flatten, LSTM, Maximum } from "../index.ts";
import { merged } from "./merged.fixture.ts";

const both = { isRecurrent: true, both: true };
const states = (does: string) =>
  `layer "y": expected no initial_state for an input with a mask, because ${does} that mask, received both.`;
const masks = (keras: string) =>
  `layer "m": expected inputs with one mask, because ${keras} joins masks otherwise, received masks that differ.`;
const without = (keras: string) =>
  `layer "m": expected inputs without masks, because ${keras} computes masked steps otherwise, received one that has a mask.`;

it.each([
  [stated(simple, {}, true), states("Keras 3.6 passes over")],
  [stated(bothWays, {}, true), states("Keras 3.6 passes over")],
  [merged("Add", both), masks("Keras 3.6")],
  [merged("Concatenate", both), masks("Keras 3.6")],
  [merged("Subtract", { ...both, both: false }), masks("Keras 3.6")],
  [merged("Multiply", both), without("Keras 3.6")],
  [merged("Minimum", { isRecurrent: false, both: false }), without("Keras 3.6")],
])("what Keras 3 would compute otherwise is not written for it: %#", (text, message) => {
  const model = modelFromJson(text);
  expect(() => model.toJson({ keras: "3.6" })).toThrow(message);
  expect(() => modelToJson(model, { keras: "2.15" })).not.toThrow();
});

it.each([
  stated(simple, {}, false),
  merged("Add", { isRecurrent: false, both: true }),
  merged("Concatenate", { ...both, axis: 1 }),
])("what computes alike is written: %#", (text) => {
  expect(() => modelFromJson(text).toJson({ keras: "3.6" })).not.toThrow();
});

const tokens = () => Input({ shape: [4] });
const embedded = (x: KerasTensor, name: string) =>
  new Embedding({ input_dim: 6, output_dim: 2, mask_zero: true, name }).apply(x);

const recurrent = (x: KerasTensor): KerasTensor => new LSTM({ units: 2 }).apply(x);
const flat = (x: KerasTensor): KerasTensor => new Flatten().apply(x);

function joining(layer: Add | Concatenate | Maximum, isOne: boolean, behind = recurrent): Model {
  const [a, b] = [tokens(), tokens()];
  const x = embedded(a, "x");
  const z = isOne ? x : embedded(b, "z");
  return new Model({ inputs: isOne ? a : [a, b], outputs: behind(layer.apply([x, z])) });
}

it("nor is what Keras 2 would compute otherwise", () => {
  const [a, s] = [tokens(), Input({ shape: [2] })];
  const y = new LSTM({ units: 2, name: "y" }).apply(embedded(a, "x"), { initial_state: [s, s] });
  const called = new Model({ inputs: [a, s], outputs: y });
  expect(() => modelToJson(called)).toThrow(states("Keras 2.9 looks at"));
  expect(() => called.toJson({ keras: "3.6" })).not.toThrow();
  expect(() => modelToJson(joining(new Add({ name: "m" }), false))).toThrow(masks("Keras 2.9"));
  expect(() => modelToJson(joining(new Maximum({ name: "m" }), true))).toThrow(without("Keras 2.9"));
  for (const model of [
    joining(new Add({}), true),
    joining(new Concatenate({}), true),
    joining(new Concatenate({}), false, flat),
  ])
    expect(() => modelToJson(model)).not.toThrow();
});
