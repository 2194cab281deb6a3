import type { Issue } from "../../errors.ts";
import type { JsonArray, JsonObject, JsonValue } from "../../json/json.ts";
import { mark } from "../../json/marks.ts";
import { quote } from "../../json/quote.ts";
import type { Budget } from "../budget.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { constantsIn } from "./constants.ts";
import { hasTables, type Rows, rowsIn, withoutMask } from "./kept-table.ts";
import { isObject, type LayerNote } from "./keras-metadata.ts";
import { boundariesIn, termWeightsIn } from "./learned-numbers.ts";
import type { GraphNode } from "./object-graph.ts";
import type { SavedObject, SavedObjects } from "./saved-objects.ts";

/** A layer's config in the config of a model, and what its object was, of the graph and of the checkpoint. */
interface Place {
  readonly config: JsonObject;
  readonly object: SavedObject | undefined;
  readonly node: GraphNode | undefined;
  readonly path: string;
}

/** A vocabulary that stands in the graph: the names of the constants that fill a table. */
interface Wanted {
  readonly place: Place;
  readonly keys: string;
  readonly values: string;
}

/** A vocabulary as a table has it. */
interface Filled extends Rows {
  readonly place: Place;
}

/** Whether a config has a layer that learned what its config does not say, or a checkpoint has what one learned. */
export function hasLearned(config: JsonObject, checkpoint: Checkpoint): boolean {
  if (hasTables(checkpoint)) return true;
  const isOpen = ({ config }: Place) => isUnsaid(config.vocabulary) || lacksBoundaries(config);
  return placesIn(config, { objects: [], nodes: [] }, new Map()).some(isOpen);
}

/** Where a SavedModel has what layers learned. */
export interface Sources {
  readonly saved: SavedObjects;
  readonly checkpoint: Checkpoint;
}

/**
 * Writes into the config of a model what its layers learned: a SavedModel has vocabularies as constants of the functions
 * that fill the tables, and numbers as variables. Gives what is not read.
 */
export async function fillLearned(
  config: JsonObject,
  { saved, checkpoint }: Sources,
  notes: ReadonlyMap<string, LayerNote>,
  at: string,
  budget: Budget,
): Promise<Issue[]> {
  const issues: Issue[] = [];
  const wanted: Wanted[] = [];
  const lose = ({ config, path }: Place, what: string) => {
    const name = typeof config.name === "string" ? quote(config.name) : "a layer";
    const message = `${what} that ${name} learned are not read: give them to the layer as options.`;
    issues.push({ path: `${at} ${path}`, message });
  };
  const setTerms = async ({ place, keys, values }: Filled) => {
    const { config, node } = place;
    const terms = sorted(keys, values, config.invert === true);
    if (terms.length === 0) return;
    if (config.output_mode === "tf_idf" || config.output_mode === "tf-idf") {
      const weights = await termWeightsIn(node, config.num_oov_indices ?? 1, terms.length, checkpoint);
      if (weights === null) return lose(place, "the terms and weights");
      config.idf_weights = weights;
    }
    config.vocabulary = terms;
  };
  for (const place of placesIn(config, { objects: saved.objects, nodes: checkpoint.nodes }, notes)) {
    const { config: layer, object, node } = place;
    if (lacksBoundaries(layer)) {
      const boundaries = await boundariesIn(node, Number(layer.num_bins), checkpoint);
      if (boundaries === null) lose(place, "the boundaries");
      else if (boundaries.length > 0) layer.bin_boundaries = boundaries;
    }
    const kept = await rowsIn(node, checkpoint);
    if (kept && !Array.isArray(layer.vocabulary)) await setTerms({ place, ...withoutMask(kept, layer) });
    if (kept || !isUnsaid(layer.vocabulary)) continue;
    const found = tableOf(object, saved);
    if (found === null) lose(place, "the terms");
    else if (found) wanted.push({ place, ...found });
  }
  const names = new Set(wanted.flatMap(({ keys, values }) => [keys, values]));
  const constants = constantsIn(saved.graph, names, at, budget);
  for (const { place, keys, values } of wanted)
    await setTerms({ place, keys: constants.get(keys) ?? [], values: constants.get(values) ?? [] });
  return issues;
}

function isUnsaid(vocabulary: JsonValue | undefined): boolean {
  return vocabulary === null || (Array.isArray(vocabulary) && vocabulary.length === 0);
}

function lacksBoundaries({ bin_boundaries: boundaries, num_bins: bins }: JsonObject): boolean {
  return boundaries === null && typeof bins === "number";
}

/** The layers of a model and of those inside it, beside the objects that have their names. */
function placesIn(
  config: JsonObject,
  { objects, nodes }: { readonly objects: readonly SavedObject[]; readonly nodes: readonly GraphNode[] },
  notes: ReadonlyMap<string, LayerNote>,
): Place[] {
  const found: Place[] = [];
  const pending: Place[] = [{ config, object: objects[0], node: nodes[0], path: "root" }];
  for (const { config, object, node, path } of pending) {
    const byName = new Map<unknown, readonly [path: string, id: number, key: string]>();
    for (const [key, id] of object?.children ?? []) {
      const way = `${path}.${key}`;
      const note = notes.get(way);
      if (note) byName.set(note.name, [way, id, key]);
    }
    for (const entry of Array.isArray(config.layers) ? config.layers : []) {
      const layer = isObject(entry) ? entry.config : null;
      if (!isObject(layer)) continue;
      const [way, id, key] = byName.get(layer.name) ?? [path, -1, ""];
      const inner = nodes[node?.children.get(key) ?? -1];
      const place = { config: layer, object: objects[id], node: inner, path: way };
      found.push(place);
      if (Array.isArray(layer.layers)) pending.push(place);
    }
  }
  return found;
}

/** The constants that fill a lookup's table; undefined where nothing does, null where there is no such table. */
function tableOf(
  layer: SavedObject | undefined,
  { objects, bound }: SavedObjects,
): { keys: string; values: string } | undefined | null {
  const inside = (object: SavedObject | undefined, name: string) => objects[object?.children.get(name) ?? -1];
  const table = inside(inside(layer, "_lookup_layer") ?? layer, "lookup_table");
  if (!table) return null;
  const ids = bound.get(inside(table, "_initialize")?.runs ?? "") ?? [];
  const [keys, values] = ids.map((id) => objects[id]?.constant ?? "").filter((name) => name !== "");
  return keys === undefined || values === undefined ? undefined : { keys, values };
}

/** Terms in the order of their numbers. An inverted table has the numbers as its keys. */
function sorted(keys: JsonArray, values: JsonArray, isInverted: boolean): JsonArray {
  const [terms, numbers] = isInverted ? [values, keys] : [keys, values];
  const order = [...terms.keys()].sort((a, b) => Number(numbers[a] ?? 0) - Number(numbers[b] ?? 0));
  const list = order.map((i) => terms[i] ?? null);
  mark(list);
  return list;
}
