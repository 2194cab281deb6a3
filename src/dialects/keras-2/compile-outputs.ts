import { comparable } from "../../json/comparable.ts";
import { setEntry } from "../../json/copy.ts";
import { isPlain } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { markFloat } from "../../json/marks.ts";
import { isDict } from "../change.ts";
import type { Graph } from "../walk.ts";
import { unwrapped } from "./entries.ts";

/** What a model gives. */
export interface Outputs {
  /** By what losses and metrics name each of several; of one they need not. */
  readonly names: readonly string[];
  /** Whether they stand in a dict, and are called by its keys. */
  readonly inDict: boolean;
}

/** What a model with a graph gives; null: it has none. */
export function outputsOf(graph: Graph | null): Outputs {
  const { output = null, outputs = [] } = graph ?? {};
  const keys = isPlain(output) ? Object.keys(output) : [];
  const inDict = keys.length > 0 && keys.length === outputs.length;
  return { names: inDict ? keys : outputs.map(({ node }) => node?.operation.name ?? ""), inDict };
}

/** Whether a value is a loss or metric that says its class, and not a dict of some. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return isDict(value) && "class_name" in value;
}

/** Whether a value is one loss or metric. */
function isOne(value: JsonValue | undefined): boolean {
  return typeof value === "string" || isObject(value);
}

/** How long what is written once for each output may be; no model is compiled so, and without bounds a short file would fill the memory. */
const most = 10_000_000;

/** The same value for each output; null where that is too much. */
function forEach(value: JsonValue, { names }: Outputs): JsonValue[] | null {
  return comparable(value).length * names.length > most ? null : names.map(() => value);
}

/**
 * Gives each output of several its loss and weight, as they stand in Keras 3: those of outputs that are no dict in a list,
 * because Keras 3.6 takes what stands in a dict by the order of its keys.
 */
export function weigh(compiled: JsonObject, outputs: () => Outputs): void {
  const { loss = null } = compiled;
  const weights = unwrapped(compiled.loss_weights ?? null);
  if (loss === null || (weights === null && !isNamed(loss))) return;
  const there = outputs();
  if (there.names.length > 1) compiled.loss = lossesFor(loss, weights, there);
  if (weights === null) return;
  compiled.loss_weights = weightsFor(compiled.loss!, weights, there);
  if (typeof compiled.loss_weights === "number") markFloat(compiled, "loss_weights");
}

/** Losses of several outputs. One loss for all is there once for each where these have weights. */
function lossesFor(loss: JsonValue, weights: JsonValue, outputs: Outputs): JsonValue {
  if (!isOne(loss)) return outputs.inDict ? loss : inOrder(loss, outputs, null);
  const each = weights === null ? null : forEach(loss, outputs);
  return each && outputs.inDict && !Array.isArray(weights)
    ? byName(outputs.names, () => loss)
    : (each ?? loss);
}

/** The weights of losses, in the structure of these. */
function weightsFor(loss: JsonValue, weights: JsonValue, outputs: Outputs): JsonValue {
  if (isNamed(loss)) {
    const keys = Object.keys(loss);
    if (typeof weights === "number") return byName(keys, () => weights);
    return isNamed(weights) ? byName(keys, (key) => valueAt(weights, key) ?? 1) : weights;
  }
  if (!Array.isArray(loss)) return weights;
  return typeof weights === "number" ? withFloats(loss.map(() => weights)) : inOrder(weights, outputs, 1);
}

/**
 * Metrics in a list: of a model with one output in none inside it, of one with several in one for each, without nulls, and
 * those for all outputs given to each. A dict has them by the outputs.
 */
export function metricsFor(metrics: JsonValue, outputs: () => Outputs): JsonValue {
  if (isOne(metrics)) return metricsFor([metrics], outputs);
  if (isNamed(metrics)) {
    const keys = Object.keys(metrics).filter((key) => metrics[key] !== null);
    return byName(keys, (key) => (Array.isArray(metrics[key]) ? said(metrics[key]) : metrics[key]!));
  }
  if (!Array.isArray(metrics)) return metrics;
  if (metrics.some(Array.isArray)) {
    const lists = metrics.map((item) => said([item].flat()));
    return lists.length === 1 ? lists[0]! : lists;
  }
  const all = said(metrics);
  if (all.length === 0) return all;
  const there = outputs();
  return there.names.length > 1 ? (forEach(all, there) ?? all) : all;
}

function said(list: readonly JsonValue[]): JsonValue[] {
  return list.filter((item) => item !== null);
}

/** Whether a value says something by names of outputs. */
function isNamed(value: JsonValue): value is JsonObject {
  return isDict(value) && !isObject(value);
}

function valueAt(dict: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(dict, key) ? dict[key] : undefined;
}

/** What a dict has for each output, in their order; as it is where it names others, or outputs are called alike. */
function inOrder(value: JsonValue, { names }: Outputs, otherwise: JsonValue): JsonValue {
  const known = new Set(names);
  if (!isNamed(value) || known.size < names.length || !Object.keys(value).every((key) => known.has(key)))
    return value;
  return withFloats(names.map((name) => valueAt(value, name) ?? otherwise));
}

function byName(keys: readonly string[], itemAt: (key: string) => JsonValue): JsonObject {
  const dict: JsonObject = {};
  for (const key of keys) setEntry(dict, key, itemAt(key));
  return withFloats(dict);
}

/** The same list or dict, in which numbers are floats. */
function withFloats<T extends JsonObject | JsonValue[]>(container: T): T {
  for (const [key, value] of Object.entries(container))
    if (typeof value === "number") markFloat(container, Array.isArray(container) ? Number(key) : key);
  return container;
}
