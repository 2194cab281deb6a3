import { byPath, entryFor } from "../dtype-policies/by-path.ts";
import type { Fields, OptionsOf } from "../fields/field.ts";
import { optional, required } from "../fields/kinds.ts";
import { definer } from "../registry/class-of.ts";
import { Configurable } from "../registry/configurable.ts";
import { anOptimizer } from "./an-optimizer.ts";
import type { Optimizer } from "./optimizer.ts";

const fields = {
  /** The optimizer of variables that no entry is for. */
  default_optimizer: required(anOptimizer),
  /** Optimizers by paths of variables, or by regular expressions that match whole paths. Defaults to {}. */
  optimizer_map: optional(
    byPath(anOptimizer, "optimizers", "an object of optimizers by paths of variables"),
    {},
  ),
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
    return entryFor(this.optimizer_map, path, ["OptimizerMap", "optimizer_map"]) ?? this.default_optimizer;
  }

  /** All its optimizers, each once, the default last. */
  get optimizers(): readonly Optimizer[] {
    return [...new Set([...this.optimizer_map.values(), this.default_optimizer])];
  }
}
