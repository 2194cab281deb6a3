import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { isDict, namedIn, packageOf } from "../change.ts";
import { type Call, eachCall, eachEntry, isHistory } from "../graph.ts";
import { MaskSources } from "../mask-sources.ts";

/**
 * A graph of Keras 3 whose calls say no masks that their tensors carry anyway, without the operations that computed them:
 * Keras 3 records masks as arguments that nobody gave, and computes them in the graph.
 */
export function withoutImpliedMasks(config: JsonObject): JsonObject {
  const { layers } = config;
  if (!Array.isArray(layers) || !layers.some((entry) => isDict(entry) && saysMask(entry))) return config;
  const sources = new MaskSources(config, true);
  const said = layers.map((entry) => (isDict(entry) ? withoutMasks(entry, sources) : entry));
  const result = withoutUnused({ ...config, layers: said }, usesIn(config));
  copyMarks(config, result);
  return result;
}

function saysMask(entry: JsonObject): boolean {
  let found = false;
  eachCall(entry, ({ kwargs }) => {
    found ||= (kwargs.mask ?? null) !== null;
  });
  return found;
}

/** A layer whose calls say no masks that are implied. */
function withoutMasks(entry: JsonObject, sources: MaskSources): JsonObject {
  if (!saysMask(entry)) return entry;
  const calls = (entry.inbound_nodes as JsonValue[]).map((node) => {
    if (!isImplied(node as unknown as Call, sources)) return node;
    const { kwargs, ...rest } = node as JsonObject;
    const { mask: _, ...others } = kwargs as JsonObject;
    copyMarks(kwargs as JsonObject, others);
    return { ...rest, kwargs: others };
  });
  const result: JsonObject = { ...entry, inbound_nodes: calls };
  copyMarks(entry, result);
  return result;
}

/** Whether a call says of each of its tensors the mask that the tensor carries. */
function isImplied({ args: [first], kwargs: { mask } }: Call, sources: MaskSources): boolean {
  if (mask === undefined || mask === null) return false;
  if (!Array.isArray(mask)) return !Array.isArray(first) && isOwn(first, mask, sources);
  return Array.isArray(first) && first.every((tensor, i) => isOwn(tensor, mask[i] ?? null, sources));
}

function isOwn(tensor: JsonValue | undefined, mask: JsonValue, sources: MaskSources): boolean {
  const own = sources.of(tensor);
  return mask === null ? own === null : own !== null && own === sources.of(mask);
}

/** How often each layer and operation is in calls, or an output. */
function usesIn({ layers, output_layers: outputs }: JsonObject): Map<JsonValue, number> {
  const found = new Map<JsonValue, number>();
  for (const name of namesIn([callsIn(layers), outputs!])) found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}

function callsIn(layers: JsonValue | undefined): JsonValue[] {
  return (Array.isArray(layers) ? layers : []).map((entry) =>
    isDict(entry) ? (entry.inbound_nodes ?? []) : [],
  );
}

/** A graph without the operations that nothing takes anything from, as something did before. */
function withoutUnused(graph: JsonObject, before: ReadonlyMap<JsonValue, number>): JsonObject {
  const uses = usesIn(graph);
  const operations = new Map<JsonValue | undefined, JsonObject>();
  eachEntry(graph, (entry) => {
    if (packageOf(namedIn(entry)) === "keras.src.ops") operations.set(entry.name, entry);
  });
  const isUnused = (name: JsonValue) => operations.has(name) && !uses.get(name) && before.has(name);
  const unused = [...before.keys()].filter(isUnused);
  for (const name of unused)
    for (const from of namesIn(operations.get(name)!.inbound_nodes)) {
      uses.set(from, uses.get(from)! - 1);
      if (isUnused(from)) unused.push(from);
    }
  const gone = new Set<JsonValue | undefined>(unused);
  const layers = (graph.layers as JsonValue[]).filter((entry) => !isDict(entry) || !gone.has(entry.name));
  return { ...graph, layers };
}

/** The names of the tensors in a value. */
function namesIn(value: JsonValue | undefined): JsonValue[] {
  const found: JsonValue[] = [];
  const pending = [value];
  for (const one of pending) {
    if (isHistory(one)) found.push(one[0]!);
    else if (Array.isArray(one)) for (const item of one) pending.push(item);
    else if (isDict(one)) for (const item of Object.values(one)) pending.push(item);
  }
  return found;
}
