import type { Issue } from "../errors.ts";
import type { Model } from "../models/model.ts";
import type { Variable } from "../program/variable.ts";
import { arrayProblem, countProblem, type Fitting, type NamedArray, weightsOf } from "./layer-weights.ts";
import { keepsState } from "./weight-tree.ts";

/** Where files that list weights by layers have those of a model that are of none of its layers. */
export const OF_MODEL = "top_level_model_weights";

/** The weights of a model that none of its layers has, in the order of such files. */
export function ownWeights(model: Model): readonly Variable[] {
  const inLayers = new Set(model.layers.flatMap(({ weights }) => weights));
  return weightsOf(model).filter((variable) => !inLayers.has(variable));
}

/** The arrays of those weights, or what does not fit. What there is no code for has none, and is told of elsewhere. */
export function matchOwn(
  model: Model,
  arrays: readonly NamedArray[],
  file: string,
): { readonly issues: readonly Issue[]; readonly fitting: readonly Fitting[] } {
  if (keepsState(model)) return { issues: [], fitting: [] };
  const weights = ownWeights(model);
  const path = `${file} ${OF_MODEL}`;
  const count = countProblem(path, { name: model.name, weights }, arrays);
  if (count) return { issues: [count], fitting: [] };
  const issues = weights.flatMap((variable, i) => arrayProblem(path, variable, arrays[i]!) ?? []);
  const fitting = weights.map((variable, i): Fitting => [variable, arrays[i]!.array]);
  return { issues, fitting: issues.length === 0 ? fitting : [] };
}
