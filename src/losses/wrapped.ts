import type { Fields } from "../fields/field.ts";
import type { Kind } from "../fields/kinds.ts";
import { copyEntry } from "../json/copy.ts";
import { isPlain } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { isMarked, keysOf, mark } from "../json/marks.ts";
import type { Numeric } from "../program/emit.ts";
import { aFunction, type FunctionLike, type FunctionOrOpaque } from "../registry/function-field.ts";
import { OpaqueObject } from "../registry/opaque.ts";
import { lossFunctions } from "./functions/table.ts";

/** A function of truths and predictions: one of Keras's is known by its name in every config. */
export const aTruthFunction: Kind<FunctionLike, FunctionOrOpaque> = {
  ...aFunction,
  parse: (input, problems) => kerasFunction(input) ?? aFunction.parse(input, problems),
};

function kerasFunction(input: unknown): FunctionOrOpaque | undefined {
  if (!isPlain(input)) return undefined;
  const { module, class_name: className, config: name } = input as JsonObject;
  const isKeras = module === "builtins" && className === "function" && typeof name === "string";
  return isKeras && Object.hasOwn(lossFunctions, name) ? lossFunctions[name] : undefined;
}

/** The result of a function with options of its own, if it has any. */
export function callWith(
  fn: FunctionOrOpaque,
  yTrue: unknown,
  yPred: unknown,
  options: JsonObject,
  where: string,
): Numeric {
  if (fn instanceof OpaqueObject) throw fn.unusable(where);
  const hasOptions = Object.keys(options).length > 0;
  return (hasOptions ? fn(yTrue, yPred, options) : fn(yTrue, yPred)) as Numeric;
}

/** What a class's fields take of its options, and what is left for its function. */
export function apart(options: object, fields: Fields): { readonly own: object; readonly rest: JsonObject } {
  const rest: JsonObject = {};
  if (!isPlain(options)) return { own: options, rest };
  const own: JsonObject = {};
  if (isMarked(options)) mark(own);
  for (const key of keysOf(options)) {
    if ((options as JsonObject)[key] === undefined) continue;
    copyEntry(options as JsonObject, Object.hasOwn(fields, key) ? own : rest, key);
  }
  return { own, rest };
}

/** A config with the options of its function. */
export function together(config: JsonObject, rest: JsonObject): JsonObject {
  for (const key of Object.keys(rest)) copyEntry(rest, config, key);
  return config;
}
