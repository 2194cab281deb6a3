import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Hdf5DatasetInput, Hdf5GroupInput } from "../../saving/hdf5/index.ts";
import { planHdf5 } from "../../saving/hdf5/plan.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { checkModel } from "../index.ts";
import { loadsIn } from "./loading.ts";

const golden = (file: string) => new Blob([readFileSync(`golden/${file}`)]);

it.each<
  [file: string, name: string, keras3: boolean | null, keras215: boolean | null, keras29: boolean | null]
>([
  ["2.9/weights/dense.h5", "dense.h5", true, true, true],
  ["2.9/weights/dense.h5", "file", true, true, true],
  ["2.9/weights/dense.weights.h5", "dense.weights.h5", false, false, true],
  ["2.13/weights/rows.weights.h5", "rows.weights.h5", true, false, false],
  ["2.13/weights/dense.weights.h5", "dense.weights.h5", false, false, false],
  ["2.15/weights/dense.weights.h5", "dense.weights.h5", true, true, false],
  ["3.6/weights/dense.weights.h5", "dense.weights.h5", true, true, false],
  ["3.6/weights/dense.weights.h5", "dense.h5", null, null, false],
  ["3.6/weights/attention.weights.h5", "attention.weights.h5", true, false, false],
  ["3.15/weights/dense_00000.weights.h5", "dense_00000.weights.h5", null, null, false],
  ["3.15/weights/dense.weights.json", "dense.weights.json", false, false, false],
])("weights alone: %s, called %s", async (file, name, keras3, keras215, keras29) => {
  const { loads } = await checkModel(golden(file), { name });
  const said = [
    loadsIn(loads, "keras", "3.6"),
    loadsIn(loads, "tf_keras", "2.15"),
    loadsIn(loads, "tf_keras", "2.9"),
    loadsIn(loads, "tensorflow.js", "4.22"),
  ];
  expect(said).toEqual([keras3, keras215, keras29, false]);
});

const array = (): Hdf5DatasetInput => ({
  dtype: "float32",
  shape: [1],
  data: () => new Tensor("float32", [1], Float32Array.of(1)),
});
const group = (name: string, child: Hdf5GroupInput | Hdf5DatasetInput): Hdf5GroupInput => ({
  children: new Map([[name, child]]),
});

it.each<[what: string, root: Hdf5GroupInput, text: string]>([
  [
    "a class that was not tried",
    group("layers", group("own", group("vars", group("0", array())))),
    'a group "own", which was not tried',
  ],
  [
    "an array that was not tried",
    { ...group("d", group("own:0", array())), attributes: new Map([["layer_names", ["d"]]]) },
    'an array "own", which was not tried',
  ],
  [
    "weights of Theano",
    {
      ...group("d", group("kernel:0", array())),
      attributes: new Map<string, string | string[]>([
        ["layer_names", ["d"]],
        ["backend", "theano"],
      ]),
    },
    'weights of the backend "theano", which was not tried',
  ],
  [
    "weights of a model's own",
    {
      ...group("top_level_model_weights", group("kernel:0", array())),
      attributes: new Map([["layer_names", ["d"]]]),
    },
    "the model's own weights, which was not tried",
  ],
  [
    "weights beside the layers",
    { children: new Map([["vars", group("0", array())]]) },
    "weights that are not under the layers of a model, which was not tried",
  ],
])("weights alone, unknown: %s", async (_, root, text) => {
  const { loads } = await checkModel(planHdf5(root).toBytes());
  const keras = loads.filter(({ program }) => program === "keras");
  expect(keras).toMatchObject([{ loads: null, against: [text] }]);
});

it("says nothing of HDF5 that holds no weights of Keras", async () => {
  for (const root of [group("a", array()), { children: new Map() }])
    expect((await checkModel(planHdf5(root).toBytes())).loads).toEqual([]);
});

it("knows of an index what came when", async () => {
  const listed = await checkModel(golden("3.15/weights/dense.weights.json"));
  const said = ["3.9", "3.10", "3.11", "3.12", "3.15"].map((version) =>
    loadsIn(listed.loads, "keras", version),
  );
  expect(said).toEqual([false, false, null, true, true]);
  const index = '{"weight_map": {"/layers/dense/vars": "m_00000.weights.h5"}}';
  const { loads } = await checkModel(new TextEncoder().encode(index));
  expect(loads.map(({ loads }) => loads)).toEqual([false, null, false, false]);
});
