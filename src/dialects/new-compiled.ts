import { inspect } from "../json/inspect.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { copyMarks } from "../json/marks.ts";
import { joinPath } from "../json/path.ts";
import { isDict } from "./change.ts";
import type { Lacks } from "./lacks.ts";
import { type Dialect, formatDialect } from "./version.ts";

/** What of how a model is compiled can be in a part of it. */
type Kind = "loss" | "metric" | "optimizer";

/** Classes and functions of Keras 3 that no version before one has. Harvested from a release of each. */
const added: Readonly<Record<Kind, Readonly<Record<string, Dialect>>>> = {
  loss: {
    CategoricalGeneralizedCrossEntropy: 310,
    Circle: 307,
    Dice: 302,
    Tversky: 303,
    categorical_generalized_cross_entropy: 310,
    circle: 307,
    dice: 302,
    tversky: 303,
  },
  metric: {
    ConcordanceCorrelation: 307,
    PearsonCorrelation: 307,
    concordance_correlation: 307,
    pearson_correlation: 307,
  },
  optimizer: { Lamb: 305, MultiOptimizer: 315, Muon: 310, ScheduleFreeAdamW: 314, lamb: 305, muon: 310 },
};

/** The same of options, and with which value they say nothing to older versions. */
const options: Readonly<Record<string, readonly [since: Dialect, silent: JsonValue]>> = {
  "loss Dice.axis": [304, null],
  "loss SparseCategoricalCrossentropy.axis": [310, -1],
  "loss Tversky.axis": [308, null],
  "metric SparseCategoricalCrossentropy.ignore_class": [314, null],
  "metric SparseTopKCategoricalAccuracy.from_sorted_ids": [307, false],
  "optimizer Muon.adam_weight_decay": [313, 0.004],
  "optimizer Muon.rms_rate": [313, 0.2],
};

/** Whether only Keras 3 has an optimizer. */
export function isNewOptimizer(name: string): boolean {
  return Object.hasOwn(added.optimizer, name);
}

const kinds: Readonly<Record<string, Kind>> = {
  loss: "loss",
  metrics: "metric",
  optimizer: "optimizer",
  weighted_metrics: "metric",
};

/**
 * Says what of how a model was compiled an older Keras 3 lacks. What is left out is gone from the config then; false where all
 * of it is, as there is no such optimizer.
 */
export function sayNewerCompiled(compiled: JsonObject, dialect: Dialect, lacks: Lacks): boolean {
  const parts = new Parts(dialect, lacks);
  for (const [key, kind] of Object.entries(kinds)) {
    const value = compiled[key];
    if (value == null) continue;
    const written = parts.in(value, kind, `compile_config.${key}`);
    if (written === undefined && kind === "optimizer") return false;
    compiled[key] = written ?? null;
  }
  return true;
}

class Parts {
  readonly #dialect: Dialect;
  readonly #lacks: Lacks;

  constructor(dialect: Dialect, lacks: Lacks) {
    this.#dialect = dialect;
    this.#lacks = lacks;
  }

  /** What a name, an object, or a list or dict of them is written as; undefined where it is left out. */
  in(value: JsonValue, kind: Kind, path: string): JsonValue | undefined {
    if (typeof value === "string") return this.#isRefused(value, kind, path) ? undefined : value;
    if (Array.isArray(value)) {
      const items = value.map((item, i) => this.in(item, kind, joinPath(path, i)));
      // Losses stand at the places of the outputs.
      const kept = kind === "loss" ? items.map((item) => item ?? null) : items;
      const list = kept.filter((item) => item !== undefined);
      copyMarks(value, list);
      return list;
    }
    if (!isDict(value)) return value;
    if ("class_name" in value && "config" in value) return this.#object(value, kind, path);
    for (const key of Object.keys(value)) {
      const item = this.in(value[key]!, kind, joinPath(path, key));
      if (item === undefined) delete value[key];
      else value[key] = item;
    }
    return value;
  }

  #object(object: JsonObject, kind: Kind, path: string): JsonObject | undefined {
    const { class_name: name, config, module } = object;
    const isOwn = module === null;
    if (isOwn) return object;
    const isFunction = typeof config === "string";
    if (this.#isRefused(isFunction ? config : String(name), kind, path)) return undefined;
    if (!isDict(config)) return object;
    const write = () => {
      for (const key of Object.keys(config))
        this.#option(config, key, `${kind} ${String(name)}.${key}`, path);
      return object;
    };
    return kind === "optimizer" ? write() : this.#lacks.whole(() => path, write);
  }

  #option(config: JsonObject, key: string, named: string, path: string): void {
    const [since = 0, silent = null] = options[named] ?? [];
    if (since <= this.#dialect) return;
    const value = config[key]!;
    const message = `expected an option that Keras ${formatDialect(this.#dialect)} has, received ${inspect(value)}, which came with ${formatDialect(since)}.`;
    if (value === silent || this.#lacks.say(`${path}.${key}`, message, true)) delete config[key];
  }

  #isRefused(name: string, kind: Kind, path: string): boolean {
    const since = Object.hasOwn(added[kind], name) ? added[kind][name]! : 0;
    if (since <= this.#dialect) return false;
    const what = kind === "optimizer" ? "an optimizer" : `a ${kind}`;
    const message = `expected ${what} that Keras ${formatDialect(this.#dialect)} has, received ${inspect(name)}, which came with ${formatDialect(since)}.`;
    return this.#lacks.say(path, message, true);
  }
}
