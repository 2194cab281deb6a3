import { describe, expect, it, vi } from "vitest";
import type { Operation } from "../graph/graph.ts";
import { Dense } from "../layers/core/dense.ts";
import { Input } from "../layers/core/input-layer.ts";
import { Layer } from "../layers/layer.ts";
import { BatchNormalization } from "../layers/normalization/batch-normalization.ts";
import { counterOf } from "./layer-counts.ts";
import { parametersOf } from "./model-sizes.ts";
import { Sequential } from "./sequential.ts";
import { summary } from "./summary.ts";

const shape = [4];
const dense = () => new Dense({ units: 4 });
const stack = (...layers: Layer[]) => new Sequential([Input({ shape }), ...layers]);

/** Models inside each other, the outermost first. */
function nested(depth: number): Sequential[] {
  const models = [stack(dense())];
  while (models.length < depth) models.unshift(stack(models[0]!, dense()));
  return models;
}

const layersIn = (operation: Operation): Operation[] =>
  operation instanceof Layer ? [operation, ...operation.sublayers().flatMap(layersIn)] : [operation];

class Ring extends Layer {
  declare other: Ring;
  hold(): void {
    this.addWeight({ name: "w", shape: [3] });
  }
  override call(x: never): never {
    return x;
  }
}

class Halved extends Dense {
  override countParams(): number {
    return super.countParams() / 2;
  }
}

function ring(): Operation[] {
  const [one, other] = [new Ring(), new Ring()];
  one.hold();
  Object.assign(one, { other });
  Object.assign(other, { other: one });
  return [one, other];
}

function shared(): Operation[] {
  const common = dense();
  const [a, b] = [stack(common, dense()), stack(common)];
  return [stack(a, b), a, stack(b, common)];
}

function tied(): Operation[] {
  const [a, b] = [stack(dense()), stack(dense())];
  b.layers[0]!.ownVariables.splice(0, 1, a.layers[0]!.ownVariables[0]!);
  return [stack(a, b), b];
}

describe("operations and those inside are counted as each alone", () => {
  it.each<[string, () => readonly Operation[]]>([
    ["layers", () => [dense(), new Dense({ units: 2 }), ...stack(new BatchNormalization()).layers]],
    ["models inside each other", () => nested(4).slice(0, 1)],
    ["a model and one inside it", () => nested(3)],
    ["a model twice", () => [nested(2)[0]!, nested(2)[0]!]],
    ["a shared layer", shared],
    ["a shared weight", tied],
    ["a ring", ring],
    ["a count of its own", () => [stack(stack(new Halved({ units: 4 })))]],
  ])("%s", (_, make) => {
    const operations = make();
    const count = counterOf(operations);
    const isRing = operations.some((operation) => operation instanceof Ring);
    for (const operation of isRing ? operations : operations.flatMap(layersIn))
      expect(count(operation)).toEqual({
        parameters: parametersOf(operation),
        hasWeights: operation instanceof Layer && operation.weights.length > 0,
      });
  });
});

describe("a summary of models inside each other", () => {
  it("goes once through each layer", () => {
    const [model] = nested(300);
    const sublayers = vi.spyOn(Layer.prototype, "sublayers");
    summary(model!, { expand_nested: true, show_trainable: true });
    expect(sublayers.mock.calls.length).toBeLessThan(20 * 600);
    sublayers.mockRestore();
  });

  it("draws no more of what is further in than the table is wide", () => {
    const lines = summary(nested(100)[0]!, { expand_nested: true }).split("\n");
    expect(new Set(lines.slice(1, -3).map((line) => line.length))).toEqual(new Set([80]));
    expect(lines.filter((line) => line.includes("… │ (None, 4)"))).not.toEqual([]);
  });
});
