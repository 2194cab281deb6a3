import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../test/formula.ts";
import { useReference } from "../engines/reference/index.ts";
import { flatten, type Nested } from "../graph/nested.ts";
import { cloneModel, type Functional, modelFromJson, toNested } from "../index.ts";
import { Dense } from "../layers/core/dense.ts";
import { Dropout } from "../layers/regularization/dropout.ts";
import type { Tensor } from "../tensor/tensor.ts";

beforeAll(useReference);

interface Case {
  readonly text: string;
  readonly inputs: TensorRecord;
  readonly outputs: readonly { readonly dtype: string; readonly values: unknown }[];
}

const cases = JSON.parse(
  readFileSync(new URL("call-function.golden.json", import.meta.url), "utf8"),
) as readonly Case[];

function modelOf({ text }: Case): Functional {
  const model = modelFromJson(text) as Functional;
  model.setWeights(
    model.weights.map(({ shape }, i) => recordTensor({ dtype: "float32", shape, k: 100 + i })),
  );
  return model;
}

function run(model: Functional, x: Tensor): Tensor[] {
  return flatten(model.apply<Nested<Tensor>>(x));
}

const named = cases.map((one) => [JSON.parse(one.text).config.name as string, one] as const);

describe.each(named)("callFunction on %s, a graph of Keras 3.6 with operations", (_, one) => {
  const model = modelOf(one);
  const x = recordTensor(one.inputs);

  it("calls every layer and operation; the clone computes what Keras does", () => {
    const called: string[] = [];
    const copy = cloneModel(model, {
      weights: "copy",
      callFunction(layer, ...args) {
        called.push(layer.constructor.className);
        return layer.apply(...args);
      },
    });
    expect(called.sort()).toEqual(
      model.nodes
        .map(({ operation }) => operation.constructor.className)
        .filter((name) => name !== "InputLayer")
        .sort(),
    );
    for (const clone of [model, cloneModel(model, { weights: "copy" }), copy]) {
      const outputs = run(clone, x);
      expect(outputs.map(({ dtype }) => dtype)).toEqual(one.outputs.map(({ dtype }) => dtype));
      for (const [i, output] of outputs.entries()) {
        const wanted = [one.outputs[i]!.values].flat(9) as number[];
        for (const [j, value] of ([toNested(output)].flat(9) as number[]).entries())
          expect(value).toBeCloseTo(wanted[j]!, one.text.includes("float16") ? 2 : 5);
      }
    }
    expect(copy.outputs.map(({ shape, dtype }) => [shape, dtype])).toEqual(
      model.outputs.map(({ shape, dtype }) => [shape, dtype]),
    );
  });

  it("gives tensors and plain numbers", () => {
    const leaves: unknown[] = [];
    cloneModel(model, {
      cloneFunction: (layer) => layer,
      callFunction(layer, ...args) {
        leaves.push(...args);
        return layer.apply(...args);
      },
    });
    for (const leaf of leaves) expect(["KerasTensor", "Number", "Array", "Object"]).toContain(nameOf(leaf));
  });

  it("puts a Dropout behind each Dense, the layers reused, as the README has it", () => {
    const regularized = cloneModel(model, {
      cloneFunction: (layer) => layer,
      callFunction(layer, ...args) {
        const out = layer.apply(...args);
        return layer instanceof Dense ? new Dropout({ rate: 0.5 }).apply(out) : out;
      },
    });
    const added = regularized.layers.filter(
      (layer) => !model.layers.includes(layer) && layer instanceof Dropout,
    );
    expect(added).toHaveLength(model.layers.filter((layer) => layer instanceof Dense).length);
    expect(run(regularized, x).map(toNested)).toEqual(run(model, x).map(toNested));
  });
});

function nameOf(value: unknown): string {
  return Object(value).constructor.name;
}
