import { isDict } from "../../dialects/change.ts";
import { scheduleThatDecays } from "../../dialects/keras-2/optimizers.ts";
import type { Reading } from "../../fields/reading.ts";
import type { JsonValue } from "../../json/json.ts";
import { problemWith } from "../../models/compile-state.ts";
import type { Model } from "../../models/model.ts";

/** Says why a model that Keras 2 compiled with an optimizer of its own has none here. */
export function tellOptimizer(model: Model, tell: Reading["notice"]): void {
  const optimizer = model.compileState?.optimizer as JsonValue | undefined;
  if (!tell || !isDict(optimizer) || optimizer.module !== "keras.optimizers") return;
  const why = isDict(optimizer.config) ? scheduleThatDecays(optimizer.config) : null;
  const help = "It is kept as it is, and the model has no optimizer.";
  for (const { path, message } of problemWith(optimizer)?.issues ?? [])
    tell({ path, message: `${why ?? message} ${help}` }, null);
}
