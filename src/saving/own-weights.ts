import { inspect } from "../json/inspect.ts";
import type { Model } from "../models/model.ts";
import { listedVariables } from "../program/variable-owner.ts";
import {
  arrayProblem,
  type ByLayerOptions,
  countProblem,
  type Fitting,
  type NamedArray,
  withoutStates,
} from "./layer-weights.ts";

/** Where files that list weights by layers have those of a model that are of none of its layers. */
export const OF_MODEL = "top_level_model_weights";

/**
 * Which of them get which array, and what does not fit. Files of older versions say nothing of them. With `byName`, and where
 * there is somebody to be told, one side alone may have some; then single ones may be left, too.
 */
export function matchOwn(
  model: Model,
  given: readonly NamedArray[] | null,
  { name, onUnknown }: ByLayerOptions,
  byName: boolean,
): NonNullable<ByLayerOptions["beside"]> {
  const path = `${name} ${OF_MODEL}`;
  // A frozen one stays in its place.
  const weights = listedVariables(model);
  const arrays = withoutStates(given ?? []);
  const isOneSided = (arrays.length === 0) !== (weights.length === 0);
  if (isOneSided && (given === null || byName || (onUnknown && weights.length === 0))) {
    const [which, some] =
      arrays.length === 0
        ? ["the file has none of its weights", weights]
        : ["the model has none of the weights", arrays];
    const names = inspect(some.map((each) => each.name));
    onUnknown?.({ path, message: `${which} ${names} that are of no layer.` });
    return { issues: [], fitting: [] };
  }
  const count = countProblem(path, model.name, weights, arrays);
  const help = model.built ? "" : " It is not built: call it first, so that it has what it then makes.";
  if (count) return { issues: [{ ...count, message: count.message + help }], fitting: [] };
  const problems = weights.map((variable, i) => arrayProblem(path, variable, arrays[i]!));
  const issues = problems.filter((problem) => problem !== null);
  const pairs = weights.map((variable, i): Fitting => [variable, arrays[i]!.array]);
  const fitting = byName ? pairs.filter((_, i) => problems[i] === null) : issues.length === 0 ? pairs : [];
  return { issues, fitting };
}
