import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { isDict, without } from "../change.ts";
import { eachCall, eachEntry, isHistory } from "../graph.ts";
import { noteOriginal } from "../notes.ts";
import { type Offsets, readCall } from "./calls.ts";
import { replaced } from "./entries.ts";
import { renamed } from "./names.ts";
import { TensorflowOps } from "./tensorflow-ops.ts";

/** The config of a functional model of Keras 2 as Keras 3 writes it. What is given is not changed. */
export function readGraph(given: JsonObject): JsonObject {
  const config = renamed(given);
  const offsets = offsetsIn(config);
  const ops = new TensorflowOps(config);
  const counted = new Set<object>();
  const entries = Array.isArray(config.layers) ? config.layers : [];
  const layers: JsonValue[] = [];
  for (const entry of entries)
    for (const each of isDict(entry) ? readEntry(entry, offsets, ops, counted) : [entry]) layers.push(each);
  const result: JsonObject = { ...config };
  copyMarks(config, result);
  if (Array.isArray(config.layers)) result.layers = layers;
  for (const key of ["input_layers", "output_layers"])
    if (config[key] !== undefined) result[key] = endsIn(config[key], config, offsets);
  return result;
}

function readEntry(
  entry: JsonObject,
  offsets: Offsets,
  ops: TensorflowOps,
  counted: Set<object>,
): readonly JsonObject[] {
  const { inbound_nodes: nodes, class_name: name } = entry;
  const op = ops.read(entry);
  if (op && "entries" in op) {
    for (const each of op.entries) countAgain(each, offsets, counted);
    return op.entries;
  }
  if (!Array.isArray(nodes)) return [entry];
  const result = { ...entry };
  copyMarks(entry, result);
  result.inbound_nodes = nodes.map((node) => readCall(node, String(name), offsets));
  if (isDict(entry.config) && entry.config.causal === true) lookBack(result, entry.config);
  return [result];
}

/** That an attention looks back only is an option of the layer in Keras 2, and one of its calls in Keras 3. */
function lookBack(entry: JsonObject, config: JsonObject): void {
  const own = without(config, ["causal"]);
  noteOriginal(own, config, true);
  entry.config = own;
  eachCall(entry, ({ kwargs }) => {
    kwargs.use_causal_mask = true;
  });
}

/**
 * Has an operation name its tensors as Keras 3 counts the calls of models, which Keras 2 counts otherwise: each tensor
 * once, as several operations may hold the same. The histories are those of what was read, and stay as they are.
 */
function countAgain(value: JsonValue, offsets: Offsets, counted: Set<object>): void {
  if (typeof value !== "object" || value === null || counted.has(value)) return;
  const history = isDict(value) ? value.keras_history : undefined;
  if (isDict(value) && isHistory(history) && typeof history[1] === "number") {
    const [name, node, tensor] = history;
    value.keras_history = [name!, node - (offsets.get(String(name)) ?? 0), tensor!];
    counted.add(value);
  } else for (const item of Object.values(value)) countAgain(item, offsets, counted);
}

/** The names of all layers, and where their calls begin to count: those of a model inside mostly at 1. */
function offsetsIn(config: JsonObject): Offsets {
  const offsets = new Map<string, number>();
  const lowest = new Map<string, number>();
  eachEntry(config, ({ name, config: own }) => {
    if (typeof name !== "string") return;
    offsets.set(name, 0);
    const inner = Array.isArray(own) || (isDict(own) && Array.isArray(own.layers));
    if (inner) lowest.set(name, Number.POSITIVE_INFINITY);
  });
  const look = (value: JsonValue | undefined): void => {
    if (Array.isArray(value)) {
      const [name, node] = value;
      if (typeof name === "string" && typeof node === "number" && lowest.has(name))
        lowest.set(name, Math.min(lowest.get(name)!, node));
    }
    if (typeof value === "object" && value !== null) for (const item of Object.values(value)) look(item);
  };
  eachEntry(config, ({ inbound_nodes: nodes }) => look(nodes));
  look(config.output_layers);
  for (const [name, node] of lowest) if (node > 0) offsets.set(name, 1);
  return offsets;
}

/** The model's inputs or outputs. Keras 3 counts the calls of a functional model from 1 there, and of nothing else. */
function endsIn(ends: JsonValue, config: JsonObject, offsets: Offsets): JsonValue {
  const functional = new Set<JsonValue | undefined>();
  eachEntry(config, ({ name, class_name: cls }) => {
    if (cls !== "Sequential") functional.add(name);
  });
  return replaced(ends, (value) => {
    if (!isHistory(value)) return undefined;
    const [name, node, tensor] = value as [string, number, number];
    const isShifted = offsets.get(name) === 1 && !functional.has(name);
    return isShifted ? [name, node - 1, tensor] : value;
  });
}
