import type { JsonObject, JsonValue } from "../../json/json.ts";
import { isDict } from "../change.ts";
import { isHistory } from "../graph.ts";
import { before, everyVersion } from "../programs.ts";
import type { Range } from "../version.ts";

/** What of a model of Keras 2 versions of Keras 3 do not load. Harvested by having each release load what TensorFlow 2.9 writes. */
export interface Refused {
  readonly versions: Range;
  /** Behind the name of a layer: `Attention.causal`. */
  readonly text: string;
  readonly isUnsure?: boolean;
}

const every = everyVersion("keras");
const beforeVersion = (since: number): Range => before("keras", since);

/** Classes that ended with Keras 2. */
const ended = new Set([
  "AddLoss",
  "AddMetric",
  "CuDNNGRU",
  "CuDNNLSTM",
  "LocallyConnected1D",
  "LocallyConnected2D",
  "RandomFourierFeatures",
  "RandomHeight",
  "RandomWidth",
  "SlicingOpLambda",
  "SyncBatchNormalization",
  "TFOpLambda",
  "TensorFlowOpLayer",
  "ThresholdedReLU",
]);

/** Keys that ended with Keras 2, or that were read over only later, of which classes. */
const keys: readonly (readonly [key: RegExp, classes: RegExp, versions: Range])[] = [
  [/^causal$/, /^(?:Additive)?Attention$/, every],
  [/^groups$/, /^(?:Depthwise|Separable)Conv|Transpose$/, every],
  [/^kernel_(?:initializer|regularizer|constraint)$/, /^SeparableConv/, every],
  [/^time_major$/, /^(?:ConvLSTM[123]D|GRU|LSTM|RNN|SimpleRNN)$/, every],
  [/^(?:query|key|value)_shape$/, /^MultiHeadAttention$/, every],
  [/^trainable$/, /^(?:Discretization|SpatialDropout[123]D)$/, every],
  [/^input_length$/, /^Embedding$/, beforeVersion(302)],
  [/^sparse$/, /^CategoryEncoding$/, beforeVersion(302)],
];

/** Classes whose configs have layers inside, and where. */
const inside: Readonly<Record<string, readonly string[]>> = {
  Bidirectional: ["layer", "backward_layer"],
  RNN: ["cell"],
  SpectralNormalization: ["layer"],
  StackedRNNCells: ["cells"],
  TimeDistributed: ["layer"],
};

/** What of the config of a layer is not loaded, with what stands in it. */
export function refusedInLayer(className: string, config: JsonObject, isArchive: boolean): Refused[] {
  if (ended.has(className)) return [{ versions: every, text: `${className}, which ended with Keras 2` }];
  const found: Refused[] = [];
  for (const key of Object.keys(config)) {
    const row = keys.find(([named, classes]) => named.test(key) && classes.test(className));
    if (row) found.push({ versions: row[2], text: `${className}.${key}, which ended with Keras 2` });
  }
  for (const key of Object.hasOwn(inside, className) ? inside[className]! : [])
    for (const inner of [config[key] ?? null].flat() as JsonValue[])
      if (isDict(inner) && !Object.hasOwn(inner, "module"))
        found.push({
          versions: every,
          text: `${className}.${key}: ${String(inner.class_name)}, which is named without its module`,
        });
  if (className === "Normalization")
    found.push({ versions: beforeVersion(308), text: "Normalization, of some statistics", isUnsure: true });
  if (isDict(config.dtype) && config.dtype.class_name === "Policy" && !("module" in config.dtype))
    found.push({ versions: every, text: "a dtype policy that is a dict without module" });
  if (typeof config.name === "string" && config.name.includes("/"))
    found.push({ versions: every, text: "a / in its name" });
  for (const each of initializersIn(config)) found.push(each);
  if (isArchive && className !== "InputLayer" && "batch_input_shape" in config)
    found.push({ versions: every, text: `${className}.batch_input_shape, which ended with Keras 2` });
  if (isArchive && className === "BatchNormalization" && Array.isArray(config.axis))
    found.push({ versions: every, text: "BatchNormalization.axis, a list" });
  return found;
}

/** Two had longer names for a while. */
function initializersIn(config: JsonObject): Refused[] {
  return Object.entries(config).flatMap(([key, value]) => {
    if (!isDict(value) || !key.endsWith("initializer") || "module" in value) return [];
    const { class_name: name } = value;
    if (name !== "Orthogonal" && name !== "Identity") return [];
    const text = `${key}: ${name}, which is called ${name}Initializer there`;
    return [{ versions: beforeVersion(304), text, isUnsure: name === "Identity" }];
  });
}

/**
 * What of the graph of a model is not loaded: calls of models inside, which Keras 2 counts from 1, and modules that are
 * no more.
 */
export function refusedInGraph(graph: JsonObject): Refused[] {
  const { layers } = graph;
  if (!Array.isArray(layers)) return [];
  const models = new Set<JsonValue | undefined>();
  const found: Refused[] = [];
  const isGraph = graph.input_layers !== undefined;
  for (const entry of layers) {
    if (!isDict(entry) || !isDict(entry.config) || !Array.isArray(entry.config.layers)) continue;
    models.add(entry.name);
    if (!isGraph && entry.config.input_layers !== undefined)
      found.push({ versions: every, text: "a functional model in a Sequential", isUnsure: true });
  }
  for (const entry of layers) {
    if (!isDict(entry) || !names(entry.inbound_nodes, models)) continue;
    const text = `a call of a model's output, whose calls Keras 2 counts from 1, by ${String(entry.name)}`;
    found.push({ versions: every, text });
  }
  const ends = [graph.input_layers, graph.output_layers];
  if (isGraph && ends.some((each) => !isFlat(each)))
    found.push({ versions: beforeVersion(306), text: "inputs or outputs in lists or dicts", isUnsure: true });
  return found;
}

/** Whether a call names one of the models, with a number that Keras 3 has not. */
function names(value: JsonValue | undefined, models: ReadonlySet<JsonValue | undefined>): boolean {
  const pending = [value];
  while (pending.length > 0) {
    const item = pending.pop();
    if (typeof item !== "object" || item === null) continue;
    if (Array.isArray(item) && models.has(item[0]) && typeof item[1] === "number" && item[1] > 0) return true;
    for (const inner of Object.values(item)) pending.push(inner);
  }
  return false;
}

function isFlat(ends: JsonValue | undefined): boolean {
  const isOne: boolean = isHistory(ends);
  return isOne || (Array.isArray(ends) && ends.every((each) => isHistory(each)));
}
