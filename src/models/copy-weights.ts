import { type Issue, ModelError } from "../errors.ts";
import { placeOf } from "../graph/graph.ts";
import { Layer } from "../layers/layer.ts";
import { pairs } from "../pairs.ts";
import type { Variable } from "../program/variable.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import { type CloneOf, type ClonePair, pairsInside } from "./clone-pairs.ts";
import { shareWeights } from "./held-open.ts";
import { Model } from "./model.ts";

/** Gives a weight the value of another one. */
export type CopyWeight = (from: Variable, to: Variable) => void;

const asItIs: CopyWeight = (from, to) => to.copyFrom(from);

/**
 * Gives a clone the weights of its original; a value not read yet stays unread until it is needed. Weights that the
 * original has once and the clone twice go to both. Throws, and copies none, where a layer's weights have no place.
 */
export function copyWeights(from: Layer, to: Layer, cloneOf: CloneOf, copy: CopyWeight = asItIs): void {
  const copies: [Variable, Variable][] = [];
  const issues: Issue[] = [];
  const seen = new Set<object>();
  const pending: ClonePair[] = [{ from, to }];
  for (let pair = pending.pop(); pair; pair = pending.pop()) {
    if (seen.has(pair.to)) continue;
    seen.add(pair.to);
    const found = matching(pair, cloneOf, pending);
    if (typeof found === "string") issues.push({ path: "cloneModel", message: found });
    else for (const each of found) copies.push(each);
  }
  if (issues.length > 0) throw new ModelError(issues);
  for (const [source, target] of copies) copy(source, target);
  shareWeights(from, to);
}

/** The weights of a layer with their places in its clone, or what is wrong; layers inside may be left to `pending`. */
function matching(
  pair: ClonePair,
  cloneOf: CloneOf,
  pending: ClonePair[],
): readonly [Variable, Variable][] | string {
  const { from, to } = pair;
  const build = from.built && !to.built ? from.getBuildConfig() : undefined;
  if (build) to.buildFromConfig(build);
  const all = fitting(from.weights, to.weights);
  const makesNone = from.build === Layer.prototype.build && !(from instanceof Model);
  // What was called and is not built was called where nobody knows the shapes, and has no weights.
  const isCalled = from.inboundNodes.length > 0;
  const hasNone = isCalled || (makesNone && from.sublayers().length === 0);
  if (all && (from.built || hasNone || all.length > 0)) return all;
  const inside = pairsInside(pair, cloneOf);
  const own = fitting(from.ownVariables, to.ownVariables);
  if (own && inside.length > 0) {
    for (const inner of inside.reverse()) pending.push(inner);
    return own;
  }
  const place = placeOf(from);
  return all
    ? `weights: "copy" needs a model that is built: expected weights in ${place}, received none. Call it, or give it an input shape.`
    : `weights: "copy" needs a clone with the original's weights: expected ${describe(from.weights)} in ${place}, received ${describe(to.weights)}.`;
}

function fitting(
  sources: readonly Variable[],
  targets: readonly Variable[],
): readonly [Variable, Variable][] | null {
  if (sources.length !== targets.length) return null;
  const found = pairs(sources, targets);
  const fits = found.every(
    ([{ shape, dtype }, target]) =>
      sameShape(shape, target.shape) &&
      (dtype === target.dtype || (dtype === "int64" && target.dtype === "int32")),
  );
  return fits ? found : null;
}

function describe(variables: readonly Variable[]): string {
  if (variables.length === 0) return "no weights";
  const names = variables.slice(0, 4).map(({ name, shape }) => `${name} ${formatShape(shape)}`);
  if (variables.length > 4) names.push("…");
  return `${variables.length} weights (${names.join(", ")})`;
}
