import type { JsonObject, JsonValue } from "../json/json.ts";
import { isDict, namedIn, nameOf, packageOf } from "./change.ts";
import { eachCall } from "./graph.ts";
import { activationSince, operationSince } from "./new-operations.ts";
import { featuresOf } from "./older-forms.ts";
import type { Dialect } from "./version.ts";

/** A key that versions before one know, but not with such a value. */
export interface NewValue {
  readonly key: string;
  readonly since: Dialect;
}

/** What of an envelope a version takes that none before it does: its keys. */
type NewIn = readonly [since: Dialect, keysIn: (envelope: JsonObject) => readonly string[]];

/** By class: since when an envelope may have what older versions refuse, and which keys those are. */
const newValues: Readonly<Record<string, readonly NewIn[]>> = {
  // Its backward half has its weights where older versions do not look.
  "keras.layers>Bidirectional": [[303, () => ["layer"]]],
  // Older ones cannot build it from the shapes that a file has.
  "keras.layers>Dot": [[302, ({ build_config: built }) => (isDict(built) ? ["build_config"] : [])]],
  "keras.layers>MultiHeadAttention": [[307, unlikeShapes]],
  // Statistics are spread over features; before, there was a number for each.
  "keras.layers>Normalization": [[308, spreadStatistics]],
  "keras.dtype_policies>AWQDTypePolicy": [[314, itself]],
  "keras.dtype_policies>GPTQDTypePolicy": [[312, itself]],
  "keras.dtype_policies>Int4DTypePolicy": [[314, itself]],
  "keras.quantizers>Int4QuantizationConfig": [[314, given("block_size")]],
  "keras.dtype_policies>QuantizedDTypePolicy": [[304, given("mode")]],
  "keras.dtype_policies>QuantizedFloat8DTypePolicy": [[304, given("mode")]],
  // Its own name is not found again inside of a layer.
  "keras.initializers>Identity": [[301, itself]],
  "keras.initializers>IdentityInitializer": [[307, itself]],
  "keras.src.ops.numpy>GetItem": [[303, ellipses]],
};

/** Classes that no version before one has. */
const newClasses: Readonly<Record<string, Dialect>> = {
  AdaptiveAveragePooling1D: 313,
  AdaptiveAveragePooling2D: 313,
  AdaptiveAveragePooling3D: 313,
  AdaptiveMaxPooling1D: 313,
  AdaptiveMaxPooling2D: 313,
  AdaptiveMaxPooling3D: 313,
  AugMix: 309,
  AutoContrast: 306,
  ContrastLimitedAdaptiveHistogramEqualization: 314,
  CutMix: 309,
  Equalization: 308,
  FlaxLayer: 302,
  JaxLayer: 302,
  MaxNumBoundingBoxes: 307,
  MelSpectrogram: 301,
  MixUp: 308,
  Pipeline: 306,
  RMSNormalization: 309,
  RandAugment: 308,
  RandomColorDegeneration: 308,
  RandomColorJitter: 308,
  RandomElasticTransform: 310,
  RandomErasing: 309,
  RandomGaussianBlur: 309,
  RandomGrayscale: 308,
  RandomHue: 308,
  RandomInvert: 309,
  RandomPerspective: 309,
  RandomPosterization: 308,
  RandomSaturation: 308,
  RandomSharpness: 308,
  RandomShear: 308,
  ReversibleEmbedding: 312,
  STFTSpectrogram: 307,
  Solarization: 306,
};

/** What an envelope holds that no version before one takes, though it may know the keys. */
export function newValuesIn(envelope: JsonObject): NewValue[] {
  const named = namedIn(envelope);
  const { module, className } = named;
  const since = packageOf(named) === "keras.src.ops" ? operationSince(module ?? "", className) : 0;
  const newer = module === "keras.layers" ? (newClasses[className] ?? 0) : since;
  if (module === "keras.initializers" && className === "STFT") return [{ key: "class_name", since: 307 }];
  if (newer > 0) return [{ key: "class_name", since: newer }];
  const rows = newValues[nameOf(named)] ?? [];
  const found = rows.flatMap(([since, keysIn]) => keysIn(envelope).map((key) => ({ key, since })));
  return [...found, ...newActivations(envelope), ...newModes(envelope)];
}

/** All of it. */
function itself(): string[] {
  return ["class_name"];
}

function given(key: string): NewIn[1] {
  return ({ config }) => (isDict(config) && Object.hasOwn(config, key) ? [key] : []);
}

/** Since when layers have weights in few bits of a kind, or each a dtype of its own. */
const modes: Readonly<Record<string, Dialect>> = {
  int8: 301,
  float8: 303,
  map: 304,
  int4: 311,
  gptq: 312,
  awq: 314,
};

/** Those kinds where a policy says them, and where its name alone is written: `int8_from_float32`. */
function newModes({ config }: JsonObject): NewValue[] {
  if (!isDict(config)) return [];
  return ["mode", "dtype"].flatMap((key) => {
    const { [key]: value } = config;
    const mode = typeof value === "string" ? /^([a-z]+\d*)(?:_|$)/.exec(value)?.[1] : undefined;
    const isNamed = mode !== undefined && Object.hasOwn(modes, mode) && (key === "mode" || mode !== value);
    return isNamed ? [{ key, since: modes[mode]! }] : [];
  });
}

/** Activations by their names. */
function newActivations({ config }: JsonObject): NewValue[] {
  if (!isDict(config)) return [];
  return Object.keys(config).flatMap((key) => {
    const value = config[key];
    const since = key.endsWith("activation") && typeof value === "string" ? activationSince(value) : 0;
    return since > 0 ? [{ key, since }] : [];
  });
}

/** The last sizes of query and value, which had to be the same. */
function unlikeShapes({ build_config: built }: JsonObject): string[] {
  const shapes = isDict(built) && isDict(built.shapes_dict) ? built.shapes_dict : built;
  if (!isDict(shapes)) return [];
  const { query_shape: query, value_shape: value } = shapes;
  const isUnlike = Array.isArray(query) && Array.isArray(value) && query.at(-1) !== value.at(-1);
  return isUnlike ? ["build_config"] : [];
}

/** The calls of an operation that takes slices, with `...` among them. */
function ellipses(entry: JsonObject): string[] {
  const found: string[] = [];
  eachCall(entry, ({ args: [, key] }) => {
    const items = Array.isArray(key) ? key : [key];
    if (items.some((item) => isDict(item) && item.class_name === "__ellipsis__")) found.push("inbound_nodes");
  });
  return found.slice(0, 1);
}

function spreadStatistics(envelope: JsonObject): string[] {
  const { config } = envelope;
  const features = featuresOf(envelope);
  if (!isDict(config) || features === null) return [];
  return ["mean", "variance"].filter((key) => {
    const count = countIn(config[key]);
    return count > 0 && count !== features;
  });
}

/** How many numbers there are in a number or in lists of them. */
function countIn(value: JsonValue | undefined): number {
  if (!Array.isArray(value)) return typeof value === "number" ? 1 : 0;
  return value.reduce<number>((sum, item) => sum + countIn(item), 0);
}
