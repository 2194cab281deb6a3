import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import { cloneModel, Functional, Input, Model, modelFromJson, Sequential } from "../index.ts";
import {
  BatchNormalization,
  Concatenate,
  Dense,
  Dropout,
  Flatten,
  type Layer,
  Wrapper,
} from "../layers/index.ts";
import { add } from "../ops/index.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { loadModel } from "../saving/load.ts";
import { toBytes } from "../saving/save-model.ts";
import { full } from "../tensor/create.ts";
import { modelToJson } from "../tf-keras/index.ts";

useReference();

function messageOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return (error as Error).message;
  }
  return expect.fail("expected an error");
}

const valuesOf = (layer: Layer) => layer.getWeights().map(({ data }) => [...data]);

describe('weights: "copy"', () => {
  it("goes to both where a layer is shared inside and outside", () => {
    const inside = new Dense({ units: 3, name: "inside" });
    const x = Input({ shape: [3] });
    const inner = new Functional({ inputs: x, outputs: inside.apply(x), name: "inner" });
    const y = Input({ shape: [3] });
    const model = new Functional({ inputs: y, outputs: add(inside.apply(y), inner.apply(y)) });
    const clone = cloneModel(model, { weights: "copy" });
    expect([model.weights.length, clone.weights.length]).toEqual([2, 4]);
    expect(valuesOf(clone.getLayer("inside"))).toEqual(valuesOf(inside));
    expect(valuesOf(clone.getLayer("inner"))).toEqual(valuesOf(inside));
    const whole = cloneModel(model, { weights: "copy", recursive: true });
    expect(whole.weights.length).toBe(2);
    expect(valuesOf(whole)).toEqual(valuesOf(model));
  });

  it("copies more weights than one call takes arguments", () => {
    const layers = Array.from({ length: 70_000 }, () => new Dense({ units: 1 }));
    const model = new Sequential([Input({ shape: [1] }), ...layers]);
    const last = model.layers.at(-1)!;
    last.setWeights(last.getWeights().map((weight) => full(weight.shape, 3, "float32")));
    const clone = cloneModel(model, { weights: "copy" });
    expect(valuesOf(clone.layers.at(-1)!)).toEqual([[3], [3]]);
  });

  it("builds what is built in a model that is not", () => {
    const wrapper = new Wrapper({ layer: new Dense({ units: 2 }) });
    wrapper.buildOn([null, 3]);
    const model = new Sequential([wrapper]);
    expect(valuesOf(cloneModel(model, { weights: "copy" }))).toEqual(valuesOf(model));
  });

  it("goes past layers that a callFunction adds", () => {
    const x = Input({ shape: [3] });
    const model = new Functional({
      inputs: x,
      outputs: new Dense({ units: 2 }).apply(new Dense({ units: 4 }).apply(x)),
    });
    const clone = cloneModel(model, {
      weights: "copy",
      callFunction: (layer, ...args) => new BatchNormalization().apply(layer.apply(...args)),
    });
    expect(clone.layers.length).toBe(5);
    for (const [i, at] of [
      [1, 1],
      [2, 3],
    ] as const)
      expect(valuesOf(clone.getLayer(at))).toEqual(valuesOf(model.getLayer(i)));
  });

  it("has none to copy of a layer behind something of which nobody knows the shape", () => {
    const x = Input({ shape: [3] });
    const y = new Dense({ units: 2, name: "mine" }).apply(x);
    const outputs = new Concatenate({ name: "joined" }).apply([y, y]);
    // Keras 2 writes no shapes of what layers give.
    const text = modelToJson(new Functional({ inputs: x, outputs })).replace('"Dense"', '"Mine"');
    const model = modelFromJson(text, { onUnknown: () => {} });
    expect(model.getLayer("joined").built).toBe(false);
    expect(cloneModel(model, { weights: "copy" }).getLayer("joined").weights).toEqual([]);
  });

  it("says of which layers there are no weights yet", () => {
    const model = new Sequential([
      new Flatten(),
      new Dense({ units: 2, name: "a" }),
      new Dropout({ rate: 0.5 }),
      new Dense({ units: 2, name: "b" }),
    ]);
    expect(messageOf(() => cloneModel(model, { weights: "copy" }))).toBe(
      ["a", "b"]
        .map(
          (name) =>
            `cloneModel: weights: "copy" needs a model that is built: expected weights in layer "${name}", received none. Call it, or give it an input shape.`,
        )
        .join("\n"),
    );
    expect(
      cloneModel(new Sequential([new Flatten(), new Dropout({ rate: 0.5 })]), { weights: "copy" }).weights,
    ).toEqual([]);
    class Own extends Model {
      readonly last = new Dense({ units: 2, name: "last" });
      override call(x: Operand): Numeric {
        return this.last.apply<Numeric>(x);
      }
    }
    expect(messageOf(() => cloneModel(new Own(), { weights: "copy" }))).toMatch(
      /^cloneModel: weights: "copy" needs a model that is built: expected weights in layer "last", received none\./,
    );
  });

  it("says which layers have other weights in the clone", () => {
    const model = new Sequential([
      Input({ shape: [3] }),
      new Dense({ units: 4, name: "a" }),
      new Dense({ units: 2, name: "b" }),
    ]);
    const cloneFunction = (layer: Layer) =>
      layer.constructor.fromConfig({ ...layer.getConfig(), ...(layer.name === "b" && { units: 5 }) });
    expect(messageOf(() => cloneModel(model, { weights: "copy", cloneFunction }))).toBe(
      'cloneModel: weights: "copy" needs a clone with the original\'s weights: expected 2 weights (kernel (4, 2), bias (2,)) in layer "b", received 2 weights (kernel (4, 5), bias (5,)).',
    );
  });
});

describe('optimizer: "copy"', () => {
  const file = new URL("../../golden/3.6/files/fitted_adam.keras", import.meta.url);
  const trained = () => loadModel(new Uint8Array(readFileSync(file)));

  it("gives a clone the optimizer's state, which files have then", async () => {
    const model = await trained();
    const fresh = cloneModel(model);
    expect([fresh.compiled, fresh.optimizerState]).toEqual([true, null]);
    const clone = cloneModel(model, { weights: "copy", optimizer: "copy" });
    expect(clone.optimizerState).toBe(model.optimizerState);
    expect(await toBytes(clone, {})).toHaveLength((await toBytes(model)).length);
    expect((await loadModel(await toBytes(clone))).optimizerState?.variables.length).toBe(
      model.optimizerState?.variables.length,
    );
  });

  it("is for the weights that were trained then, whatever is frozen since", async () => {
    const model = await trained();
    model.getLayer("out").trainable = false;
    const clone = cloneModel(model, { weights: "copy", optimizer: "copy" });
    expect(clone.trainableWeights).toHaveLength(2);
    expect(clone.optimizer!.variables).toHaveLength(10);
    expect(clone.optimizer!.iterations).toBe(3);
  });

  it("keeps the compile state of models inside", async () => {
    const inner = await trained();
    inner.name = "inner";
    const x = Input({ shape: inner.inputs[0]!.shape.slice(1) });
    const model = new Functional({ inputs: x, outputs: inner.apply(x) });
    model.compileConfig = inner.compileConfig;
    const clone = cloneModel(model, { optimizer: "copy" }).getLayer("inner") as Model;
    expect([clone.compileConfig, clone.optimizerState]).toEqual([inner.compileConfig, inner.optimizerState]);
  });

  it("says what it cannot do", async () => {
    const plain = new Sequential([Input({ shape: [3] }), new Dense({ units: 4 })], { name: "plain" });
    expect(messageOf(() => cloneModel(plain, { optimizer: "copy" }))).toBe(
      'cloneModel: optimizer: "copy" needs a model that is compiled, received model "plain", which is not.',
    );
    expect(messageOf(() => cloneModel(plain, { optimizer: "old" as never }))).toBe(
      'cloneModel: expected optimizer to be "fresh" or "copy", received "old".',
    );
    const model = await trained();
    const cloneFunction = (layer: Layer) => {
      const config = layer.getConfig();
      return layer.constructor.fromConfig("units" in config ? { ...config, units: 9 } : config);
    };
    expect(messageOf(() => cloneModel(model, { optimizer: "copy", cloneFunction }))).toMatch(
      /^cloneModel: optimizer: "copy" needs a clone with the original's trainable weights: expected \d+ in model "\w+", received \d+, or other shapes\.$/,
    );
  });
});
