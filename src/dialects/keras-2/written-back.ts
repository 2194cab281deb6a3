import { comparable } from "../../json/comparable.ts";
import { copyJson, setEntry } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { isDict } from "../change.ts";
import { eachCall, eachEntry } from "../graph.ts";
import { noteOriginal } from "../notes.ts";
import { replaced } from "./entries.ts";
import { readGraph } from "./graph.ts";
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
  if (!Array.isArray(original.layers) || !isCalledAlike(config, original)) return null;
  const layers: JsonValue[] = [];
  for (const entry of original.layers) {
    if (!isDict(entry)) return null;
    const own = now.get(entry.name);
    if (isTensorflowOp(entry) || isAside(entry)) layers.push(copyJson(entry));
    else if (own) layers.push(withCalls(givenShape(own, entry), copyJson(entry.inbound_nodes ?? [])));
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

/** Whether all that a graph calls it called when it was read, and gives the same outputs. */
function isCalledAlike(now: JsonObject, original: JsonObject): boolean {
  const functions = new Set<JsonValue | undefined>();
  eachEntry(original, (entry) => {
    if (isTensorflowOp(entry)) functions.add(entry.name);
  });
  const then = readGraph(original);
  const called = new Map<JsonValue | undefined, string>();
  eachEntry(then, (entry) => called.set(entry.name, calledIn(entry, functions.has(entry.name))));
  let isAlike = comparable(now.output_layers ?? null) === comparable(then.output_layers ?? null);
  eachEntry(now, (entry) => {
    isAlike &&= called.get(entry.name) === calledIn(entry, functions.has(entry.name));
  });
  return isAlike;
}

/** The calls of a layer or operation as far as they say something, and of which class it is where it stands for a function. */
function calledIn(entry: JsonObject, isFunction: boolean): string {
  const calls: JsonValue[] = [];
  eachCall(entry, ({ args, kwargs }) => {
    const said = Object.entries(kwargs).filter(([key, value]) => !isUnsaid(key, value));
    const sorted = said.sort(([one], [other]) => (one < other ? -1 : 1));
    calls.push(replaced([args, sorted], (value) => historyOf(value) ?? undefined));
  });
  return comparable([isFunction ? entry.class_name! : null, calls]);
}

function isUnsaid(key: string, value: JsonValue): boolean {
  return value === null || (key === "training" && value === false);
}

/** An entry with other calls. */
export function withCalls(entry: JsonObject, nodes: JsonValue): JsonObject {
  const result = { ...entry, inbound_nodes: nodes };
  copyMarks(entry, result);
  return result;
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

/** What adds to the loss or to the metrics and gives no tensor to any other; a model that only predicts leaves it out. */
function isAside({ class_name: name }: JsonObject): boolean {
  return name === "AddLoss" || name === "AddMetric";
}
