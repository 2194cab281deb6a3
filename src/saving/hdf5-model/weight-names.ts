import { FreeNames } from "../../free-names.ts";
import type { Model } from "../../models/model.ts";
import type { Variable } from "../../program/variable.ts";

/** A weight as files of whole models have it. */
export interface NamedWeight {
  /** Its name, such as `dense/kernel:0`; with `/` the path to it in the group of its layer. */
  readonly name: string;
  readonly variable: Variable;
}

/** Weights of a model, each with a name of its own, by which nothing is found: Keras goes by the order. */
export function namedWeights(weights: readonly Variable[], model: Model): NamedWeight[] {
  const unique = uniqueNames();
  return weights.map((variable) => ({
    name: unique(pathIn(model, variable)),
    variable,
  }));
}

/** Where a weight is, without the model around it, which a Sequential of Keras 3 begins with. */
export function pathIn({ name }: Model, { path }: Variable): string {
  const parts = path.split("/").filter(Boolean);
  return (parts.length > 2 && parts[0] === name ? parts.slice(1) : parts).join("/");
}

/** Gives paths the ending of TensorFlow's names, and numbers where they are taken. */
export function uniqueNames(): (path: string) => string {
  const names = new FreeNames();
  return (path) => `${names.take(path)}:0`;
}
