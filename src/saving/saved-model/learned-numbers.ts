import type { JsonArray, JsonValue } from "../../json/json.ts";
import { markFloat } from "../../json/marks.ts";
import { boundariesOf } from "../../layers/categories/quantiles.ts";
import { toNumbers } from "../../tensor/cast.ts";
import { isNumericDType } from "../../tensor/dtype.ts";
import type { BundleTensor } from "./bundle-tensor.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { GraphNode } from "./object-graph.ts";

/** The boundaries of so many bins, of what a layer keeps of the numbers that it saw; null where it keeps nothing. */
export async function boundariesIn(
  layer: GraphNode | undefined,
  bins: number,
  checkpoint: Checkpoint,
): Promise<JsonArray | null> {
  const summary = variableOf(layer, "summary", checkpoint);
  if (!summary) return keptBoundaries(layer, checkpoint);
  if (summary.shape.length !== 2 || summary.shape[0] !== 2) return null;
  const numbers = Float32Array.from(toNumbers(await summary.read()));
  const count = numbers.length / 2;
  const seen = { values: numbers.subarray(0, count), weights: numbers.subarray(count) };
  return floats(count === 0 ? [] : boundariesOf(seen, bins), checkpoint);
}

/** The boundaries themselves, as TensorFlow 2.5 keeps them, with an infinite one at the end; zeros where nothing was seen. */
async function keptBoundaries(
  layer: GraphNode | undefined,
  checkpoint: Checkpoint,
): Promise<JsonArray | null> {
  const bins = variableOf(layer, "bins", checkpoint);
  if (bins?.shape.length !== 1) return null;
  const numbers = toNumbers(await bins.read());
  return floats(numbers.at(-1) === Number.POSITIVE_INFINITY ? [...numbers.slice(0, -1)] : [], checkpoint);
}

/** What so many terms weigh, without the unknown ones in front of them and the padding behind; null where that is not kept. */
export async function termWeightsIn(
  layer: GraphNode | undefined,
  unknown: JsonValue,
  count: number,
  checkpoint: Checkpoint,
): Promise<JsonArray | null> {
  const inside = (name: string) => checkpoint.nodes[layer?.children.get(name) ?? -1];
  const lookup = inside("_lookup_layer") ?? inside("_index_lookup_layer") ?? layer;
  const weights =
    variableOf(lookup, "idf_weights", checkpoint) ?? variableOf(lookup, "tf_idf_weights", checkpoint);
  if (typeof unknown !== "number" || weights?.shape.length !== 1) return null;
  const numbers = toNumbers(await weights.read());
  const own = Array.from(numbers.slice(unknown, unknown + count));
  return own.length === count ? floats(own, checkpoint) : null;
}

/** The tensor of a variable that an object holds. */
function variableOf(
  object: GraphNode | undefined,
  name: string,
  { nodes, bundle }: Checkpoint,
): BundleTensor | undefined {
  const variable = nodes[object?.children.get(name) ?? -1]?.variable;
  const tensor = variable ? bundle.tensor(variable.key) : undefined;
  return tensor && isNumericDType(tensor.dtype) ? tensor : undefined;
}

/** Numbers as a config has them. */
function floats(numbers: readonly number[], { bundle, name }: Checkpoint): JsonArray {
  bundle.budget.jsonValues.take(numbers.length, name);
  const list: JsonArray = [...numbers];
  for (const i of list.keys()) markFloat(list, i);
  return list;
}
