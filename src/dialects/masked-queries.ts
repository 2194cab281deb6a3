import type { JsonObject } from "../json/json.ts";
import { eachCall, eachEntry } from "./graph.ts";
import { MaskSources } from "./mask-sources.ts";
import type { Range } from "./version.ts";

/** A call of attention on tensors with masks that not every Keras takes. */
export interface MaskedQuery {
  readonly layer: string;
  /** The versions that cannot make it. */
  readonly refusedBy: Range;
}

/** Where the query has a mask, where the value alone has one, and where both have. */
const refused: Readonly<Record<"query" | "value" | "both", Range>> = {
  query: [300, 306],
  value: [300, 303],
  both: [304, 306],
};

/**
 * The calls of Attention and AdditiveAttention in a graph's config that older versions of Keras cannot make again, because
 * of the masks of their query and value: those that the calls say, or the layers before them.
 */
export function maskedQueries(graph: JsonObject): MaskedQuery[] {
  const asked: JsonObject[] = [];
  eachEntry(graph, (entry) => {
    if (isAttention(entry)) asked.push(entry);
  });
  if (asked.length === 0) return [];
  const sources = new MaskSources(graph);
  const found: MaskedQuery[] = [];
  for (const entry of asked) {
    eachCall(entry, ({ args: [tensors], kwargs: { mask } }) => {
      const masks = Array.isArray(mask) && mask.some((one) => one !== null) ? mask : null;
      const [query, value] = [0, 1].map((i) =>
        masks ? (masks[i] ?? null) !== null : Array.isArray(tensors) && sources.of(tensors[i]) !== null,
      );
      if (!query && !value) return;
      const masked = query && value ? "both" : query ? "query" : "value";
      found.push({ layer: String(entry.name), refusedBy: refused[masked] });
    });
  }
  return found;
}

function isAttention({ module, class_name: name }: JsonObject): boolean {
  return module === "keras.layers" && (name === "Attention" || name === "AdditiveAttention");
}
