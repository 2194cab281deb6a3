import type { JsonArray, JsonObject } from "../../json/json.ts";
import { toNumbers } from "../../tensor/cast.ts";
import { isNumericDType } from "../../tensor/dtype.ts";
import type { BundleTensor } from "./bundle-tensor.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { GraphNode } from "./object-graph.ts";

/** What a table maps, and to what. */
export interface Rows {
  readonly keys: JsonArray;
  readonly values: JsonArray;
}

/** Whether a checkpoint has tables that could be changed. */
export function hasTables({ nodes }: Checkpoint): boolean {
  return nodes.some(({ table }) => table !== null);
}

/** The table of a layer that looks terms up, as TensorFlow 2.5 and older keep it; null where the layer keeps none. */
export async function rowsIn(layer: GraphNode | undefined, checkpoint: Checkpoint): Promise<Rows | null> {
  const { nodes, bundle } = checkpoint;
  const lookup = nodes[layer?.children.get("_index_lookup_layer") ?? -1] ?? layer;
  const table = nodes[lookup?.children.get("_table") ?? -1]?.table;
  const keys = table && bundle.tensor(table.keys);
  const values = table && bundle.tensor(table.values);
  if (!keys || !values) return null;
  return { keys: await plainIn(keys, checkpoint), values: await plainIn(values, checkpoint) };
}

/**
 * The terms of a table with the numbers that layers give them. The table maps the mask, too: to 0 where numbers are given, to
 * the largest integer where terms are counted. Of a layer that says no mask it is the empty text.
 */
export function withoutMask({ keys, values }: Rows, { mask_token: mask = "", invert }: JsonObject): Rows {
  const terms = invert === true ? values : keys;
  const rows = [...keys.keys()].filter((i) => mask === null || terms[i] !== mask);
  return { keys: rows.map((i) => keys[i]!), values: rows.map((i) => values[i]!) };
}

/** Texts or integers as a config has them. */
async function plainIn(tensor: BundleTensor, { bundle, name }: Checkpoint): Promise<JsonArray> {
  const count = tensor.shape.reduce((product, length) => product * length, 1);
  bundle.budget.jsonValues.take(count, name);
  if (isNumericDType(tensor.dtype)) return Array.from(toNumbers(await tensor.read()));
  const decoder = new TextDecoder();
  return (await tensor.readStrings()).map((text) => decoder.decode(text));
}
