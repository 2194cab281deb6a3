import { ModelError } from "../errors.ts";
import { placeOf } from "../graph/graph.ts";
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
  for (const pair of found) checkTrained(pair);
  for (const { from: model, to: clone } of found) clone.optimizerState = model.optimizerState;
  shareWeights(from, to);
}

/** The state of an optimizer goes by the order of the weights that are trained. */
function checkTrained({ from, to }: ClonePair<Model>): void {
  const [trained, cloned] = [from.trainableWeights, to.trainableWeights];
  const fits =
    trained.length === cloned.length &&
    trained.every(({ shape }, i) => sameShape(shape, cloned[i]?.shape ?? [null]));
  if (fits) return;
  throw new ModelError(
    "cloneModel",
    `optimizer: "copy" needs a clone with the original's trainable weights: expected ${trained.length} in ${placeOf(from)}, received ${cloned.length}, or other shapes.`,
  );
}
