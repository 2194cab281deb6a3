import { isDict } from "../../dialects/change.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { type CustomObjects, Registry } from "../../registry/registry.ts";
import { layersOf, type Part } from "./part.ts";
import { usual } from "./usual.ts";

interface Family {
  /** Found in the `module>class_name` of an envelope, or in any other text of a config. */
  readonly named: RegExp;
  load(): Promise<Part>;
}

/**
 * What few models need, or only those that were compiled. A class that its pattern misses is found all the same, with
 * everything else: that costs a page more, and changes nothing.
 */
export const families: readonly Family[] = [
  {
    named: /^keras\.(?:src\.)?layers\b.*Attention/,
    load: async () => layersOf(await import("../../layers/attention/index.ts")),
  },
  {
    named: /^keras\.(?:src\.)?layers\b.*(?:RNN|LSTM|GRU|Bidirectional|TimeDistributed)/,
    load: async () => layersOf(await import("../../layers/recurrent/index.ts")),
  },
  {
    named:
      /^keras\.(?:src\.)?layers\b.*(?:>Rand|>Resizing|>Solarization|Contrast$|Crop$|Equalization$|Mix|>MaxNum)/,
    load: async () => (await import("./images.ts")).part,
  },
  {
    named: /^keras\.(?:src\.)?layers\b.*(?:Lookup|Hash|Text|CategoryEncoding|Discretization)/,
    load: async () => (await import("./categories.ts")).part,
  },
  {
    named: /^keras\.(?:src\.)?(?:layers\b.*Spectrogram|initializers\b.*>STFT)/,
    load: async () => (await import("./audio.ts")).part,
  },
  {
    named:
      /^keras\.(?:src\.)?(?:applications\b|layers\b.*>(?:Adaptive|Dot$|Einsum|(?:Spectral)?Normalization$|Pipeline$|Reversible))/,
    load: async () => (await import("./rare.ts")).part,
  },
  {
    // So is an activation that was another one in Keras 2.
    named:
      /^hard_sigmoid$|^keras\.(?:src\.)?layers\b.*>(?:Add(?:Loss|Metric)|LocallyConnected[12]D|Random(?:Height|Width)|ThresholdedReLU|(?:TF|Slicing)OpLambda|TensorFlowOpLayer|\w+V[12])$/,
    load: async () => (await import("./ended.ts")).part,
  },
  {
    named: /^keras\.(?:src.+\.feature_space|utils)>/,
    load: async () => (await import("./features.ts")).part,
  },
  {
    named: /^keras\.(?:src\.)?(?:ops|activations)\b/,
    load: async () => (await import("./operations.ts")).part,
  },
  {
    // The functions of losses are named by themselves, too, and so are optimizers.
    named:
      /^(?:ada\w+|ftrl|lamb|lion|muon|nadam|rmsprop|schedulefreeadamw|sgd)$|^keras\.(?:src\.)?(?:losses|metrics|optimizers)\b|(?:entropy|hinge|error|similarity|divergence|cosh)$|^(?:circle|ctc|dice|huber|poisson|tversky)$/i,
    load: async () => (await import("./compiled.ts")).part,
  },
  {
    // So are policies: `int8_from_float32`.
    named: /^keras\.(?:src\.)?(?:dtype_policies|quantizers)\b|^(?:int8|float8|int4|gptq|awq|ternary).*_from_/,
    load: async () => (await import("./few-bits.ts")).part,
  },
];

/** What a config may name of Keras: the usual and the families in it, or everything where it names something else. */
export async function registryFor(
  config: JsonValue,
  customObjects?: CustomObjects | null,
): Promise<Registry> {
  if (isBare(config)) return everything();
  const { texts, envelopes } = namesIn(config);
  const wanted = families.filter(({ named }) => texts.some((text) => named.test(text)));
  const registry = registryOf([usual, ...(await Promise.all(wanted.map(({ load }) => load())))]);
  const own = customObjects ? new Registry().with(customObjects) : null;
  return envelopes.every((envelope) => isKnown(envelope, registry, own)) ? registry : everything();
}

/** Whether a config is of a class that is looked for in all modules, as those of older Keras are. */
function isBare(config: JsonValue): boolean {
  return isDict(config) && typeof config.class_name === "string" && !Object.hasOwn(config, "module");
}

async function everything(): Promise<Registry> {
  return (await import("./everything.ts")).builtins;
}

export function registryOf(parts: readonly Part[]): Registry {
  return new Registry(
    parts.flatMap(({ classes }) => classes),
    Object.fromEntries(parts.flatMap(({ functions = {} }) => Object.entries(functions))),
    Object.fromEntries(parts.flatMap(({ aliases = {} }) => Object.entries(aliases))),
  );
}

/** Whether reading an envelope finds the same by `registry` as by one of everything. */
function isKnown(envelope: JsonObject, registry: Registry, own: Registry | null): boolean {
  const { module, class_name: name, config, registered_name: registered } = envelope;
  if (typeof name !== "string" || /^__.*__$/.test(name)) return true;
  if (name === "function")
    return typeof config === "string" && (own ?? registry).function(config) !== undefined;
  if (typeof registered === "string" && own?.customClass(registered)) return true;
  // Without its module a class is looked for in all of them.
  return typeof module === "string" && registry.builtin(module, name) !== undefined;
}

/** What a config says that may be a name, each text and each kind of envelope once. */
function namesIn(config: JsonValue): { texts: string[]; envelopes: JsonObject[] } {
  const texts = new Set<string>();
  const envelopes = new Map<string, JsonObject>();
  const pending: (JsonValue | undefined)[] = [config];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === "string") texts.add(value);
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value) && Object.hasOwn(value, "class_name")) {
      const { module, class_name: name, config, registered_name: registered } = value;
      if (typeof name === "string") texts.add(`${module}>${name}`);
      const parts = [module, name, registered, name === "function" ? config : null];
      envelopes.set(parts.map((part) => `${typeof part} ${part}`).join("\n"), value);
    }
    for (const item of Object.values(value)) pending.push(item);
  }
  return { texts: [...texts], envelopes: [...envelopes.values()] };
}
