import { describe, expect, it } from "vitest";
import { Functional, Input, type Model, Sequential } from "../index.ts";
import { Dense } from "../layers/index.ts";
import { Tensor } from "../tensor/tensor.ts";
import { saveHdf5Model } from "./hdf5-model/save-model.ts";
import { loadModel, loadWeights } from "./load.ts";
import { gather } from "./save-model.ts";

/** A model of layers that has a weight beside them. */
class Scaled extends Functional {
  readonly scale = this.addWeight({ name: "scale", shape: [2], initializer: "ones" });
}

const ends = () => {
  const inputs = Input({ shape: [3], name: "x" });
  return { inputs, outputs: new Dense({ units: 2, name: "d" }).apply(inputs), name: "scaled" };
};
const numbers = (...values: number[]) => new Tensor("float32", [values.length], Float32Array.from(values));
const customObjects = { Scaled };

function scaled(): Scaled {
  const model = new Scaled(ends());
  model.scale.assign(numbers(3, 4));
  return model;
}

describe("a weight that a model has beside its layers", () => {
  it.each(["2.9", "2.15", "3.6"])("goes into a whole HDF5 file for %s and comes back", async (keras) => {
    const model = scaled();
    const again = await loadModel(await gather(saveHdf5Model(model, { keras })), { customObjects });
    if (!(again instanceof Scaled)) expect.fail(`expected Scaled, received ${again}`);
    expect([...again.scale.value.data]).toEqual([3, 4]);
    expect(again.weights.map(({ path }) => path)).toEqual(model.weights.map(({ path }) => path));
  });

  it.each([false, true])("is found by loadWeights, by name %s", async (byName) => {
    const model = new Scaled(ends());
    expect(await loadWeights(model, await gather(saveHdf5Model(scaled())), { byName })).toEqual([]);
    expect([...model.scale.value.data]).toEqual([3, 4]);
  });

  const none = 'expected 0 variables () of "scaled", received 1 ["scale:0"].';
  const one = 'expected 1 variables (scale) of "scaled", received 0 [].';

  it.each<[string, () => Model, () => Model, string]>([
    ["only the file has", scaled, () => new Functional(ends()), none],
    ["only the model has", () => new Functional(ends()), scaled, one],
  ])("that %s is an error, and changes nothing", async (_, written, make, message) => {
    const file = await gather(saveHdf5Model(written()));
    const model = make();
    const before = model.getWeights();
    const path = "weights.h5 top_level_model_weights";
    await expect(loadWeights(model, file)).rejects.toMatchObject({ issues: [{ path, message }] });
    expect(model.getWeights()).toEqual(before);
    expect(await loadWeights(model, file, { skipMismatch: true })).toEqual([{ path, message }]);
  });

  it("of another shape is one", async () => {
    const file = await gather(saveHdf5Model(scaled()));
    class Other extends Functional {
      readonly scale = this.addWeight({ name: "scale", shape: [3], initializer: "ones" });
    }
    await expect(loadWeights(new Other(ends()), file)).rejects.toThrow('expected shape [3] of "scale"');
  });

  it("is none where a layer has it", async () => {
    const model = new Sequential([Input({ shape: [3] }), new Dense({ units: 1 })]);
    expect((await loadModel(await gather(saveHdf5Model(model)))).weights).toHaveLength(2);
  });
});
