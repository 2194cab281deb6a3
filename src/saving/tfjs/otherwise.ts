import { isDict } from "../../dialects/change.ts";
import { hasSeveralCells } from "../../dialects/tfjs/several-cells.ts";
import type { JsonValue } from "../../json/json.ts";
import type { Fed } from "./fed.ts";
import type { LayerConfig } from "./instead.ts";

/** What TensorFlow.js computes otherwise of a layer that it has, as a sentence; null where that is nothing. */
export function otherwise({ class_name: name, config }: LayerConfig, fed: Fed | null): string | null {
  if (name === "RNN" && config.return_state === true && classIn(config.cell) === "StackedRNNCells")
    return "expected no states of several cells as outputs, because TensorFlow.js gives them backwards, received some.";
  if (name === "RNN" && fed && fed.count > 1 && hasSeveralCells(config.cell))
    return "expected no first states for several cells, because TensorFlow.js takes them backwards, received some.";
  if (!fed?.isMasked) return null;
  if (merges.has(name) && fed.isMaskUsed())
    return "expected nothing behind that computes by its mask, because TensorFlow.js joins masks otherwise, received some.";
  if (name === "Bidirectional" && returnsSequences(config.layer) && fed.isWholeTaken())
    return "expected only layers behind that leave masked steps out, because TensorFlow.js has other numbers there than Keras, received others.";
  return null;
}

/** The same of a model inside another one. */
export function otherwiseInside(fed: Fed | null): string | null {
  return fed?.isMaskUsed()
    ? "expected a model inside without a mask that something behind computes by, because TensorFlow.js loses it, received one."
    : null;
}

const merges: ReadonlySet<string> = new Set([
  ...["Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply"],
]);

function returnsSequences(layer: JsonValue | undefined): boolean {
  return isDict(layer) && isDict(layer.config) && layer.config.return_sequences === true;
}

function classIn(layer: JsonValue | undefined): JsonValue | undefined {
  return isDict(layer) ? layer.class_name : undefined;
}
