import { comparable } from "../../json/comparable.ts";
import { setEntry } from "../../json/copy.ts";
import { isPlain } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { markFloat } from "../../json/marks.ts";
import { isDict } from "../change.ts";
import type { Lacks } from "../lacks.ts";
import type { Dialect, Range } from "../version.ts";
import type { Graph } from "../walk.ts";
import { unwrapped } from "./entries.ts";

/** What a model gives. */
export interface Outputs {
  /** What Keras 2 calls each of them: by the key of their dict, or by the layer that makes it. */
  readonly names: readonly string[];
  /** Whether they stand in a dict, in the order of its keys, as both Keras 2 and 3 go through it. */
  readonly inDict: boolean;
  /** Whether Keras 3 calls some by other names, because a layer makes several. */
  readonly areRenamed: boolean;
}

/** What a model with a graph gives; null: it has none. Source: Keras 2.15 `engine/functional.py`, `_set_output_names`. */
export function outputsOf(graph: Graph | null): Outputs {
  const { output = null, outputs = [] } = graph ?? {};
  const keys = isPlain(output) ? Object.keys(output) : [];
  if (keys.length > 0 && keys.length === outputs.length)
    return { names: keys.toSorted(), inDict: true, areRenamed: false };
  const names = new Set<string>();
  const counts = new Map<string, number>();
  let areRenamed = false;
  for (const { node } of outputs) {
    const layer = node?.operation.name ?? "";
    let name = layer;
    while (names.has(name)) {
      const count = counts.get(layer) ?? 1;
      name = `${layer}_${count}`;
      counts.set(layer, count + 1);
      areRenamed = true;
    }
    names.add(name);
  }
  return { names: [...names], inDict: false, areRenamed };
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

/** The version of Keras that takes how a model was compiled, and the model. */
export interface ReadFor {
  /** A version of Keras 3. */
  readonly dialect: Dialect;
  /** What tells of that which it lacks; null where nothing is written for it. */
  readonly lacks: Lacks | null;
  readonly outputs: () => Outputs;
}

/**
 * Gives each output of several its loss and weight, as they stand in Keras 3: those of outputs that are no dict in a list,
 * because Keras 3.6 takes what stands in a dict by the order of its keys.
 */
export function weigh(compiled: JsonObject, { dialect, lacks, outputs }: ReadFor): void {
  const { loss = null } = compiled;
  const weights = unwrapped(compiled.loss_weights ?? null);
  if (loss === null || (weights === null && isOne(loss))) return;
  const there = outputs();
  if (there.names.length > 1) compiled.loss = lossesFor(loss, weights, there);
  if (weights !== null) {
    compiled.loss_weights = weightsFor(compiled.loss!, weights, there);
    if (typeof compiled.loss_weights === "number") markFloat(compiled, "loss_weights");
  }
  const [first, last] = miscounting;
  if (lacks && dialect >= first && dialect <= last) fillGaps(compiled, there);
}

/** Versions that pass over as many of the last losses as there are outputs without one before them. */
const miscounting: Range = [305, 306];

/** Has a loss without weight for each output that has none, where one behind it has. */
function fillGaps(compiled: JsonObject, { names, inDict }: Outputs): void {
  const { loss = null, loss_weights: weights = null } = compiled;
  const listed = (value: JsonValue) =>
    inDict && isNamed(value) ? names.map((name) => valueAt(value, name) ?? null) : value;
  const [losses, given] = [listed(loss), listed(weights)];
  if (!Array.isArray(losses)) return;
  const last = losses.findLastIndex((each) => each !== null);
  if (!losses.slice(0, last).includes(null)) return;
  const filled = losses.map((each, i) => (i < last ? (each ?? "mse") : each));
  const weightOf = (i: number) => (Array.isArray(given) ? (given[i] ?? 1) : 1);
  const weighed = losses.map((each, i) => (each === null ? 0 : weightOf(i)));
  const structured = (list: JsonValue[]) =>
    isNamed(loss) ? byName(names, (_, i) => list[i]!) : withFloats(list);
  compiled.loss = structured(filled);
  compiled.loss_weights = structured(weighed);
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
    const isOfThem = isNamed(weights) && Object.keys(weights).every((key) => Object.hasOwn(loss, key));
    return isOfThem ? byName(keys, (key) => valueAt(weights, key) ?? 1) : weights;
  }
  if (!Array.isArray(loss)) return weights;
  return typeof weights === "number" ? withFloats(loss.map(() => weights)) : inOrder(weights, outputs, 1);
}

/**
 * Metrics in a list: of a model with one output in none inside it, of one with several in one for each, without nulls, and
 * those for all outputs given to each. By the names of outputs they stay, unless Keras 3 has other names.
 */
export function metricsFor(metrics: JsonValue, outputs: () => Outputs): JsonValue {
  if (isOne(metrics)) return metricsFor([metrics], outputs);
  if (isNamed(metrics)) return namedMetrics(metrics, outputs());
  if (!Array.isArray(metrics)) return metrics;
  if (metrics.some(Array.isArray)) {
    const lists = metrics.map((item) => withoutNulls([item].flat()));
    if (lists.length === 1) return lists[0]!;
    const { names, inDict } = outputs();
    return inDict && lists.length === names.length ? byName(names, (_, i) => lists[i]!) : lists;
  }
  const all = withoutNulls(metrics);
  if (all.length === 0) return all;
  const there = outputs();
  return there.names.length > 1 ? (forEach(all, there) ?? all) : all;
}

function namedMetrics(metrics: JsonObject, outputs: Outputs): JsonValue {
  const keys = Object.keys(metrics).filter((key) => metrics[key] !== null);
  const metricsOf = (key: string) =>
    Array.isArray(metrics[key]) ? withoutNulls(metrics[key]) : metrics[key]!;
  const [known, asked] = [new Set(outputs.names), new Set(keys)];
  if (!outputs.areRenamed || !keys.every((key) => known.has(key))) return byName(keys, metricsOf);
  return outputs.names.map((name) => (asked.has(name) ? [metricsOf(name)].flat() : []));
}

function withoutNulls(list: readonly JsonValue[]): JsonValue[] {
  return list.filter((item) => item !== null);
}

/** Whether a value says something by names of outputs. */
function isNamed(value: JsonValue): value is JsonObject {
  return isDict(value) && !isObject(value);
}

function valueAt(dict: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(dict, key) ? dict[key] : undefined;
}

/** What a dict has for each output, in their order; as it is where it names others. */
function inOrder(value: JsonValue, { names }: Outputs, otherwise: JsonValue): JsonValue {
  const known = new Set(names);
  if (!isNamed(value) || !Object.keys(value).every((key) => known.has(key))) return value;
  return withFloats(names.map((name) => valueAt(value, name) ?? otherwise));
}

function byName(keys: readonly string[], itemAt: (key: string, i: number) => JsonValue): JsonObject {
  const dict: JsonObject = {};
  for (const [i, key] of keys.entries()) setEntry(dict, key, itemAt(key, i));
  return withFloats(dict);
}

/** The same list or dict, in which numbers are floats. */
function withFloats<T extends JsonObject | JsonValue[]>(container: T): T {
  for (const [key, value] of Object.entries(container))
    if (typeof value === "number") markFloat(container, Array.isArray(container) ? Number(key) : key);
  return container;
}
