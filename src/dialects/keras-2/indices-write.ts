import type { JsonArray, JsonObject, JsonValue } from "../../json/json.ts";
import { isDict } from "../change.ts";
import { eachEntry } from "../graph.ts";
import { noteOriginal, originalOf } from "../notes.ts";
import { historyOf } from "./tensorflow/part.ts";

const ELLIPSIS = "__ellipsis__";

/**
 * The index of `x[…]` as Keras 2 writes it. Its `.keras` files hold no ellipsis: in its place stand slices of all there is,
 * one for each axis, which remember it for versions without such files.
 */
export function writeIndex(key: JsonValue, tensor: JsonValue): JsonValue {
  const items = (Array.isArray(key) ? key : [key]).map(writeItem);
  const rank = rankOf(tensor);
  const taken = items.filter((item) => item !== null && !isEllipsis(item)).length;
  const spelledOut = items.flatMap((item) =>
    isEllipsis(item) && rank !== null ? slicesFor(item, rank - taken) : [item],
  );
  return Array.isArray(key) || spelledOut.length !== 1 ? spelledOut : spelledOut[0]!;
}

/** Whether an index has items that are no places, new axes, slices or ellipses. */
export function hasChosen(key: JsonValue): boolean {
  return [key]
    .flat()
    .some(
      (item) =>
        Array.isArray(item) ||
        (isDict(item) &&
          typeof item.class_name === "string" &&
          !/^__(?:slice|ellipsis)__$/.test(item.class_name)),
    );
}

function slicesFor(ellipsis: JsonObject, count: number): JsonArray {
  return Array.from({ length: Math.max(0, count) }, () => {
    const slice = { start: null, stop: null, step: null };
    noteOriginal(slice, ellipsis);
    return slice;
  });
}

function writeItem(item: JsonValue): JsonValue {
  if (!isDict(item)) return item;
  if (item.class_name === ELLIPSIS) return { class_name: ELLIPSIS };
  const { start = null, stop = null, step = null } = isDict(item.config) ? item.config : item;
  return { start, stop, step };
}

function isEllipsis(item: JsonValue | undefined): item is JsonObject {
  return isDict(item) && item.class_name === ELLIPSIS;
}

/** How many axes a tensor of the graph has, where that is said. */
export function rankOf(tensor: JsonValue): number | null {
  const shape = historyOf(tensor) && isDict(tensor) && isDict(tensor.config) ? tensor.config.shape : null;
  return Array.isArray(shape) ? shape.length : null;
}

/** Gives the indices of a graph of Keras 2 their ellipses again. */
export function withEllipses(graph: JsonObject): JsonObject {
  eachEntry(graph, ({ class_name: name, inbound_nodes: nodes }) => {
    if (name !== "SlicingOpLambda" || !Array.isArray(nodes)) return;
    for (const node of nodes) {
      const kwargs = Array.isArray(node) ? node[3] : undefined;
      if (!isDict(kwargs) || !Array.isArray(kwargs.slice_spec)) continue;
      const items = kwargs.slice_spec.map((item) => (isDict(item) ? originalOf(item) : item));
      kwargs.slice_spec = items.filter((item, i) => !isEllipsis(item) || !isEllipsis(items[i - 1]));
    }
  });
  return graph;
}
