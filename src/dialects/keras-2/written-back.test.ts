import { describe, expect, it } from "vitest";
import { type CloneOptions, cloneModel, Functional, Input, modelFromJson } from "../../index.ts";
import type { JsonObject } from "../../json/json.ts";
import { Activation, Add, Dense } from "../../layers/index.ts";
import type { Layer } from "../../layers/layer.ts";
import { sigmoid } from "../../ops/index.ts";
import { modelToJson } from "../../tf-keras/index.ts";

/** A model of Keras 2.9, read from its text: two layers, a function of TensorFlow, and a sum. */
function read() {
  const x = Input({ shape: [4], name: "x" });
  const h = new Dense({ units: 4, name: "h" }).apply(x);
  const g = new Dense({ units: 4, name: "g" }).apply(h);
  const s = new Add({ name: "sum" }).apply([sigmoid(g, { name: "s" } as never), h]);
  return modelFromJson(modelToJson(new Functional({ inputs: x, outputs: s })));
}

function entries(text: string): Record<string, JsonObject> {
  const { layers } = JSON.parse(text).config;
  return Object.fromEntries(layers.map((layer: JsonObject) => [layer.name, layer]));
}

const callsOf = (text: string, name: string) => entries(text)[name]?.inbound_nodes;

it("a clone is written as the original was", () => {
  const model = read();
  const again = (layer: Layer, ...args: never[]) => layer.apply(...(args as [never]));
  for (const options of [{}, { callFunction: again }])
    expect(modelToJson(cloneModel(model, options as CloneOptions))).toBe(modelToJson(model));
});

describe("a clone whose calls are others", () => {
  const cloned = (change: (layer: Layer, args: never[]) => unknown): string => {
    const callFunction = (layer: Layer, ...args: never[]) =>
      change(layer, args) ?? layer.apply(...(args as [never]));
    return modelToJson(cloneModel(read(), { callFunction } as CloneOptions));
  };

  it("has those: one more", () => {
    const text = cloned((layer, args) =>
      layer.name === "g" ? layer.apply(layer.apply(...(args as [never]))) : undefined,
    );
    expect(callsOf(text, "g")).toEqual([[["h", 0, 0, {}]], [["g", 0, 0, {}]]]);
  });

  it("has those: one less, at the end", () => {
    const text = cloned((layer, args) =>
      layer.name === "sum" ? (args[0] as unknown as never[])[1] : undefined,
    );
    expect(JSON.parse(text).config.output_layers).toEqual([["h", 0, 0]]);
    expect(Object.keys(entries(text))).toEqual(["x", "h"]);
  });

  it("has those: in another order", () => {
    const text = cloned((layer, args) =>
      layer.name === "sum" ? layer.apply((args[0] as unknown as never[]).toReversed() as never) : undefined,
    );
    const [[first, second]] = callsOf(text, "sum") as [[unknown[], unknown[]]];
    expect([first[0], String(second[0])]).toEqual(["h", expect.not.stringMatching(/^h$/)]);
  });
});

it("another layer in the place of a function of TensorFlow is written", () => {
  const model = read();
  const { name } = model.operations.find(({ constructor: { className } }) => className === "Sigmoid")!;
  const copy = cloneModel(model, {
    cloneFunction: (layer) =>
      layer.name === name
        ? (new Activation({ activation: "tanh", name }) as never)
        : layer.constructor.fromConfig(layer.getConfig()),
  });
  expect(entries(modelToJson(copy))[name]).toMatchObject({
    class_name: "Activation",
    config: { activation: "tanh" },
  });
});
