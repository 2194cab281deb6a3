import { inspect } from "../../json/inspect.ts";
import type { JsonArray, JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark, markFloat } from "../../json/marks.ts";
import { quote } from "../../json/quote.ts";
import { isDict } from "../change.ts";
import type { Lacks } from "../lacks.ts";
import { inList, type Offsets } from "./calls.ts";
import { replaced } from "./entries.ts";
import { CONSTANT, historyOf, type Part, part, partAt } from "./tensorflow/part.ts";

/** A layer whose calls are written. */
export interface Caller {
  readonly name: string;
  readonly className: string;
}

const recurrent = ["initial_state", "mask"];

/** What classes of Keras 3 call their arguments behind the first; of all others the second is the mask. */
const argumentsOf: Readonly<Record<string, readonly string[]>> = {
  BatchNormalization: ["training", "mask"],
  Bidirectional: recurrent,
  ConvLSTM1D: recurrent,
  ConvLSTM2D: recurrent,
  ConvLSTM3D: recurrent,
  Dropout: ["training"],
  GRU: recurrent,
  GaussianDropout: ["training"],
  GaussianNoise: ["training"],
  LSTM: recurrent,
  MultiHeadAttention: ["value", "key", "query_mask", "value_mask", "key_mask", "attention_mask"],
  RNN: recurrent,
  SimpleRNN: recurrent,
  TimeDistributed: ["training", "mask"],
};

/** Classes of Keras 2 that can be told of a mask. Others take it from their input, if they look at it. */
const takesMask =
  /^(?:AdditiveAttention|Attention|Bidirectional|ConvLSTM[123]D|Functional|GRU|GlobalAveragePooling1D|LSTM|Model|RNN|Sequential|SimpleRNN|Softmax|TimeDistributed)$/;

/** A call that Keras 3 recorded as args and kwargs, as Keras 2 records it: each tensor of the first argument with the others. */
export function writeCall(node: JsonValue, caller: Caller, offsets: Offsets, lacks: Lacks): JsonValue {
  if (!isDict(node) || !Array.isArray(node.args) || !isDict(node.kwargs)) return node;
  const kwargs: JsonObject = { ...node.kwargs };
  copyMarks(node.kwargs, kwargs);
  const names = argumentsOf[caller.className] ?? ["mask"];
  const [given, ...others] = node.args;
  for (const [i, value] of others.entries()) if (names[i] !== undefined) kwargs[names[i]] ??= value;
  const [key = null] = Object.keys(kwargs);
  const first = given ?? (key === null ? null : kwargs[key]!);
  if (given === undefined && key !== null) delete kwargs[key];
  for (const key of Object.keys(kwargs)) if (!isSaid(key, kwargs[key]!, caller, lacks)) delete kwargs[key];
  const { initial_state: states } = kwargs;
  const isSequence = names === recurrent && states !== undefined;
  if (isSequence) delete kwargs.initial_state;
  if (isSequence && caller.className === "Bidirectional") for (const key of inList) kwargs[key] = null;
  const structure = isSequence ? [first, ...[states].flat()] : first;
  const whole = given === structure ? partAt(node.args, 0) : part(structure);
  const written = structureOf(whole, argumentsIn(kwargs, offsets) as JsonObject, offsets);
  // Calls of functions are not in a list where they take one tensor.
  return Array.isArray(structure) || isFunction(caller.className) ? written : [written];
}

function isFunction(className: string): boolean {
  return className === "TFOpLambda" || className === "SlicingOpLambda";
}

/** Whether a keyword argument says something to Keras 2; tells where Keras 2 has no word for what it says. */
function isSaid(key: string, value: JsonValue, { name, className }: Caller, lacks: Lacks): boolean {
  if (isFunction(className)) return true;
  // Keras 3 takes the training of the model's own call.
  if (value === null || key === "training" || (key === "use_causal_mask" && value === false)) return false;
  if (key === "return_attention_scores") return value !== false;
  if (key === "mask") return takesMask.test(className);
  if (!/^(?:query|value|key)_mask$/.test(key)) return true;
  const message = `expected a call without ${key}, because Keras 2 has none, received ${inspect(value)}.`;
  lacks.say(`layer ${quote(name)}`, message);
  return false;
}

/** The first argument in its structure, each tensor and number with the keyword arguments behind it. */
function structureOf({ value, isFloat }: Part, kwargs: JsonObject, offsets: Offsets): JsonValue {
  const history = historyIn(value, offsets);
  if (history) return [...history, kwargs];
  if (Array.isArray(value)) return value.map((_, i) => structureOf(partAt(value, i), kwargs, offsets));
  if (!isDict(value) || isArray(value)) {
    const constant = [CONSTANT, -1, isDict(value) ? value.config.value! : value, kwargs];
    mark(constant);
    if (isFloat) markFloat(constant, 2);
    return constant;
  }
  return Object.fromEntries(
    Object.keys(value).map((key) => [key, structureOf(partAt(value, key), kwargs, offsets)]),
  );
}

function argumentsIn(value: JsonValue, offsets: Offsets): JsonValue {
  return replaced(
    value,
    (part) => historyIn(part, offsets) ?? (isDict(part) && isArray(part) ? part.config.value : undefined),
  );
}

/** An array of numbers, which Keras 2 writes as lists. */
function isArray(value: JsonObject): value is JsonObject & { readonly config: JsonObject } {
  return value.class_name === "__numpy__" && isDict(value.config) && value.config.value !== undefined;
}

/** `["x", 0, 0]` of a tensor as Keras 3 names it; null of anything else. */
function historyIn(value: JsonValue, offsets: Offsets): JsonArray | null {
  const history = historyOf(value);
  if (!history) return null;
  const [name, node, tensor] = history;
  return [name!, (node as number) + (offsets.get(name as string) ?? 0), tensor!];
}
