import { comparable } from "../../json/comparable.ts";
import { copyJson, setEntry } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { isDict, namedIn, packageOf } from "../change.ts";
import { type Call, eachCall, eachEntry } from "../graph.ts";
import { noteOriginal } from "../notes.ts";
import { withShape } from "./input-shape.ts";
import { historyOf } from "./tensorflow/part.ts";
import { isTensorflowOp } from "./tensorflow-ops.ts";

/**
 * The graph that a config came from, with the configs that its layers have now; null where its layers are others, or are
 * called otherwise, as those of a clone may be.
 */
export function writtenBack(config: JsonObject, original: JsonObject): JsonObject | null {
  const now = new Map<JsonValue | undefined, JsonObject>();
  eachEntry(config, (entry) => now.set(entry.name, entry));
  if (!Array.isArray(original.layers) || !hasEnds(config, original)) return null;
  const before = new Set(original.layers.map((entry) => (isDict(entry) ? entry.name : null)));
  for (const [name, entry] of now)
    if (!isOperation(entry) && !before.has(name ?? null) && !before.has(wholeOf(name))) return null;
  const hasSteps = new Set<JsonValue | undefined>([...now.keys()].map(wholeOf));
  const layers: JsonValue[] = [];
  for (const entry of original.layers) {
    if (!isDict(entry)) return null;
    const own = now.get(entry.name);
    if (isTensorflowOp(entry) || isAside(entry)) {
      if (own && !isOperation(own) && own.class_name !== entry.class_name && !isStep(own)) return null;
      if (own && isOperation(own) && !hasSteps.has(entry.name) && isFedOtherwise(own, entry, now))
        return null;
      layers.push(copyJson(entry));
    } else if (own && isCalledAlike(own, entry))
      layers.push(withCalls(givenShape(own, entry), copyJson(entry.inbound_nodes ?? [])));
    else return null;
  }
  const result: JsonObject = {};
  copyMarks(original, result);
  for (const key of Object.keys(original)) {
    if (key === "layers") result.layers = layers;
    else setEntry(result, key, copyJson(key === "name" ? config.name! : original[key]!));
  }
  noteOriginal(result, original);
  return result;
}

/** Whether the outputs of a graph come from the same layers as they did. */
function hasEnds(
  { output_layers: now = null }: JsonObject,
  { output_layers: before = null }: JsonObject,
): boolean {
  return comparable(namesIn(now, oldHistoryOf)) === comparable(namesIn(before, oldHistoryOf));
}

/** An entry with other calls. */
export function withCalls(entry: JsonObject, nodes: JsonValue): JsonObject {
  const result = { ...entry, inbound_nodes: nodes };
  copyMarks(entry, result);
  return result;
}

function isOperation(entry: JsonObject): boolean {
  return packageOf(namedIn(entry)) === "keras.src.ops";
}

/** Layers that functions of TensorFlow are read as. */
function isStep({ class_name: name }: JsonObject): boolean {
  return name === "Flatten" || name === "Reshape";
}

/** A layer with the shape that it was given, or adapted to before it was called, where it was written with one. */
function givenShape(own: JsonObject, { config: before }: JsonObject): JsonObject {
  const { config } = own;
  if (!isDict(config) || !isDict(before) || before.batch_input_shape === undefined) return own;
  if (Object.hasOwn(config, "batch_input_shape")) return own;
  const result = { ...own, config: withShape(config, before.batch_input_shape) };
  copyMarks(own, result);
  return result;
}

/** The call of a function of TensorFlow that a layer is a step of, by its name: `tf.zeros` of `tf.zeros.flatten`. */
function wholeOf(name: JsonValue | undefined): string {
  return typeof name === "string" ? name.slice(0, Math.max(0, name.lastIndexOf("."))) : "";
}

/** What adds to the loss or to the metrics and gives no tensor to any other; a model that only predicts leaves it out. */
function isAside({ class_name: name }: JsonObject): boolean {
  return name === "AddLoss" || name === "AddMetric";
}

/** Whether an operation is called on what the function of TensorFlow was not; sizes that are known now may be gone from it. */
function isFedOtherwise(
  own: JsonObject,
  { inbound_nodes: nodes = [] }: JsonObject,
  now: ReadonlyMap<JsonValue | undefined, JsonObject>,
): boolean {
  const before = new Set(namesIn(nodes, oldHistoryOf));
  const isElsewhere = [...before].some((name) => !now.has(name));
  return !isElsewhere && namesIn(own.inbound_nodes ?? [], historyOf).some((name) => !before.has(name));
}

/** Whether a layer has as many calls as it had, on tensors of the same layers. */
function isCalledAlike(own: JsonObject, { inbound_nodes: before }: JsonObject): boolean {
  const calls: Call[] = [];
  eachCall(own, (call) => calls.push(call));
  const nodes = Array.isArray(before) ? before : [];
  return calls.length === nodes.length && calls.every((call, i) => isAlike(call, nodes[i]!));
}

function isAlike({ args, kwargs }: Call, node: JsonValue): boolean {
  const before = namesIn(node, oldHistoryOf);
  // Keras 2 repeats the keyword arguments behind each of several tensors.
  const order = namesIn(args[0] ?? null, historyOf);
  let found = 0;
  for (const name of before) if (name === order[found]) found++;
  const [all, now] = [new Set(before), new Set(namesIn([args, kwargs], historyOf))];
  return found === order.length && all.size === now.size && [...now].every((name) => all.has(name));
}

/** The layers whose tensors are in a value, one after the other. */
function namesIn(value: JsonValue, history: (value: JsonValue) => readonly JsonValue[] | null): JsonValue[] {
  const found: JsonValue[] = [];
  const pending = [value];
  while (pending.length > 0) {
    const one = pending.pop()!;
    const [name, , , ...rest] = history(one) ?? [];
    if (name !== undefined) found.push(name);
    const inside =
      name !== undefined ? rest : Array.isArray(one) ? one : isDict(one) ? Object.values(one) : [];
    for (const item of inside.toReversed()) pending.push(item);
  }
  return found;
}

/** A tensor as Keras 2 names it, with the keyword arguments of its call behind. */
function oldHistoryOf(value: JsonValue): readonly JsonValue[] | null {
  if (!Array.isArray(value)) return null;
  const [name, node, tensor] = value;
  const isNamed = typeof name === "string" && typeof node === "number" && typeof tensor === "number";
  return isNamed && node >= 0 ? value : null;
}
