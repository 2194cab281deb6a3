import { setEntry } from "../../json/copy.ts";
import type { JsonArray, JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { isDict } from "../change.ts";
import type { Offsets } from "./calls.ts";

/** What classes call their arguments behind the first; of all others the second is the mask. */
const argumentsOf: Readonly<Record<string, readonly string[]>> = {
  MultiHeadAttention: ["value", "key"],
  LSTM: ["initial_state"],
  GRU: ["initial_state"],
  SimpleRNN: ["initial_state"],
  RNN: ["initial_state"],
  Bidirectional: ["initial_state"],
};

/** A call that Keras 3 recorded as args and kwargs, as Keras 2 records it: each tensor of the first argument with the others. */
export function writeCall(node: JsonValue, className: string, offsets: Offsets): JsonValue {
  if (!isDict(node) || !Array.isArray(node.args) || !isDict(node.kwargs)) return node;
  const [first, ...others] = node.args;
  const kwargs: JsonObject = { ...node.kwargs };
  copyMarks(node.kwargs, kwargs);
  const names = argumentsOf[className] ?? ["mask"];
  for (const [i, value] of others.entries()) if (names[i] !== undefined) kwargs[names[i]] ??= value;
  const { initial_state: states } = kwargs;
  const isSequence =
    argumentsOf[className]?.[0] === "initial_state" && states !== undefined && states !== null;
  if (isSequence) delete kwargs.initial_state;
  const structure = isSequence ? [first!, ...[states].flat()] : first!;
  const given = argumentsIn(kwargs, offsets) as JsonObject;
  const written = structureOf(structure as JsonValue, isSequence ? {} : given, offsets);
  return Array.isArray(structure) ? written : [written];
}

/** The first argument in its structure, each tensor with the keyword arguments behind it. */
function structureOf(value: JsonValue, kwargs: JsonObject, offsets: Offsets): JsonValue {
  const history = historyIn(value, offsets);
  if (history) return [...history, kwargs];
  if (Array.isArray(value)) return value.map((item) => structureOf(item, kwargs, offsets));
  if (!isDict(value)) return ["_CONSTANT_VALUE", -1, value, kwargs];
  return Object.fromEntries(
    Object.keys(value).map((key) => [key, structureOf(value[key]!, kwargs, offsets)]),
  );
}

function argumentsIn(value: JsonValue, offsets: Offsets): JsonValue {
  const history = historyIn(value, offsets);
  if (history) return history;
  if (Array.isArray(value)) {
    const list = value.map((item) => argumentsIn(item, offsets));
    copyMarks(value, list);
    return list;
  }
  if (!isDict(value)) return value;
  const dict: JsonObject = {};
  copyMarks(value, dict);
  for (const key of Object.keys(value)) setEntry(dict, key, argumentsIn(value[key]!, offsets));
  return dict;
}

/** `["x", 0, 0]` of a tensor as Keras 3 names it; null of anything else. */
function historyIn(value: JsonValue, offsets: Offsets): JsonArray | null {
  if (!isDict(value) || value.class_name !== "__keras_tensor__" || !isDict(value.config)) return null;
  const { keras_history: history } = value.config;
  if (!Array.isArray(history)) return null;
  const [name, node, tensor] = history;
  return [name!, (node as number) + (offsets.get(name as string) ?? 0), tensor!];
}
