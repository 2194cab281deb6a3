import { describe, expect, it } from "vitest";
import { cloneModel, deserialize, Functional, Input, modelFromJson } from "../index.ts";
import * as layers from "../layers/index.ts";
import { loadModel } from "../saving/load.ts";
import { toBytes } from "../saving/save-model.ts";
import { aliasesOf } from "./registry.ts";

interface Made {
  readonly constructor: { readonly className: string; readonly module: string };
}

/** Names that Keras 3.6 and 3.15 both have for a class beside its first. */
const others = {
  "keras.layers": {
    AvgPool1D: "AveragePooling1D",
    AvgPool2D: "AveragePooling2D",
    AvgPool3D: "AveragePooling3D",
    Convolution1D: "Conv1D",
    Convolution1DTranspose: "Conv1DTranspose",
    Convolution2D: "Conv2D",
    Convolution2DTranspose: "Conv2DTranspose",
    Convolution3D: "Conv3D",
    Convolution3DTranspose: "Conv3DTranspose",
    GlobalAvgPool1D: "GlobalAveragePooling1D",
    GlobalAvgPool2D: "GlobalAveragePooling2D",
    GlobalAvgPool3D: "GlobalAveragePooling3D",
    GlobalMaxPool1D: "GlobalMaxPooling1D",
    GlobalMaxPool2D: "GlobalMaxPooling2D",
    GlobalMaxPool3D: "GlobalMaxPooling3D",
    MaxPool1D: "MaxPooling1D",
    MaxPool2D: "MaxPooling2D",
    MaxPool3D: "MaxPooling3D",
    SeparableConvolution1D: "SeparableConv1D",
    SeparableConvolution2D: "SeparableConv2D",
  },
  "keras.initializers": {
    constant: "Constant",
    glorot_normal: "GlorotNormal",
    glorot_uniform: "GlorotUniform",
    he_normal: "HeNormal",
    he_uniform: "HeUniform",
    identity: "Identity",
    IdentityInitializer: "Identity",
    lecun_normal: "LecunNormal",
    lecun_uniform: "LecunUniform",
    ones: "Ones",
    orthogonal: "Orthogonal",
    OrthogonalInitializer: "Orthogonal",
    random_normal: "RandomNormal",
    random_uniform: "RandomUniform",
    stft: "STFT",
    STFTInitializer: "STFT",
    truncated_normal: "TruncatedNormal",
    variance_scaling: "VarianceScaling",
    zeros: "Zeros",
  },
  "keras.regularizers": {
    l1: "L1",
    l2: "L2",
    l1_l2: "L1L2",
    orthogonal_regularizer: "OrthogonalRegularizer",
  },
  "keras.constraints": {
    max_norm: "MaxNorm",
    min_max_norm: "MinMaxNorm",
    non_neg: "NonNeg",
    unit_norm: "UnitNorm",
  },
};

describe.each(Object.entries(others))("other names of %s", (module, names) => {
  it.each(Object.entries(names))("%s", (name, first) => {
    const config = {
      ...(name.includes("Conv") && { filters: 1, kernel_size: 1 }),
      ...(name.startsWith("AvgPool") && { pool_size: 2 }),
    };
    const made = deserialize({ module, class_name: name, config, registered_name: null }) as Made;
    expect(made.constructor.module).toBe(module);
    expect([first, `${first}Initializer`]).toContain(made.constructor.className);
  });
});

it("the other names of layers are exports", () => {
  const { "keras.layers>GroupedQueryAttention": own, ...aliases } = aliasesOf(layers);
  expect(own).toBe(layers.GroupedQueryAttention); // its first name is GroupQueryAttention
  const names = Object.entries(aliases).map(([name, cls]) => [name.split(">")[1], cls.className]);
  expect(Object.fromEntries(names)).toEqual(others["keras.layers"]);
});

describe("a model with another name in its config", () => {
  const x = Input({ shape: [4, 4, 1] });
  const pool = new layers.MaxPool2D({ pool_size: 2 });
  const model = new Functional({ inputs: x, outputs: pool.apply(x) });
  const text = model.toJson();
  const aliased = text.replace('"class_name": "MaxPooling2D"', '"class_name": "MaxPool2D"');

  it("gives the first one as text, and in clones", () => {
    expect(aliased).not.toBe(text);
    const again = modelFromJson(aliased);
    expect([again.toJson(), cloneModel(again).toJson()]).toEqual([text, text]);
  });

  it("is saved as it was read", async () => {
    const bytes = await toBytes(modelFromJson(aliased));
    expect(new TextDecoder("latin1").decode(bytes)).toContain('"class_name": "MaxPool2D"');
    expect((await loadModel(bytes)).toJson()).toBe(text);
  });

  it("may itself be called Model, as by Keras 2.2", () => {
    const named = JSON.parse(text) as object;
    const again = deserialize({ ...named, module: "keras", class_name: "Model", registered_name: null });
    expect((again as Functional).toJson()).toBe(text);
  });
});
