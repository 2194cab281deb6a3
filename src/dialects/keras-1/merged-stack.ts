import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { isDict } from "../change.ts";
import { branchesIn, inputsOf } from "./stack.ts";
import { type End, StackGraph } from "./stack-graph.ts";

/** Whether an envelope is that of a Sequential of several inputs: it, or a model it begins with, merges other models. */
export function isMergedStack({ class_name: name, config }: JsonObject): boolean {
  if (name !== "Sequential" || !Array.isArray(config)) return false;
  return branchesIn(config) !== null || (isDict(config[0]) && inputsOf(config[0]).length > 1);
}

/** A Sequential that merges models as the functional model that it is, the models' layers among its own. */
export function readMergedStack(envelope: JsonObject): JsonObject {
  const layers = envelope.config as readonly JsonValue[];
  const graph = new StackGraph(layers);
  const output: End = graph.addStack(layers);
  const config: JsonObject = {
    name: envelope.name ?? null,
    layers: [...graph.entries.values()],
    input_layers: graph.inputs,
    output_layers: [output],
  };
  mark(config);
  const result: JsonObject = { ...envelope, class_name: "Model", config };
  copyMarks(envelope, result);
  return result;
}
