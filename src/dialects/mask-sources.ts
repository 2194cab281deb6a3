import { comparable } from "../json/comparable.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { isDict, namedIn, packageOf } from "./change.ts";
import { type Call, eachCall, eachEntry, isHistory } from "./graph.ts";

/** Layers that hand the mask of what they are called on first to what they give first. */
const handOn: ReadonlySet<string> = new Set(
  [
    "Activation ActivityRegularization AdditiveAttention AlphaDropout Attention BatchNormalization Bidirectional ConvLSTM1D",
    "ConvLSTM2D ConvLSTM3D Dense Dropout ELU GRU GaussianDropout GaussianNoise LSTM LayerNormalization LeakyReLU PReLU RNN",
    "ReLU SimpleRNN Softmax SpatialDropout1D TimeDistributed UnitNormalization",
  ].flatMap((names) => names.split(" ")),
);

/** Those that do in Keras 3 alone. */
const handOnLater = /^(?:GroupNormalization|Identity|MultiHeadAttention|Normalization)$/;

const joining = /^(?:Add|Average|Concatenate|Maximum|Minimum|Multiply|Subtract)$/;

/** A mask, by what it is computed of: equal texts are equal masks. */
type Mask = string;

/** What the mask of a tensor is, or the tensors whose masks it is joined of. */
type Found = { readonly mask: Mask | null } | { readonly of: readonly (JsonValue | undefined)[] };

const none: Found = { mask: null };

/**
 * The masks that tensors of a graph's config carry, and those that its operations compute, as far as layers of Keras say
 * them. What comes out of models and layers of one's own has none in Keras 3, where graphs do not know more; in Keras 2 each
 * has a mask of its own, as it may have one.
 */
export class MaskSources {
  readonly #made = new Map<JsonValue | undefined, { entry: JsonObject; calls: readonly Call[] }>();
  readonly #known = new Map<string, Mask | null>();
  readonly #isForKeras2: boolean;

  /** `isForKeras2` where masks go on through layers only that hand them on in Keras 2, too. */
  constructor(graph: JsonObject, isForKeras2 = false) {
    this.#isForKeras2 = isForKeras2;
    eachEntry(graph, (entry) => {
      const calls: Call[] = [];
      eachCall(entry, (call) => calls.push(call));
      this.#made.set(entry.name, { entry, calls });
    });
  }

  /** The mask of a tensor; of a mask, what it is itself. Null of a tensor that has none. */
  of(tensor: JsonValue | undefined): Mask | null {
    const pending = [tensor];
    while (pending.length > 0) {
      const at = pending.at(-1);
      const key = keyOf(at);
      const isNew = !this.#known.has(key);
      // What is computed of itself has none.
      if (isNew) this.#known.set(key, null);
      const found = this.#found(at);
      if (isNew && "of" in found) {
        for (const one of found.of) pending.push(one);
        continue;
      }
      pending.pop();
      this.#known.set(key, "of" in found ? this.#joined(key, found.of) : found.mask);
    }
    return this.#known.get(keyOf(tensor)) ?? null;
  }

  /** The mask that tensors have in common, or one of its own; null where one has none. */
  #joined(key: string, tensors: readonly (JsonValue | undefined)[]): Mask | null {
    const masks = new Set(tensors.map((one) => this.#known.get(keyOf(one)) ?? null));
    const [first = null] = masks;
    if (masks.size === 1) return first;
    // Keras 2 has the masks of those that have some.
    return masks.has(null) && !this.#isForKeras2 ? null : comparable(["joined", key]);
  }

  #found(tensor: JsonValue | undefined): Found {
    const made = this.#madeBy(tensor);
    if (!made) return none;
    const { entry, call } = made;
    const { class_name: className, config } = entry;
    const own = isDict(config) ? config : {};
    const [first] = call.args;
    const unknown: Found = this.#isForKeras2 ? { mask: comparable(["of", historyOf(tensor)]) } : none;
    if (packageOf(namedIn(entry)) === "keras.src.ops")
      return this.#computed(String(className), own, call) ?? unknown;
    if (isUnknown(entry)) return unknown;
    if (className === "Embedding") return own.mask_zero === true ? { mask: unlike(first, 0) } : none;
    if (className === "Masking") return { mask: anyOf(unlike(first, own.mask_value ?? 0)) };
    const { mask: given = null } = call.kwargs;
    const isJoining = joining.test(String(className));
    const handsOn =
      handOn.has(String(className)) || (!this.#isForKeras2 && handOnLater.test(String(className)));
    if (!isJoining && !(handsOn && givesSteps(String(className), own))) return none;
    // A mask that a call is given goes on there.
    if (this.#isForKeras2 && given !== null) return { of: [Array.isArray(given) ? given[0] : given] };
    return { of: isJoining && Array.isArray(first) ? first : [Array.isArray(first) ? first[0] : first] };
  }

  /** The mask that an operation computes; null where it is none that a layer makes. */
  #computed(
    className: string,
    { axis, keepdims }: JsonObject,
    { args: [first, second] }: Call,
  ): Found | null {
    if (className === "LogicalOr" || className === "LogicalAnd") return { of: [first, second] };
    if (className === "NotEqual" && typeof second === "number") return { mask: unlike(first, second) };
    if (className !== "Any" || axis !== -1 || keepdims === true) return null;
    const { entry, call } = this.#madeBy(first) ?? {};
    const [of, value] = entry?.class_name === "NotEqual" ? call!.args : [];
    return typeof value === "number" ? { mask: anyOf(unlike(of, value)) } : null;
  }

  /** The layer or operation that gives a tensor, and the call; null where it is not the first output of one. */
  #madeBy(tensor: JsonValue | undefined): { readonly entry: JsonObject; readonly call: Call } | null {
    const [name, node, output] = historyOf(tensor) ?? [];
    const made = this.#made.get(name);
    const call = made?.calls[Number(node)];
    return made && call && output === 0 ? { entry: made.entry, call } : null;
  }
}

function unlike(tensor: JsonValue | undefined, value: JsonValue): Mask {
  return comparable(["unlike", historyOf(tensor), value]);
}

function anyOf(mask: Mask): Mask {
  return comparable(["any", mask]);
}

function keyOf(tensor: JsonValue | undefined): string {
  return comparable(historyOf(tensor));
}

function historyOf(tensor: JsonValue | undefined): JsonValue[] | null {
  const history = isDict(tensor) && isDict(tensor.config) ? tensor.config.keras_history : null;
  return isHistory(history) ? history : null;
}

/** Whether a layer of the graph is a model, or of a class of one's own. */
function isUnknown({
  class_name: className,
  registered_name: registered = null,
  config,
}: JsonObject): boolean {
  return registered !== null || String(className).includes(">") || (isDict(config) && "layers" in config);
}

const recurrent = /^(?:ConvLSTM[123]D|GRU|LSTM|RNN|SimpleRNN)$/;

/** Whether a layer gives as many steps as it gets: what is recurrent may give the last one alone. */
function givesSteps(className: string, config: JsonObject): boolean {
  if (recurrent.test(className)) return config.return_sequences === true;
  if (className !== "Bidirectional") return true;
  const { layer } = config;
  return isDict(layer) && isDict(layer.config) && layer.config.return_sequences === true;
}
