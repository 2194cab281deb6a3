import type { JsonObject, JsonValue } from "../../json/json.ts";
import type { Fed } from "./fed.ts";

/** A layer of Keras 2, as a config names it. */
export interface LayerConfig {
  readonly class_name: string;
  readonly config: JsonObject;
}

/**
 * What a layer that TensorFlow.js lacks, or has in part, is written as: one that computes the same. Undefined where it
 * is written as it is. `fed` is null where nothing is known of its call.
 */
export function instead({ class_name: name, config }: LayerConfig, fed: Fed | null): LayerConfig | undefined {
  return Object.hasOwn(rules, name) ? rules[name]?.(config, fed) : undefined;
}

type InsteadRule = (config: JsonObject, fed: Fed | null) => LayerConfig | undefined;

const rules: Readonly<Record<string, InsteadRule>> = {
  // Layers that do not look at a mask fail at it.
  Embedding: (config, fed) =>
    config.mask_zero === true && fed?.isMaskIdle()
      ? { class_name: "Embedding", config: { ...config, mask_zero: false } }
      : undefined,
  Identity: (config) => identity(config),
  // It flattens from three dimensions on.
  Flatten: (config, fed) => (fed?.rank === 2 ? identity(config) : undefined),
  ReLU(config) {
    const { negative_slope: slope, max_value: most = null, threshold } = config;
    if (!slope || most !== null || threshold) return undefined;
    return { class_name: "LeakyReLU", config: { ...ownOf(config), alpha: slope } };
  },
  SpatialDropout2D: (config) => spatialDropout(config, 2),
  SpatialDropout3D: (config) => spatialDropout(config, 3),
};

function identity(config: JsonObject): LayerConfig {
  return { class_name: "Activation", config: { ...ownOf(config), activation: "linear" } };
}

/** Whole channels are dropped: one draw for all places. */
function spatialDropout(config: JsonObject, dimensions: number): LayerConfig {
  const places = Array<JsonValue>(dimensions).fill(1);
  const isFirst = config.data_format === "channels_first";
  const shape = isFirst ? [null, null, ...places] : [null, ...places, null];
  const { rate = 0, seed = null } = config;
  return { class_name: "Dropout", config: { ...ownOf(config), rate, noise_shape: shape, seed } };
}

/** What every layer says. */
function ownOf(config: JsonObject): JsonObject {
  const keys = ["name", "trainable", "batch_input_shape", "dtype"].filter((key) =>
    Object.hasOwn(config, key),
  );
  return Object.fromEntries(keys.map((key) => [key, config[key]!]));
}
