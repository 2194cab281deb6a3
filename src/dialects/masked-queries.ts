import type { JsonObject, JsonValue } from "../json/json.ts";
import { isDict } from "./change.ts";
import { eachCall, eachEntry, isHistory } from "./graph.ts";
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

/** Layers that hand the mask of what they are called on first to what they give first. */
const handOn: ReadonlySet<string> = new Set(
  [
    "Activation AdditiveAttention AlphaDropout Attention BatchNormalization Bidirectional ConvLSTM1D ConvLSTM2D ConvLSTM3D",
    "Dense Dropout EinsumDense GRU GaussianDropout GaussianNoise GroupNormalization Identity LSTM LayerNormalization",
    "MultiHeadAttention PReLU RNN ReLU SimpleRNN Softmax SpatialDropout1D TimeDistributed UnitNormalization",
    "Add Average Concatenate Maximum Minimum Multiply Subtract",
  ].flatMap((names) => names.split(" ")),
);

/**
 * The calls of Attention and AdditiveAttention in a graph's config that older versions of Keras cannot make again, because
 * of the masks of their query and value: those that the calls say, or the layers before them.
 */
export function maskedQueries(graph: JsonObject): MaskedQuery[] {
  const entries = new Map<JsonValue | undefined, JsonObject>();
  const asked: JsonObject[] = [];
  eachEntry(graph, (entry) => {
    entries.set(entry.name, entry);
    if (isAttention(entry)) asked.push(entry);
  });
  const found: MaskedQuery[] = [];
  for (const entry of asked) {
    eachCall(entry, ({ args: [tensors], kwargs: { mask } }) => {
      const masks = Array.isArray(mask) && mask.some((one) => one !== null) ? mask : null;
      const [query, value] = [0, 1].map((i) =>
        masks ? (masks[i] ?? null) !== null : Array.isArray(tensors) && isMasked(tensors[i], entries),
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

/** Whether a tensor of a graph has a mask, as far as layers of Keras say it. */
function isMasked(
  tensor: JsonValue | undefined,
  entries: ReadonlyMap<JsonValue | undefined, JsonObject>,
): boolean {
  const seen = new Set<JsonObject>();
  const pending = [tensor];
  for (const one of pending) {
    const history = isDict(one) && isDict(one.config) ? one.config.keras_history : undefined;
    if (!isHistory(history) || history[2] !== 0) continue;
    const entry = entries.get(history[0]);
    if (!entry || seen.has(entry) || entry.module !== "keras.layers") continue;
    seen.add(entry);
    const { class_name: name, config } = entry;
    if (name === "Masking" || (name === "Embedding" && isDict(config) && config.mask_zero === true))
      return true;
    if (!handOn.has(String(name)) || (isStepping(config) && !returnsSequences(config))) continue;
    eachCall(entry, ({ args: [first] }) => {
      for (const tensor of Array.isArray(first) ? first : [first]) pending.push(tensor);
    });
  }
  return false;
}

function isStepping(config: JsonValue | undefined): boolean {
  return isDict(config) && ("return_sequences" in config || isDict(config.layer));
}

/** Whether a recurrent layer, or the one that it has inside, gives its steps. */
function returnsSequences(config: JsonValue | undefined): boolean {
  if (!isDict(config)) return false;
  const { layer } = config;
  if (!isDict(layer) || !isDict(layer.config) || !("return_sequences" in layer.config))
    return config.return_sequences !== false;
  return layer.config.return_sequences === true;
}
