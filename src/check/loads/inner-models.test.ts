import { describe, expect, it } from "vitest";
import type { KerasTensor } from "../../graph/graph.ts";
import { Input, Model, Sequential } from "../../index.ts";
import { Dense, TimeDistributed } from "../../layers/index.ts";
import type { Layer } from "../../layers/layer.ts";
import { getItem } from "../../ops/index.ts";
import { slice } from "../../registry/literals.ts";
import { toBytes } from "../../saving/save-model.ts";
import { checkModel } from "../index.ts";

const input = () => Input({ shape: [3], name: "x" });

function inner(name = "inner"): Model {
  const x = input();
  return new Model({ inputs: x, outputs: new Dense({ units: 3 }).apply(x), name });
}

function outer(shape: readonly number[], make: (x: KerasTensor) => KerasTensor): Model {
  const x = Input({ shape, name: "x" });
  return new Model({ inputs: x, outputs: make(x), name: "outer" });
}

const called = (x: KerasTensor) => inner().apply(x) as KerasTensor;
const inSteps = (layer: Layer) =>
  outer([4, 3], (x) => new TimeDistributed({ layer, name: "steps" }).apply(x));
const inRow = (...layers: Layer[]) => new Sequential([input(), ...layers]);
const sliced = (x: KerasTensor) => getItem(x, [slice(), 1]) as KerasTensor;

describe("a file for Keras 3.0", () => {
  it.each<[what: string, make: () => Model, first: string, text: string]>([
    [
      "at an end",
      () => outer([3], called),
      "3.3",
      'model "outer": an output that a model inside gives, "inner"',
    ],
    ["for steps", () => inSteps(inner()), "3.4", 'layer "steps": a model for the steps of a TimeDistributed'],
    [
      "of a Sequential for steps",
      () => inSteps(new Sequential([new Dense({ units: 2 })])),
      "3.4",
      'layer "steps": a model for the steps of a TimeDistributed',
    ],
    [
      "in a row",
      () => inRow(inner(), new Dense({ units: 2 })),
      "3.3",
      'layer "inner": a functional model before another layer of a Sequential',
    ],
    ["of a slice", () => outer([4, 3], sliced), "3.2", 'operation "get_item": a slice of several axes'],
  ])("says what stands against older versions %s", async (_, make, first, text) => {
    const { loads } = await checkModel(new Blob([await toBytes(make(), { keras: "3.0" })]));
    expect(loads[0]).toMatchObject({ program: "keras", loads: false, against: [text] });
    expect(loads.find((each) => each.loads)?.versions[0]).toBe(first);
  });

  it.each<[what: string, make: () => Model]>([
    ["before an end", () => outer([3], (x) => new Dense({ units: 2 }).apply(called(x)))],
    ["last in a row", () => inRow(inner())],
    ["before another in a row", () => inRow(inner(), inner("next"))],
    ["for steps that a layer makes", () => inSteps(new Dense({ units: 2 }))],
  ])("has nothing against it for a model %s", async (_, make) => {
    const { loads } = await checkModel(new Blob([await toBytes(make(), { keras: "3.0" })]));
    expect(loads[0]).toMatchObject({ program: "keras", loads: true });
  });
});
