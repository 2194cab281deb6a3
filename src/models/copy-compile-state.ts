import { ModelError } from "../errors.ts";
import { placeOf } from "../graph/graph.ts";
import type { Variable } from "../program/variable.ts";
import { sameShape } from "../tensor/shape.ts";
import { type CloneOf, type ClonePair, modelPairs } from "./clone-pairs.ts";
import { shareWeights } from "./held-open.ts";
import type { Model } from "./model.ts";

/** Gives a clone, and the models inside it, the compile state of the original. */
export function copyCompileState(from: Model, to: Model, cloneOf: CloneOf): void {
  for (const { from: model, to: clone } of modelPairs(from, to, cloneOf))
    if (model.compileConfig && !clone.compileConfig) clone.compileLike(model);
}

/** Gives a clone, and the models inside it, the state of the optimizer that the original has. */
export function copyOptimizer(from: Model, to: Model, cloneOf: CloneOf): void {
  if (!from.compiled) {
    throw new ModelError(
      "cloneModel",
      `optimizer: "copy" needs a model that is compiled, received ${placeOf(from)}, which is not.`,
    );
  }
  const found = [...modelPairs(from, to, cloneOf)].filter(({ from: model }) => model.optimizerState !== null);
  const trained = found.map(trainedIn);
  for (const [i, { from: model, to: clone }] of found.entries())
    clone.keepOptimizer(model.optimizerState, trained[i] ?? []);
  shareWeights(from, to);
}

/** What stands in a clone for the weights that the state of the optimizer is for, by whose order it goes. */
function trainedIn({ from, to }: ClonePair<Model>): readonly Variable[] {
  const clones = learned(to);
  const cloneOf = new Map(learned(from).map((weight, i) => [weight, clones[i]]));
  const expected = from.weightsThen;
  const received = expected.flatMap((weight) => cloneOf.get(weight) ?? []);
  const fits =
    cloneOf.size === clones.length &&
    received.length === expected.length &&
    received.every(({ shape }, i) => sameShape(shape, expected[i]?.shape ?? [null]));
  if (fits) return received;
  throw new ModelError(
    "cloneModel",
    `optimizer: "copy" needs a clone with the original's trainable weights: expected ${expected.length} in ${placeOf(from)}, received ${received.length}, or other shapes.`,
  );
}

/** Weights that are trained unless somebody froze them. */
function learned(model: Model): Variable[] {
  return model.weights.filter(({ isStatistic }) => !isStatistic);
}
