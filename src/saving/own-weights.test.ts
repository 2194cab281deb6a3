import { describe, expect, it } from "vitest";
import type { Issue } from "../errors.ts";
import { Functional, Input, Model, Sequential } from "../index.ts";
import { Dense } from "../layers/index.ts";
import { multiply } from "../ops/index.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { Watch } from "../progress.ts";
import { Tensor } from "../tensor/tensor.ts";
import { checkedPlan } from "./checked-plan.ts";
import { type Hdf5Group, type Hdf5GroupInput, openHdf5 } from "./hdf5/index.ts";
import { saveHdf5Model } from "./hdf5-model/save-model.ts";
import { loadModel, loadWeights } from "./load.ts";
import { gather } from "./save-model.ts";
import { memorySource } from "./sources.ts";

/** A model of layers that has two weights beside them. */
class Scaled extends Functional {
  readonly scale = this.addWeight({ name: "scale", shape: [2], initializer: "ones" });
  readonly shift = this.addWeight({ name: "shift", shape: [2], initializer: "zeros" });
}

/** One that has no layer. */
class Alone extends Model {
  readonly scale = this.addWeight({ name: "scale", shape: [2], initializer: "ones" });
  override call(x: Operand): Numeric {
    return multiply(x, 1);
  }
}

/** One that has its weight once it is built. */
class Late extends Model {
  override build(): void {
    this.addWeight({ name: "scale", shape: [2], initializer: "ones" });
  }
  override call(x: Operand): Numeric {
    return multiply(x, 1);
  }
}

const ends = (units = 2) => {
  const inputs = Input({ shape: [3], name: "x" });
  return { inputs, outputs: new Dense({ units, name: "d" }).apply(inputs), name: "scaled" };
};
const numbers = (...values: number[]) => new Tensor("float32", [values.length], Float32Array.from(values));
const customObjects = { Scaled, Alone, Late };
const fileOf = (model: Model, keras?: string) => gather(saveHdf5Model(model, { keras }));
const values = ({ scale, shift }: Scaled) => [[...scale.value.data], [...shift.value.data]];

function scaled(): Scaled {
  const model = new Scaled(ends());
  model.scale.assign(numbers(3, 4));
  model.shift.assign(numbers(5, 6));
  return model;
}

/** Weights as files of versions before 2.6 have them, which know none of no layer. */
function older(): Promise<Uint8Array> {
  const array = (...shape: number[]) => ({
    dtype: "float32" as const,
    shape,
    data: () => new Tensor("float32", shape, new Float32Array(shape.reduce((a, b) => a * b))),
  });
  const d: Hdf5GroupInput = {
    attributes: [["weight_names", ["kernel", "bias"]]],
    children: [
      ["kernel", array(3, 2)],
      ["bias", array(2)],
    ],
  };
  const contents: Hdf5GroupInput = { attributes: [["layer_names", ["d"]]], children: [["d", d]] };
  return gather(checkedPlan(contents, "w.h5", { watch: new Watch({}), done: 0, total: null }).chunks());
}

describe("weights that a model has beside its layers", () => {
  it.each(["2.9", "2.15", "3.6"])("go into a whole HDF5 file for %s and come back", async (keras) => {
    const model = scaled();
    const again = await loadModel(await fileOf(model, keras), { customObjects });
    if (!(again instanceof Scaled)) expect.fail(`expected Scaled, received ${again}`);
    expect(values(again)).toEqual(values(model));
    expect(again.weights.map(({ path }) => path)).toEqual(model.weights.map(({ path }) => path));
  });

  it.each([false, true])("are found by loadWeights, by name %s", async (byName) => {
    const model = new Scaled(ends());
    expect(await loadWeights(model, await fileOf(scaled()), { byName })).toEqual([]);
    expect(values(model)).toEqual(values(scaled()));
  });

  it("stay in their places where one is frozen", async () => {
    const given = scaled();
    given.scale.trainable = false;
    const model = new Scaled(ends());
    await loadWeights(model, await fileOf(given));
    expect(values(model)).toEqual(values(given));
  });

  it("are none that a layer has", async () => {
    const model = new Sequential([Input({ shape: [3] }), new Dense({ units: 1 })]);
    const { root } = await openHdf5(memorySource(await fileOf(model)), { name: "model.h5" });
    const group = (root.children.get("model_weights") as Hdf5Group).children.get("top_level_model_weights");
    expect((group as Hdf5Group).children.size).toBe(0);
  });
});

const path = "weights.h5 top_level_model_weights";
const none = {
  path,
  message: 'expected 0 variables () of "scaled", received 2 ["scale:0", "shift:0"].',
};
const missing = { path, message: 'expected 2 variables (scale, shift) of "scaled", received 0 [].' };
const unread = {
  path,
  message: 'the model has none of the weights ["scale:0", "shift:0"] that are of no layer.',
};
const unwritten = {
  path,
  message: 'the file has none of its weights ["scale", "shift"] that are of no layer.',
};

describe("where one side alone has some", () => {
  it.each<[string, () => Model, () => Model, Issue]>([
    ["the file", scaled, () => new Functional(ends()), none],
    ["the model", () => new Functional(ends()), scaled, missing],
  ])("%s: an error, and nothing changes", async (_, written, make, issue) => {
    const file = await fileOf(written());
    const model = make();
    const before = model.getWeights();
    await expect(loadWeights(model, file)).rejects.toMatchObject({ issues: [issue] });
    expect(model.getWeights()).toEqual(before);
    expect(await loadWeights(model, file, { skipMismatch: true })).toEqual([issue]);
  });

  it.each<[string, () => Promise<Uint8Array>, () => Model, Issue]>([
    ["the file", () => fileOf(scaled()), () => new Functional(ends()), unread],
    ["the model", () => fileOf(new Functional(ends())), scaled, unwritten],
    ["the model, of an older file", older, scaled, unwritten],
  ])("%s: told, where layers are found by name", async (_, file, model, issue) => {
    const issues: Issue[] = [];
    const onUnknown = (each: Issue) => issues.push(each);
    expect(await loadWeights(model(), await file(), { byName: true, onUnknown })).toEqual([]);
    expect(issues).toEqual([issue]);
  });

  it("an older file is no error, and tells", async () => {
    const issues: Issue[] = [];
    const model = scaled();
    expect(await loadWeights(model, await older())).toEqual([]);
    await loadWeights(model, await older(), { onUnknown: (each) => issues.push(each) });
    expect(issues).toEqual([unwritten]);
    expect(values(model)).toEqual(values(scaled()));
  });

  it.each([
    ["Scaled", scaled, "the model has none of the weights"],
    ["Alone", () => new Alone({ name: "alone" }), "are not read, because there is no code for its class"],
  ] as const)("a class without code is opened, and they are told of: %s", async (_, make, message) => {
    const issues: Issue[] = [];
    await loadModel(await fileOf(make(), "3.6"), { onUnknown: (each) => issues.push(each) });
    expect(issues.map((each) => each.message)).toContainEqual(expect.stringContaining(message));
  });
});

it("problems of theirs and of layers are one error", async () => {
  const file = await fileOf(scaled());
  const work = loadWeights(new Functional(ends(5)), file);
  await expect(work).rejects.toMatchObject({
    issues: [none, expect.objectContaining({ path: "weights.h5 d/d/kernel:0" }), expect.anything()],
  });
});

it("one of another shape is an error; by name it can be left alone", async () => {
  class Other extends Functional {
    readonly scale = this.addWeight({ name: "scale", shape: [3], initializer: "ones" });
    readonly shift = this.addWeight({ name: "shift", shape: [2], initializer: "zeros" });
  }
  const file = await fileOf(scaled());
  const other = new Other(ends());
  await expect(loadWeights(other, file)).rejects.toThrow('expected shape [3] of "scale"');
  await loadWeights(other, file, { skipMismatch: true, byName: true });
  expect([...other.shift.value.data]).toEqual([5, 6]);
});

it("a model that is not built says so", async () => {
  const model = new Late({ name: "late" });
  model.apply(numbers(1, 2));
  await expect(loadModel(await fileOf(model, "3.6"), { customObjects })).rejects.toThrow(
    'expected 0 variables () of "late", received 1 ["late/scale:0"]. It is not built: call it first',
  );
});
