import { FileError, type Issue } from "../errors.ts";
import { quote } from "../json/quote.ts";
import type { Model } from "../models/model.ts";
import {
  arrayProblem,
  assignAll,
  type ByLayerOptions,
  countProblem,
  type Fitting,
  type LayerArrays,
  weightsOf,
  withoutStates,
} from "./layer-weights.ts";
import type { LoadWeightsOptions } from "./load-options.ts";

export interface ByNameOptions extends ByLayerOptions {
  /** Gets to know of layers that only the file has, or only the model. */
  readonly onUnknown?: LoadWeightsOptions["onUnknown"];
}

/**
 * Connects the variables of those of a model's layers that have the name of one in the file; the others stay as they are.
 * Throws one FileError with all that does not fit, and changes nothing then; or gives what was skipped: a layer with another
 * number of weights, and single weights of another shape. Source: Keras 3.6 `legacy/saving/legacy_h5_format.py`,
 * `load_weights_from_hdf5_group_by_name`.
 */
export function connectByName(
  model: Model,
  layers: readonly LayerArrays[],
  { name, skipMismatch = false, beside, turn = (_, arrays) => arrays, onUnknown }: ByNameOptions,
): readonly Issue[] {
  const issues: Issue[] = [...(beside?.issues ?? [])];
  const fitting: Fitting[] = [...(beside?.fitting ?? [])];
  const left = new Map(model.layers.map((layer) => [layer.name, layer]));
  const notMet: Issue[] = [];
  for (const { name: called, arrays: all } of layers) {
    const path = `${name} ${called}`;
    const layer = left.get(called);
    left.delete(called);
    const given = withoutStates(all);
    if (!layer) {
      if (given.length > 0) notMet.push({ path, message: `the model has no layer ${quote(called)}.` });
      continue;
    }
    const arrays = turn(layer, given);
    const weights = weightsOf(layer);
    const count = countProblem(path, called, weights, arrays);
    if (count) {
      issues.push(count);
      continue;
    }
    for (const [at, variable] of weights.entries()) {
      const array = arrays[at]!;
      const problem = arrayProblem(path, variable, array);
      if (problem) issues.push(problem);
      else fitting.push([variable, array.array]);
    }
  }
  if (issues.length > 0 && !skipMismatch) throw new FileError(issues);
  assignAll(fitting);
  for (const { name: own, weights } of left.values())
    if (weights.length > 0) notMet.push({ path: name, message: `the file has no layer ${quote(own)}.` });
  for (const issue of notMet) onUnknown?.(issue);
  return issues;
}
