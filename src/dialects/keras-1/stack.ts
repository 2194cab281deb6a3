import { ConfigError } from "../../errors.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { isDict } from "../change.ts";

/** The config of a Sequential of Keras 1 as Keras 2 writes it. */
export function readStack(config: JsonObject): JsonObject {
  const { layers } = config;
  const [first] = Array.isArray(layers) ? layers : [];
  const input = isDict(first) ? ownInputOf(first) : null;
  if (!input || !Array.isArray(layers)) return config;
  const result = { ...config, layers: [input, ...layers] };
  copyMarks(config, result);
  return result;
}

/** What a Merge that begins a Sequential merges; null where there is none. */
export function branchesIn([first]: readonly JsonValue[]): readonly JsonValue[] | null {
  const own = isDict(first) && first.class_name === "Merge" && isDict(first.config) ? first.config : {};
  return Array.isArray(own.layers) && own.layers.length > 0 ? own.layers : null;
}

/** Each of them has all inputs of what it begins with, so that many would have very many. */
const DEEPEST_MERGE = 16;

/**
 * The InputLayers that stand for what a first layer says of its input: one for a layer, those of what it begins with for a
 * Sequential, its own for a functional model. None where nothing is said. Throws a ConfigError where what merges is too deep.
 */
export function inputsOf(layer: JsonObject, depth = 0): readonly JsonObject[] {
  const { class_name: name, config } = layer;
  if (name === "InputLayer") return [layer];
  if (Array.isArray(config)) {
    const branches = branchesIn(config);
    if (branches && depth >= DEEPEST_MERGE) {
      const message = `expected at most ${DEEPEST_MERGE} Sequentials inside each other that begin with a Merge, received more.`;
      throw new ConfigError("config", message);
    }
    const found = (branches ?? config.slice(0, 1)).flatMap((each) =>
      isDict(each) ? inputsOf(each, depth + 1) : [],
    );
    return [...new Map(found.map((input) => [nameOf(input) ?? input, input])).values()];
  }
  if (!isDict(config)) return [];
  if (Array.isArray(config.layers) && Array.isArray(config.input_layers)) {
    const byName = new Map<JsonValue | undefined, JsonObject>();
    for (const each of config.layers) if (isDict(each)) byName.set(each.name, each);
    const found = config.input_layers.map((end) => (Array.isArray(end) ? byName.get(end[0]) : undefined));
    return found.filter((input) => input !== undefined);
  }
  const own = ownInputOf(layer);
  return own ? [own] : [];
}

/** The InputLayer that stands for what a layer says of its input; null where it is one, or says nothing. */
function ownInputOf({ class_name: name, config }: JsonObject): JsonObject | null {
  if (name === "InputLayer" || !isDict(config) || !Array.isArray(config.batch_input_shape)) return null;
  const { batch_input_shape: shape, input_dtype: dtype } = config;
  const input: JsonObject = { batch_input_shape: shape, input_dtype: dtype ?? "float32" };
  if (typeof config.name === "string") input.name = `${config.name}_input`;
  const envelope: JsonObject = { class_name: "InputLayer", config: input };
  for (const part of [input, envelope]) mark(part);
  return envelope;
}

/** What a layer is called; undefined for a Sequential, whose config is the list of its layers. */
export function nameOf({ config }: JsonObject): string | undefined {
  return isDict(config) && typeof config.name === "string" ? config.name : undefined;
}
