import { CeratopsError } from "../errors.ts";
import type { JsonObject } from "../json/json.ts";
import type { Layer } from "../layers/layer.ts";
import { standInArguments } from "./stand-ins.ts";

/**
 * Builds a model that has no `build` of its own by a call on inputs of the shapes in its `build_config`. One that
 * cannot be called so, because it takes other dtypes perhaps, is left to be built by its first call.
 */
export function buildByCall(model: Layer, config: JsonObject): void {
  const inputs = standInArguments(model, config);
  if (model.built || Object.keys(inputs).length === 0) return;
  try {
    model.invoke([], inputs);
  } catch (error) {
    if (!(error instanceof CeratopsError)) throw error;
    model.built = false;
  }
}
