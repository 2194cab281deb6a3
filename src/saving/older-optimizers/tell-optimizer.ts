import { isDict } from "../../dialects/change.ts";
import { scheduleThatDecays } from "../../dialects/keras-2/optimizers.ts";
import { CeratopsError } from "../../errors.ts";
import type { Reading } from "../../fields/reading.ts";
import { copyJson } from "../../json/copy.ts";
import type { JsonValue } from "../../json/json.ts";
import type { Model } from "../../models/model.ts";
import { deserializeOwned } from "../../registry/deserialize.ts";
import { registryFor } from "../families/families.ts";

/** Says why a model that Keras 2 compiled with an optimizer of its own has none here: what reading it again fails with. */
export async function tellOptimizer(model: Model, tell: Reading["notice"]): Promise<void> {
  const optimizer = model.compileState?.optimizer as JsonValue | undefined;
  if (!tell || !isDict(optimizer) || optimizer.module !== "keras.optimizers") return;
  const why = isDict(optimizer.config) ? scheduleThatDecays(optimizer.config) : null;
  const help = "It is kept as it is, and the model has no optimizer.";
  const { dialect } = model;
  try {
    const registry = await registryFor(optimizer);
    deserializeOwned(copyJson(optimizer), { registry, dialect, path: "config.compile_config.optimizer" });
  } catch (error) {
    if (!(error instanceof CeratopsError)) throw error;
    for (const { path, message } of error.issues) tell({ path, message: `${why ?? message} ${help}` }, null);
  }
}
