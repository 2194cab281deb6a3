import { describe, expect, it } from "vitest";
import { Layer } from "../layers/layer.ts";
import { Model } from "../models/model.ts";
import { type KeepsState, KeptState } from "../program/kept-state.ts";
import { openArchive } from "./archive.ts";
import { type Hdf5GroupInput, openHdf5 } from "./hdf5/index.ts";
import { planHdf5 } from "./hdf5/plan.ts";
import { counted, customObjects, Project, twoLayers, watched } from "./layers.fixture.ts";
import { loadModel, loadWeights } from "./load.ts";
import { gather, saveWeights, toBytes } from "./save-model.ts";
import { memorySource } from "./sources.ts";

const compileConfig = { optimizer: { class_name: "Adam" }, loss: "mse" };

function kept(from: number): KeptState {
  const children = new Map(
    [0, 1].map((i) => {
      const data = () => counted([2], from + i);
      return [String(i), { dtype: "float32" as const, shape: [2], attributes: new Map(), data }] as const;
    }),
  );
  const vars = new KeptState(children, new Map([["name", "adam"]]));
  const inner = new KeptState(new Map([["vars", new KeptState(new Map())]]));
  return new KeptState(
    new Map([
      ["vars", vars],
      ["inner_optimizer", inner],
    ]),
  );
}

function compiled(): Model {
  const model = twoLayers();
  model.compileConfig = compileConfig;
  model.optimizerState = kept(1);
  return model;
}

const valuesOf = async (model: Model) =>
  Promise.all(model.optimizerState!.variables.map(async ({ data }) => (await data()).data[0]));

describe("an optimizer's state", () => {
  it("is written, read when asked for, and written again", async () => {
    const bytes = await toBytes(compiled());
    const source = watched(bytes, true);
    const model = await loadModel(source, { customObjects });
    expect(model.compileConfig).toEqual(compileConfig);
    expect(await valuesOf(model)).toEqual([1, 2]);
    expect(await toBytes(model)).toEqual(bytes);
    const { members } = await openArchive(memorySource(bytes));
    const file = await openHdf5(await members.get("model.weights.h5")!.source());
    expect(file.get("/optimizer/inner_optimizer/vars")?.kind).toBe("group");
    expect(file.get("/optimizer/vars")?.attributes).toEqual(new Map([["name", "adam"]]));
  });

  it("is left out of a model that is not compiled", async () => {
    const model = await loadModel(await toBytes(compiled()), { customObjects, compile: false });
    expect(model.optimizerState).toBeNull();
    const other = compiled();
    other.compileConfig = null;
    expect(await toBytes(other)).toEqual(await toBytes(twoLayers()));
  });

  it("comes with weights, for a compiled model", async () => {
    const weights = await gather(saveWeights(compiled()));
    const model = compiled();
    model.optimizerState = null;
    await loadWeights(model, weights);
    expect(await valuesOf(model)).toEqual([1, 2]);
    const plain = twoLayers();
    await loadWeights(plain, weights);
    expect(plain.optimizerState).toBeNull();
  });

  it("stays where a file has none", async () => {
    const model = compiled();
    await loadWeights(model, await gather(saveWeights(twoLayers())));
    expect(await valuesOf(model)).toEqual([1, 2]);
  });
});

/** A layer without code, such as one of a class that nobody knows. */
class Opaque extends Layer implements KeepsState {
  keptState: KeptState | null = null;
  readonly keptClassName = "TheirLayer";
}

class Holder extends Model {
  declare theirs: Opaque;
  declare ours: Project;
}

function holder(): Holder {
  const ours = new Project({ units: 1 });
  ours.buildWith({ input_shape: [null, 1] });
  return Object.assign(new Holder({ name: "holder" }), { theirs: new Opaque({ name: "theirs" }), ours });
}

describe("a layer without code", () => {
  it("keeps its group with all that is in it", async () => {
    const theirs: Hdf5GroupInput = kept(5);
    const plain = await openHdf5(memorySource(await gather(saveWeights(holder()))));
    expect(plain.get("/layers/their_layer/vars")?.attributes).toEqual(new Map([["name", "theirs"]]));
    const ours = { children: new Map(["0", "1"].map((key) => [key, ourTensor(key)] as const)) };
    const bytes = planHdf5({
      children: new Map([
        ["layers", { children: new Map([["their_layer", theirs]]) }],
        ["ours", { children: new Map([["vars", ours]]) }],
      ]),
    }).toBytes();
    const model = holder();
    await loadWeights(model, bytes);
    expect(model.theirs.keptState!.variables).toHaveLength(2);
    const written = await openHdf5(memorySource(await gather(saveWeights(model))));
    const dataset = written.get("/layers/their_layer/vars/1");
    expect(dataset?.kind === "dataset" && (await dataset.read())).toEqual(counted([2], 6));
    expect(written.get("/layers/their_layer/inner_optimizer/vars")?.kind).toBe("group");
  });
});

function ourTensor(key: string) {
  const tensor = counted(key === "0" ? [1, 1] : [], 3);
  return { dtype: tensor.dtype, shape: tensor.shape, data: () => tensor };
}
