import { either, type Kind, nullable, oneOf } from "../../fields/kinds.ts";
import { placeOf } from "../../graph/graph.ts";
import type { Numeric } from "../../program/emit.ts";
import { aFunction, type FunctionLike, type FunctionOrOpaque } from "../../registry/function-field.ts";
import { MissingCode, OpaqueObject } from "../../registry/opaque.ts";
import type { Layer } from "../layer.ts";

/** One of some ways to work on texts, a function that does it, or null for none. */
export function aTextStep<Name extends string>(
  ...names: readonly Name[]
): Kind<Name | FunctionLike | null, Name | FunctionOrOpaque | null> {
  return nullable(either(oneOf(...names), (input) => typeof input === "string", aFunction));
}

/** Runs a function on texts; one of Python cannot run here. */
export function runTextStep(step: FunctionOrOpaque, texts: Numeric, layer: Layer, option: string): Numeric {
  if (step instanceof OpaqueObject)
    throw new MissingCode(
      placeOf(layer),
      `expected a function of JavaScript for ${option}, received one of Python. Pass yours by its name in customObjects when the config is read.`,
    );
  return step(texts) as Numeric;
}
