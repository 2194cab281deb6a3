import { describe, expect, it } from "vitest";
import { nestedTensors, type TfKerasRecord, tfKerasModels } from "../../test/golden-tf-keras.ts";
import { expectClose } from "../engines/expect-close.ts";
import { reference } from "../engines/reference/index.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { flatten, type Nested, packLike } from "../graph/nested.ts";
import { Input } from "../layers/core/input-layer.ts";
import { Functional } from "../models/functional.ts";
import { Sequential } from "../models/sequential.ts";
import { loadModel } from "../node.ts";
import { full } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Hdf5DatasetInput, type Hdf5GroupInput, openHdf5 } from "./hdf5/index.ts";
import { planHdf5 } from "./hdf5/plan.ts";
import { Project } from "./layers.fixture.ts";
import { loadWeights } from "./load.ts";
import { olderPaths } from "./older-paths.ts";
import { memorySource } from "./sources.ts";

/**
 * Models with several layers of one class: in lists, in models inside, in wrappers, beside layers without weights; and
 * layers in layers.
 */
const several = [
  "bidirectional_mask",
  "conv2d",
  "embedding_mask_lstm",
  "metrics",
  "multi_head",
  "nested_deep",
  "seq_nested",
  "time_distributed",
  "words",
];

describe.each(["2.13", "2.15"])("files of Keras %s", (version) => {
  const models = tfKerasModels(version).filter(({ id }) => several.includes(id));

  it("are there", () => {
    expect(models.map(({ id }) => id)).toEqual(several);
  });

  it.each(models)("$id: each layer has its weights", computesTheSame);
});

describe("the layers of Keras 2.13", () => {
  const groups = (...names: string[]): Hdf5GroupInput => ({
    children: new Map(names.map((name) => [name, { children: new Map() }])),
  });
  const inFile = async (children: readonly (readonly [string, Hdf5GroupInput])[]) =>
    olderPaths(await openHdf5(memorySource(planHdf5({ children: new Map(children) }).toBytes())));

  it.each([
    ["/layers/dense", "/_layer_checkpoint_dependencies/dense"],
    ["/layers/dense_1", "/_layer_checkpoint_dependencies/dense_2"],
    ["/layers/dense_2", "/_layer_checkpoint_dependencies/dense_10"],
    ["/layers/dense_3", undefined],
    ["/layers/conv_1", "/_layer_checkpoint_dependencies/conv_1"],
    ["/layers/block_1", "/_layer_checkpoint_dependencies/block_1"],
    ["/layers/block", "/_layer_checkpoint_dependencies/block_1"],
    ["/layers/_1", undefined],
    ["/layers", "/_layer_checkpoint_dependencies"],
    ["/layers/dense/layers", undefined],
    ["/other", "/other"],
    ["", ""],
  ])("%s is at %s", async (path, there) => {
    const names = ["dense_10", "dense", "dense_2", "conv", "conv_1", "block_1"];
    const find = await inFile([
      ["_layer_checkpoint_dependencies", groups(...names)],
      ["other", groups()],
    ]);
    expect(find(path)).toBe(there);
  });

  it("and those of all older files, where names were private", async () => {
    const find = await inFile([["layers", { children: new Map([["attention", groups("_key_dense")]]) }]]);
    expect(find("/layers/attention/key_dense")).toBe("/layers/attention/_key_dense");
    expect(find("/layers/attention/query_dense")).toBeUndefined();
    expect(find("/layers/attention_2")).toBeUndefined();
  });

  it("are found among many in little time", async () => {
    const names = Array.from({ length: 5000 }, (_, i) => `dense_${2 * i + 1}`);
    const find = await inFile([["_layer_checkpoint_dependencies", groups(...names)]]);
    const found = names.map((_, i) => find(`/layers/dense_${i}`));
    expect(found.at(-1)).toBe("/_layer_checkpoint_dependencies/dense_9999");
  });
});

it("layers of Keras 2.13 that were met before have no group again, and are counted", async () => {
  const inner = stackOf("inner", 1);
  const outer = new Sequential([inner, stackOf("deep", 2)], { name: "outer" });
  const x = Input({ shape: [1] });
  const model = new Functional({ inputs: x, outputs: outer.apply(inner.apply(x) as KerasTensor) });
  const project = (kernel: number): Hdf5GroupInput => {
    const tensors = [full([1, 1], kernel, "float32"), full([], 0, "float32")];
    const vars = tensors.map(({ dtype, shape }, i) => [
      String(i),
      { dtype, shape, data: () => tensors[i]! },
    ]) as [string, Hdf5DatasetInput][];
    return inGroups({ vars: { children: new Map(vars) } });
  };
  const inGroups = (children: Record<string, Hdf5GroupInput>): Hdf5GroupInput => ({
    children: new Map(Object.entries(children)),
  });
  const layers = (children: Record<string, Hdf5GroupInput>) =>
    inGroups({ vars: inGroups({}), _layer_checkpoint_dependencies: inGroups(children) });
  const file = layers({
    sequential: layers({ project: project(5) }),
    sequential_2: layers({ sequential_2: layers({ project: project(7) }) }),
  });
  await loadWeights(model, planHdf5(file).toBytes());
  expect(model.trainableWeights.map(({ value }) => value.data[0])).toEqual([5, 7]);
});

function stackOf(name: string, value: number): Sequential {
  const layer = new Project({ units: 1, name: `in_${name}` });
  const stack = new Sequential([Input({ shape: [1] }), layer], { name });
  layer.kernel.assign(full([1, 1], value, "float32"));
  return stack;
}

describe("files of Keras 2.15", () => {
  // A decoder is built for the shapes of its states, too; hard_sigmoid was another function.
  const models = tfKerasModels("2.15").filter(({ id }) => ["conv_lstm", "encoder_decoder"].includes(id));
  it.each(models)("$id: computes the same", computesTheSame);
});

async function computesTheSame({ file, inputs, outputs }: TfKerasRecord): Promise<void> {
  const model = await loadModel(file ?? "");
  const given = packLike(model.input as Nested<unknown>, flatten(nestedTensors(inputs ?? [])));
  const results = await model.predict(given as Tensor, { engine: reference });
  const expected = flatten(nestedTensors(outputs ?? []));
  const received = flatten(results as Nested<Tensor>);
  expect(received).toHaveLength(expected.length);
  for (const [i, tensor] of expected.entries()) expectClose(received[i] as Tensor, tensor, `output ${i}`);
}
