import { ConfigError } from "../errors.ts";
import { Problems } from "../fields/problems.ts";
import type { JsonObject } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { didYouMean } from "../json/suggest.ts";
import { isClass, type RevivableClass } from "../registry/registry.ts";
import { anOptimizer } from "./an-optimizer.ts";
import * as classes from "./classes.ts";
import type { Optimizer } from "./optimizer.ts";

/** The classes that can be made without options, by their names in lower case. */
const named = /* @__PURE__ */ (() => {
  const { LossScaleOptimizer, MultiOptimizer, OptimizerMap, ...others } = classes;
  return new Map(Object.entries(others).map(([name, cls]) => [name.toLowerCase(), cls]));
})();

/** What configs call them too: `keras.optimizers>adam` is Adam. */
export function optimizerAliases(): Record<string, RevivableClass> {
  return Object.fromEntries([...named].map(([name, cls]) => [`${cls.module}>${name}`, cls]));
}

/** What stands for an optimizer: its name in any case (`"adam"`), an instance, a class, an envelope. */
export type OptimizerLike = string | Optimizer | (new () => Optimizer) | Readonly<JsonObject>;

/**
 * The optimizer that an identifier stands for.
 *
 * @example
 * const optimizer = getOptimizer("rmsprop");
 */
export function getOptimizer(identifier: OptimizerLike): Optimizer {
  if (typeof identifier === "string") {
    const cls = named.get(identifier.toLowerCase());
    if (cls) return new cls();
    const help = didYouMean(identifier.toLowerCase(), named.keys());
    throw new ConfigError("optimizer", `unknown optimizer ${quote(identifier)}.${help}`);
  }
  const problems = new Problems("optimizer");
  const given: unknown = isClass(identifier) ? new (identifier as new () => Optimizer)() : identifier;
  const found = anOptimizer.parse(given, problems);
  if (problems.issues.length > 0) throw new ConfigError(problems.issues);
  return found;
}
