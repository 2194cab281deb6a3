import { fullMatcher } from "../dtype-policies/automaton.ts";
import { ModelError } from "../errors.ts";
import type { Fields, OptionsOf } from "../fields/field.ts";
import { type Kind, optional, required } from "../fields/kinds.ts";
import { setEntry } from "../json/copy.ts";
import type { JsonObject } from "../json/json.ts";
import { keysOf } from "../json/marks.ts";
import { joinPath } from "../json/path.ts";
import { quote } from "../json/quote.ts";
import { definer } from "../registry/class-of.ts";
import { Configurable } from "../registry/configurable.ts";
import { serialize } from "../registry/serialize.ts";
import { anOptimizer, type InnerOptimizer } from "./an-optimizer.ts";
import type { Optimizer } from "./optimizer.ts";

type Optimizers = Readonly<Record<string, InnerOptimizer>> | ReadonlyMap<string, InnerOptimizer>;

const optimizers: Kind<Optimizers, ReadonlyMap<string, Optimizer>> = {
  kind: "optimizers",
  expected: "an object of optimizers by paths of variables",
  schema: { type: "object", additionalProperties: anOptimizer.schema },
  parse(input, problems) {
    if (typeof input !== "object" || input === null || Array.isArray(input))
      return problems.expected(this.expected, input);
    const entries: (readonly [string, unknown])[] =
      input instanceof Map ? [...input] : keysOf(input).map((key) => [key, (input as JsonObject)[key]]);
    return new Map(
      entries.map(([path, each]) => [path, problems.at(path, () => anOptimizer.parse(each, problems))]),
    );
  },
  toJson(map) {
    const json: JsonObject = {};
    for (const [path, optimizer] of map) setEntry(json, path, serialize(optimizer));
    return json;
  },
};

const fields = {
  /** The optimizer of variables that no entry is for. */
  default_optimizer: required(anOptimizer),
  /** Optimizers by paths of variables, or by regular expressions that match whole paths. Defaults to {}. */
  optimizer_map: optional(optimizers, {}),
} satisfies Fields;

/** What an {@link OptimizerMap} takes. */
export interface OptimizerMapOptions extends OptionsOf<typeof fields> {}

const kerasMap = /* @__PURE__ */ definer(Configurable, { module: "keras.optimizers" });

/**
 * An optimizer for each variable, by the variable's path or a regular expression of Python that matches the whole of it.
 * Source: Keras 3.15 `optimizers/multi_optimizer.py`.
 *
 * @example
 * const map = new OptimizerMap({
 *   default_optimizer: new SGD(),
 *   optimizer_map: { "dense/.*": new Adam({ learning_rate: 0.01 }) },
 * });
 */
export class OptimizerMap extends kerasMap("OptimizerMap", fields)<OptimizerMapOptions> {
  /** The optimizer of the variable with a path. */
  get(path: string): Optimizer {
    const exact = this.optimizer_map.get(path);
    if (exact) return exact;
    const matching = [...this.optimizer_map.keys()].filter((key) =>
      fullMatcher(joinPath("OptimizerMap.optimizer_map", key), key)(path),
    );
    if (matching.length > 1) {
      const list = matching.map((key) => quote(key)).join(" and ");
      const message = `expected at most one entry that matches ${quote(path)}, received ${list}.`;
      throw new ModelError("OptimizerMap", message);
    }
    return this.optimizer_map.get(matching[0] ?? "") ?? this.default_optimizer;
  }

  /** All its optimizers, each once, the default last. */
  get optimizers(): readonly Optimizer[] {
    return [...new Set([...this.optimizer_map.values(), this.default_optimizer])];
  }
}
