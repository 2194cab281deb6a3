import { isDict } from "../../dialects/change.ts";
import type { JsonArray, JsonObject } from "../../json/json.ts";
import { markFloat } from "../../json/marks.ts";
import type { LayerArrays } from "../layer-weights.ts";
import { boundariesFrom, isSummary } from "../learned-summary.ts";

/**
 * Writes into the config of a model of Keras 2 the boundaries that each Discretization learned: the files have what it
 * kept of the numbers that it saw as a weight. Gives the layers of the file without those.
 */
export async function fillBoundaries(
  { config }: JsonObject,
  layers: readonly LayerArrays[],
): Promise<readonly LayerArrays[]> {
  const learning = new Map(layersIn(config).map((layer) => [layer.name, learnersIn(layer)]));
  const others: LayerArrays[] = [];
  for (const layer of layers) {
    const learners = learning.get(layer.name) ?? [];
    const kept = learners.length > 0 ? layer.arrays.filter(({ name }) => isNamedSummary(name)) : [];
    for (const [i, { array }] of kept.length === learners.length ? kept.entries() : []) {
      if (!isSummary(array)) continue;
      const boundaries: JsonArray | null = await boundariesFrom(
        { shape: array.shape, read: () => array.read() },
        Number(learners[i]!.num_bins),
      );
      if (!boundaries) continue;
      for (const at of boundaries.keys()) markFloat(boundaries, at);
      learners[i]!.bin_boundaries = boundaries;
    }
    others.push(
      kept.length > 0 ? { ...layer, arrays: layer.arrays.filter((each) => !kept.includes(each)) } : layer,
    );
  }
  return others;
}

function isNamedSummary(name: string): boolean {
  return /(?:^|\/)summary(?:_\d+)?:0$/.test(name);
}

/** The layers of a model's config. */
function layersIn(config: unknown): JsonObject[] {
  const list = isDict(config as JsonObject) ? (config as JsonObject).layers : null;
  return (Array.isArray(list) ? list : []).flatMap((entry) => {
    if (!isDict(entry) || !isDict(entry.config)) return [];
    return [{ name: entry.config.name ?? null, class_name: entry.class_name ?? null, config: entry.config }];
  });
}

/** The configs of the layers in one, or of itself, that find out their boundaries. */
function learnersIn({ class_name: name, config }: JsonObject): JsonObject[] {
  if (!isDict(config)) return [];
  if (name !== "Discretization") return layersIn(config).flatMap(learnersIn);
  return (config.bin_boundaries ?? null) === null && typeof config.num_bins === "number" ? [config] : [];
}
