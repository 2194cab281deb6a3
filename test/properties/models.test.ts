import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cloneModel,
  Functional,
  modelFromJson,
  parsePythonJson,
  stringifyPythonJson,
} from "../../src/index.ts";
import { build, plans } from "./random-model.ts";
import { flattenNested, valuesOf } from "./values.ts";

describe("random models", () => {
  it("config → text → model → the same text", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const model = build(plan);
        const text = model.toJson();
        expect(stringifyPythonJson(parsePythonJson(text))).toBe(text);
        expect(modelFromJson(text).toJson()).toBe(text);
        expect(Functional.fromConfig(model.getConfig()).toJson()).toBe(text);
        expect(modelFromJson(JSON.stringify(JSON.parse(text))).layers).toHaveLength(model.layers.length);
      }),
    );
  });

  it("speaks every dialect that is read back to the same text", () => {
    fc.assert(
      fc.property(plans, fc.constantFrom(303, 306, 310, 314, 315), (plan, keras) => {
        const text = build(plan).toJson({ keras });
        expect(modelFromJson(text, { dialect: keras }).toJson()).toBe(text);
      }),
    );
  });

  it("a clone has the same text, and with copied weights the same outputs", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const model = build(plan);
        const copy = cloneModel(model, { weights: "copy" });
        expect(copy.toJson()).toBe(model.toJson());
        expect(copy.weights.every((weight) => !model.weights.includes(weight))).toBe(true);
        expect(valuesOf(copy)).toEqual(valuesOf(model));
        const deep = cloneModel(model, { weights: "copy", recursive: true });
        expect(deep.toJson()).toBe(model.toJson());
        expect(valuesOf(deep)).toEqual(valuesOf(model));
      }),
      { numRuns: 50 },
    );
  });

  it("a model read from its text computes the same with the same weights", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const model = build(plan);
        const again = modelFromJson(model.toJson()) as Functional;
        again.setWeights(model.getWeights());
        expect(valuesOf(again)).toEqual(valuesOf(model));
      }),
      { numRuns: 50 },
    );
  });

  it("each call comes after the calls it needs, each operation before those behind it", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const model = build(plan);
        const places = new Map(model.nodes.map((node, i) => [node, i]));
        expect(places.size).toBe(model.nodes.length);
        for (const [node, place] of places) {
          for (const input of node.inputs) expect(places.get(input.node!)).toBeLessThan(place);
        }
        expect(new Set(model.operations)).toEqual(new Set(model.nodes.map(({ operation }) => operation)));
        expect(model.operations).toHaveLength(new Set(model.operations).size);
        for (const output of flattenNested(model.outputStructure))
          expect(places.has(output.node!)).toBe(true);
      }),
    );
  });
});
