import { ModelError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { Model } from "./model.ts";

/** Complains about what is no model. `where` is the function that was given it. */
export function checkModel(where: string, model: unknown): asserts model is Model {
  if (model instanceof Model) return;
  throw new ModelError(where, `expected a model, received ${inspect(model)}.`);
}
