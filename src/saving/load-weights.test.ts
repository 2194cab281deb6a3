import { describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import { Input } from "../layers/core/input-layer.ts";
import { Layer } from "../layers/layer.ts";
import { Functional } from "../models/functional.ts";
import { Model } from "../models/model.ts";
import { castTensor } from "../tensor/cast.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Hdf5GroupInput, openHdf5 } from "./hdf5/index.ts";
import { planHdf5 } from "./hdf5/plan.ts";
import { counted, Project, stack, twoLayers, watched } from "./layers.fixture.ts";
import { loadWeights } from "./load.ts";
import { gather, saveWeights, toBytes } from "./save-model.ts";

const weights = await gather(saveWeights(twoLayers()));

function blank(): Functional {
  const model = twoLayers();
  model.setWeights(model.weights.map(({ shape }) => counted(shape, -1)));
  return model;
}

describe("weights of a file", () => {
  it.each([
    [".weights.h5", () => gather(saveWeights(twoLayers()))],
    [".keras", () => toBytes(twoLayers())],
  ])("come from %s, read when needed", async (_, make) => {
    const source = watched(await make());
    const model = blank();
    expect(await loadWeights(model, source)).toEqual([]);
    expect(model.weights.some((variable) => variable.isMaterialized)).toBe(false);
    expect(model.getWeights()).toEqual(twoLayers().getWeights());
  });

  it("are the same bytes for the same model", async () => {
    expect(await gather(saveWeights(twoLayers()))).toEqual(weights);
  });

  const dtypes: readonly DType[] = ["bfloat16", "float16", "float32", "float64"];
  const pairs = dtypes.flatMap((from) => dtypes.map((to) => [from, to] as const));
  it.each(pairs)("of %s become those of a model of %s", async (from, to) => {
    const source = typed(from);
    source.setWeights(
      source.weights.map(({ shape }) => castTensor(castTensor(counted(shape, 0.1), "float64"), from)),
    );
    const target = typed(to);
    for (const bytes of [await gather(saveWeights(source)), await toBytes(source)]) {
      for (const remote of [false, true]) {
        await loadWeights(target, watched(bytes, remote));
        await target.load();
        expect(target.getWeights()).toEqual(source.getWeights().map((tensor) => castTensor(tensor, to)));
        expect(await gather(saveWeights(target))).toEqual(await gather(saveWeights(target)));
      }
    }
  });

  it("of integers and booleans too", async () => {
    const source = twoLayers();
    const { root } = await openHdf5(watched(weights));
    expect(root.children.has("layers")).toBe(true);
    const tree = groups({
      project: [castTensor(counted([3, 4], 0), "bool"), counted([], 1)],
      project_1: [castTensor(counted([4, 2], 0), "int64"), counted([], 1)],
    });
    await loadWeights(source, planHdf5(tree).toBytes());
    expect([...source.weights[0]!.value.data]).toEqual([0, ...Array(11).fill(1)]);
    expect([...source.weights[2]!.value.data]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});

describe("a file of another model", () => {
  it("changes nothing and says all", async () => {
    const model = stack(2);
    const before = model.getWeights();
    const error = await loadWeights(model, weights).catch((reason: unknown) => reason);
    expect(error).toEqual(
      new FileError([
        { path: "weights.h5 /layers/project/vars/0", message: "expected shape [1, 1], received [3, 4]." },
        { path: "weights.h5 /layers/project_1/vars/0", message: "expected shape [1, 1], received [4, 2]." },
      ]),
    );
    expect(model.getWeights()).toEqual(before);
  });

  it("gives what fits where asked, layer by layer", async () => {
    const tree = groups({
      project: [counted([3, 4], 50), counted([], 51)],
      project_1: [counted([2, 4], 0), counted([], 52)],
    });
    const model = blank();
    const skipped = await loadWeights(model, planHdf5(tree).toBytes(), {
      skipMismatch: true,
      name: "w.weights.h5",
    });
    expect(skipped).toEqual([
      { path: "w.weights.h5 /layers/project_1/vars/0", message: "expected shape [4, 2], received [2, 4]." },
    ]);
    expect(model.getWeights()).toEqual([
      counted([3, 4], 50),
      counted([], 51),
      counted([4, 2], -1),
      counted([], -1),
    ]);
  });

  it("of Keras 2 has a group for each layer it names", async () => {
    const old: Hdf5GroupInput = { children: new Map(), attributes: new Map([["layer_names", ["dense"]]]) };
    await expect(loadWeights(blank(), planHdf5(old).toBytes())).rejects.toThrow(
      "weights.h5 /dense: expected a group, received nothing.",
    );
  });

  it.each(["layer_names", "layer_names0"])("of Keras 2 has them in a group of its own: %s", async (key) => {
    const list: Hdf5GroupInput = { children: new Map(), attributes: new Map([[key, ["dense"]]]) };
    const old: Hdf5GroupInput = { children: new Map([["model_weights", list]]) };
    await expect(loadWeights(blank(), planHdf5(old).toBytes())).rejects.toThrow(
      "weights.h5 /model_weights/dense: expected a group, received nothing.",
    );
  });

  it("is no file at all", async () => {
    await expect(loadWeights(blank(), new Uint8Array(9))).rejects.toThrow(
      "archive: expected a zip archive, received a file of another kind.",
    );
  });
});

describe("groups under other names", () => {
  it("`_layer_checkpoint_dependencies` of Keras 2.13", async () => {
    const { children } = groups({
      project: [counted([3, 4], 1), counted([], 2)],
      project_1: [counted([4, 2], 3), counted([], 4)],
    });
    const old = {
      children: new Map([["_layer_checkpoint_dependencies", new Map(children).get("layers")!]]),
    };
    const model = blank();
    await loadWeights(model, planHdf5(old).toBytes());
    expect(model.weights[2]!.value).toEqual(counted([4, 2], 3));
  });

  class Two extends Model {
    [property: string]: unknown;
  }
  class Pair extends Layer {
    [property: string]: unknown;
  }
  const made = <T extends object>(object: T, properties: object): T => Object.assign(object, properties);

  it("a layer that has got an alias is found by its old name", async () => {
    const bytes = await gather(saveWeights(made(new Two({ name: "m" }), { dense: project(5) })));
    const dense = project(0);
    await loadWeights(made(new Two({ name: "m" }), { alias: dense, dense }), bytes);
    expect(dense.weights[0]!.value).toEqual(counted([1, 1], 5));
  });

  it("and so are the layers inside it", async () => {
    const pair = (value: number) => made(new Pair(), { list: [project(value), project(value + 1)] });
    const bytes = await gather(saveWeights(made(new Two({ name: "m" }), { pair: pair(5) })));
    const again = pair(0);
    await loadWeights(made(new Two({ name: "m" }), { alias: again, pair: again }), bytes);
    expect(again.getWeights().map(({ data }) => data[0])).toEqual([5, 5, 6, 6]);
  });
});

describe("layers in lists of lists", () => {
  class Grid extends Model {
    declare rows: readonly (readonly Project[])[];
  }
  const grid = (value: number) => {
    const rows = [[project(value), project(value + 1)], [project(value + 2)]];
    return Object.assign(new Grid({ name: "grid" }), { rows });
  };
  const firsts = (model: Model) => model.getWeights().map(({ data }) => data[0]);

  it("are saved and read", async () => {
    const again = hidden(grid(0));
    await loadWeights(again, await gather(saveWeights(hidden(grid(5)))));
    expect(firsts(again)).toEqual([5, 5, 6, 6, 7, 7]);
  });

  it("stay as they are where an older Keras has not saved them", async () => {
    const model = hidden(grid(5));
    const old = planHdf5({ children: new Map([["vars", { children: new Map() }]]) }).toBytes();
    expect(await loadWeights(model, old)).toEqual([]);
    expect(firsts(model)).toEqual([5, 5, 6, 6, 7, 7]);
  });

  /** A model whose layers are only found in its rows. */
  function hidden(model: Grid): Grid {
    return Object.defineProperty(model, "layers", { value: [] });
  }
});

function project(value: number): Project {
  const layer = new Project({ units: 1 });
  layer.buildWith({ input_shape: [null, 1] });
  layer.setWeights(layer.weights.map(({ shape }) => counted(shape, value)));
  return layer;
}

function typed(dtype: DType): Functional {
  const x = Input({ shape: [2], name: "x" });
  return new Functional({
    inputs: x,
    outputs: new Project({ units: 3, dtype, name: "p" }).apply(x),
    name: "typed",
  });
}

function groups(layers: Record<string, readonly Tensor[]>): Hdf5GroupInput {
  const children = new Map<string, Hdf5GroupInput>();
  for (const [name, tensors] of Object.entries(layers)) {
    const vars = tensors.map(
      (tensor, i) => [String(i), { dtype: tensor.dtype, shape: tensor.shape, data: () => tensor }] as const,
    );
    children.set(name, { children: new Map([["vars", { children: new Map(vars) }]]) });
  }
  return { children: new Map([["layers", { children }]]) };
}
