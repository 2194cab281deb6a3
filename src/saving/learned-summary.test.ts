import { expect, it } from "vitest";
import { tensor } from "../engines/tensor.ts";
import { Discretization } from "../layers/categories/discretization.ts";
import type { Layer } from "../layers/layer.ts";
import { Model } from "../models/model.ts";
import { text, zip } from "./archive.fixture.ts";
import { planHdf5 } from "./hdf5/plan.ts";
import type { Hdf5GroupInput } from "./hdf5/tree.ts";
import { loadModel } from "./load.ts";

// What Keras 2.13 and 2.15 keep of 1 to 6, 9 and 10; they have the boundaries 2, 4 and 6 then.
const seen = tensor(
  [
    [1, 2, 3, 4, 5, 6, 9, 10],
    [1, 1, 1, 1, 1, 1, 1, 1],
  ],
  { dtype: "float32" },
);
const nothing = tensor([[], []], { dtype: "float32" });

const layer = (name: string, more: object = {}) => ({
  module: "keras.layers",
  class_name: "Discretization",
  config: {
    name,
    dtype: "int64",
    bin_boundaries: null,
    num_bins: 4,
    epsilon: 0.01,
    output_mode: "int",
    ...more,
  },
  registered_name: null,
  build_config: { input_shape: [null, 2] },
});
const stack = (name: string, ...layers: object[]) => {
  const input = {
    class_name: "InputLayer",
    config: { name: `${name}_x`, batch_input_shape: [null, 2], dtype: "float32" },
  };
  return { class_name: "Sequential", config: { name, layers: [input, ...layers] } };
};

/** A group of what a file calls its layers, with these groups in it. */
const list = (name: string, groups: Readonly<Record<string, Hdf5GroupInput>>): Hdf5GroupInput => ({
  children: [[name, { children: Object.entries(groups) }]],
});
const vars = (...arrays: (typeof seen)[]): Hdf5GroupInput => {
  const children = arrays.map((array, i) => {
    const { shape } = array;
    return [String(i), { dtype: "float32", shape: shape as number[], data: () => array }] as const;
  });
  return { children: [["vars", { children }]] };
};

async function read(version: string, model: object, weights: Hdf5GroupInput): Promise<Model> {
  const file = zip([
    { name: "metadata.json", bytes: text(JSON.stringify({ keras_version: version })) },
    { name: "config.json", bytes: text(JSON.stringify(model)) },
    { name: "model.weights.h5", bytes: await planHdf5(weights).toBytes() },
  ]);
  return loadModel(file);
}

const boundariesIn = (model: Model): unknown[] =>
  model.layers.flatMap((each: Layer) =>
    each instanceof Model ? boundariesIn(each) : each instanceof Discretization ? [each.bin_boundaries] : [],
  );

const given = layer("b", { bin_boundaries: [1], num_bins: null });

it.each<[string, string, Hdf5GroupInput]>([
  [
    "2.15.0",
    "layers",
    list("layers", {
      discretization: vars(seen),
      discretization_1: vars(),
      discretization_2: vars(nothing),
      sequential: list("layers", { discretization: vars(seen) }),
    }),
  ],
  [
    "2.13.1",
    "_layer_checkpoint_dependencies",
    // Layers with weights count twice.
    list("_layer_checkpoint_dependencies", {
      discretization: vars(seen),
      discretization_2: vars(),
      discretization_3: vars(nothing),
      sequential: list("_layer_checkpoint_dependencies", { discretization: vars(seen) }),
    }),
  ],
])("boundaries are made of what a .keras file of Keras %s has under %s", async (version, _, weights) => {
  const inner = stack("inner", layer("d"));
  const model = await read(version, stack("s", layer("a"), given, layer("c"), inner), weights);
  expect(boundariesIn(model)).toEqual([[2, 4, 6], [1], null, [2, 4, 6]]);
  expect(model.weights).toEqual([]);
});

it("a layer that has learned nothing takes no other variables", async () => {
  const weights = list("layers", { discretization: vars(seen, seen) });
  await expect(read("2.15.0", stack("s", layer("a")), weights)).rejects.toThrow(
    'archive layer "a": expected what the layer learned, one array of shape (2, n), received [[2, 8], [2, 8]].',
  );
});

it("and of what a whole-model .h5 file has", async () => {
  const attributes = [
    ["keras_version", "2.15.0"],
    ["model_config", JSON.stringify(stack("s", layer("a")))],
  ] as const;
  const summary = { dtype: "float32", shape: [2, 8], data: () => seen } as const;
  const ofLayer = {
    attributes: [["weight_names", ["summary:0"]]],
    children: [["summary:0", summary]],
  } as const;
  const weights = { attributes: [["layer_names", ["a"]]], children: [["a", ofLayer]] } as const;
  const file = planHdf5({ attributes, children: [["model_weights", weights]] });
  expect(boundariesIn(await loadModel(await file.toBytes()))).toEqual([[2, 4, 6]]);
});
