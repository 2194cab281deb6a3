import { describe, expect, it } from "vitest";
import { dialectOf } from "../../fields/origin.ts";
import { cloneModel, type Model } from "../../index.ts";
import {
  Activation,
  BatchNormalization,
  Bidirectional,
  Dense,
  DepthwiseConv2D,
  LayerNormalization,
  LeakyReLU,
  LSTM,
} from "../../layers/index.ts";
import type { Layer } from "../../layers/layer.ts";
import { knowOlderLayers } from "../../layers/tf-keras/know.ts";
import { Adam } from "../../optimizers/index.ts";
import { modelFromJson } from "../../revive.ts";
import { modelToJson } from "../../tf-keras/index.ts";
import { E, long, S, stated } from "./stated.fixture.ts";

knowOlderLayers();

type Kind = { fromConfig(config: object): object };

describe("a config that was put together of one of Keras 2", () => {
  const named = { module: "keras.initializers", class_name: "Zeros", config: {}, registered_name: null };

  it.each<[string, Kind, object, object]>([
    ["a list of one axis", BatchNormalization, { axis: [1] }, { axis: 1 }],
    ["another name", LeakyReLU, { alpha: 0.5 }, { negative_slope: 0.5 }],
    ["what is gone", LSTM, { units: 2, time_major: false, implementation: 2 }, { units: 2 }],
    ["what an input said", Dense, { units: 2, batch_input_shape: [null, 3], dtype: "float32" }, { units: 2 }],
    [
      "groups of a layer that has none",
      DepthwiseConv2D,
      { kernel_size: [2, 2], groups: 1 },
      { kernel_size: [2, 2] },
    ],
  ])("is read as such: %s", (_, cls, config, expected) => {
    expect(cls.fromConfig({ name: "y", ...config })).toMatchObject(expected);
  });

  it("is of a Keras that names modules where it names some", () => {
    const keys = { units: 2, time_major: false };
    expect(dialectOf(LSTM.fromConfig(keys))).toBe(211);
    expect(dialectOf(LSTM.fromConfig({ ...keys, bias_initializer: named }))).toBe(215);
  });

  it("shows it by a layer inside, too", () => {
    const inside = {
      class_name: "LSTM",
      config: { name: "l", trainable: true, dtype: "float32", units: 2, time_major: false },
    };
    expect(dialectOf(Bidirectional.fromConfig({ layer: inside }))).toBe(211);
  });

  it("is none where its keys are known to no Keras, or to Keras 3", () => {
    const axes = { units: 2, axis: [1], time_major: false };
    expect(() => Dense.fromConfig(axes)).toThrow('config: unknown key "axis"');
    expect(BatchNormalization.fromConfig({ axis: 1 }).handsGivenMaskOn).toBe(false);
    const { dtype } = new Dense({ units: 2 }).getConfig();
    expect(() => LSTM.fromConfig({ units: 2, dtype, time_major: false })).toThrow("time_major");
    expect(dialectOf(LayerNormalization.fromConfig({ axis: [-1] }))).toBe(306);
    expect(() => Adam.fromConfig({ decay: 0.5 })).toThrow('config: unknown key "decay"');
  });
});

describe("layers of a model of Keras 2, made of parts of their configs", () => {
  const put = (layer: Layer) => layer.constructor.fromConfig({ ...layer.getConfig() } as object) as Layer;

  it("make a model that says the same", () => {
    const model = modelFromJson(stated(long, {}, true));
    const whole = (layer: Layer) => layer.constructor.fromConfig(layer.getConfig()) as Layer;
    const [expected, received] = [whole, put].map((cloneFunction) =>
      JSON.parse(modelToJson(cloneModel(model, { cloneFunction }))),
    );
    expect(received).toEqual(expected);
  });

  it("keep what their version means by a name", () => {
    const text = stated(
      { class_name: "Activation", config: { activation: "hard_sigmoid" } } as never,
      {},
      false,
    );
    const model = modelFromJson(text.replace(/,\["s",0,0,\{\}\]/g, ""));
    const was = model.getLayer("y", Activation).activation;
    expect(cloneModel(model, { cloneFunction: put }).getLayer("y", Activation).activation).toBe(was);
    expect(Activation.fromConfig({ activation: "hard_sigmoid" })).not.toHaveProperty("activation", was);
  });

  it("and leave what is of Keras 3 as it is", () => {
    const model = modelFromJson(stated(long, {}, true));
    const made: unknown[] = [];
    cloneModel(model, {
      cloneFunction(layer) {
        made.push(
          Activation.fromConfig({ ...new Activation({ activation: "hard_sigmoid" }).getConfig() }).activation,
        );
        return put(layer);
      },
    });
    expect(new Set(made)).toEqual(new Set([new Activation({ activation: "hard_sigmoid" }).activation]));
  });

  it("and so does a model inside, and one by its own config", async () => {
    const inner = modelFromJson(stated(long, {}, true));
    const again = (inner.constructor as unknown as Kind).fromConfig({ ...inner.getConfig() }) as Model;
    expect(again.layers.map(({ name }) => name)).toEqual(inner.layers.map(({ name }) => name));
    expect(await again.predict([[E], [S]] as never)).toEqual(await inner.predict([[E], [S]] as never));
  });
});
