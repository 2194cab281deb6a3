import { describe, expect, it } from "vitest";
import { FileError, type Issue } from "../errors.ts";
import type { Functional } from "../models/functional.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Hdf5DatasetInput, Hdf5GroupInput } from "./hdf5/index.ts";
import { planHdf5 } from "./hdf5/plan.ts";
import { counted, twoLayers } from "./layers.fixture.ts";
import { loadWeights } from "./load.ts";
import { gather, saveWeights, toBytes } from "./save-model.ts";

/** A file that lists the kernel and the mean of layers, as Keras 2 does. */
function fileOf(layers: Readonly<Record<string, readonly Tensor[]>>): Uint8Array {
  const children = Object.entries(layers).map(([name, tensors]) => {
    const names = tensors.map((_, i) => `${i}:0`);
    const arrays = tensors.map((tensor, i): readonly [string, Hdf5DatasetInput] => [
      `${i}:0`,
      { dtype: tensor.dtype, shape: tensor.shape, data: () => tensor },
    ]);
    const group: Hdf5GroupInput = {
      children: new Map(arrays),
      attributes: new Map([["weight_names", names]]),
    };
    return [name, group] as const;
  });
  const attributes = new Map([["layer_names", Object.keys(layers)]]);
  return planHdf5({ children: new Map(children), attributes }).toBytes();
}

function zeros(): Functional {
  const model = twoLayers();
  model.setWeights(model.weights.map(({ shape }) => counted(shape, -1)));
  return model;
}

const firsts = (model: Functional) => model.getWeights().map(({ data }) => data[0]);

describe("layers of a file found by their names", () => {
  it("get its weights in whatever order they stand; others are left alone and told", async () => {
    const model = zeros();
    const told: Issue[] = [];
    const file = fileOf({
      other: [counted([9], 5)],
      out: [counted([4, 2], 3), counted([], 4)],
      empty: [],
    });
    const skipped = await loadWeights(model, file, {
      byName: true,
      name: "w.h5",
      onUnknown: (issue) => told.push(issue),
    });
    expect(skipped).toEqual([]);
    expect(firsts(model)).toEqual([-1, -1, 3, 4]);
    expect(told).toEqual([
      { path: "w.h5 other", message: 'the model has no layer "other".' },
      { path: "w.h5", message: 'the file has no layer "hidden".' },
    ]);
  });

  it("change nothing where one does not fit", async () => {
    const model = zeros();
    const file = fileOf({ hidden: [counted([3, 4], 1), counted([], 2)], out: [counted([4, 5], 3)] });
    const error = await loadWeights(model, file, { byName: true, name: "w.h5" }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toEqual(
      new FileError("w.h5 out", 'expected 2 variables (kernel, mean) of "out", received 1 ["0:0"].'),
    );
    expect(firsts(model)).toEqual([-1, -1, -1, -1]);
  });

  it("leave out a layer of another number of weights, and a weight of another shape, where asked", async () => {
    const model = zeros();
    const file = fileOf({ hidden: [counted([3, 4], 1)], out: [counted([4, 5], 3), counted([], 4)] });
    expect(await loadWeights(model, file, { byName: true, skipMismatch: true, name: "w.h5" })).toEqual([
      {
        path: "w.h5 hidden",
        message: 'expected 2 variables (kernel, mean) of "hidden", received 1 ["0:0"].',
      },
      {
        path: "w.h5 out/0:0",
        message: 'expected shape [4, 2] of "out/kernel", received [4, 5].',
      },
    ]);
    expect(firsts(model)).toEqual([-1, -1, -1, 4]);
  });

  it.each([
    [".keras", () => toBytes(twoLayers())],
    [".weights.h5", () => gather(saveWeights(twoLayers()))],
  ])("are not in a %s file of Keras 3", async (_, make) => {
    await expect(loadWeights(twoLayers(), await make(), { byName: true, name: "m" })).rejects.toThrow(
      "m: byName: expected a file that lists weights by layers, as Keras 2 saves them in .h5, received one of another kind.",
    );
  });

  it("are asked for by true or false", async () => {
    await expect(loadWeights(zeros(), fileOf({}), { byName: "x" as never })).rejects.toThrow(
      'loadWeights: expected byName to be true or false, received "x".',
    );
  });
});
