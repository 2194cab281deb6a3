import { CeratopsError } from "../../errors.ts";
import type { JsonValue } from "../../json/json.ts";
import { getOptimizer } from "../../optimizers/get-optimizer.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";

/** The optimizer of a model that was compiled with no more than its name, as `"adam"`; null where it was not, or not known. */
export function optimizerCalled(name: JsonValue | undefined): Optimizer | null {
  if (typeof name !== "string") return null;
  try {
    return getOptimizer(name);
  } catch (error) {
    if (error instanceof CeratopsError) return null;
    throw error;
  }
}
