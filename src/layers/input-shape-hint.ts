import { ConfigError } from "../errors.ts";
import type { Fields } from "../fields/field.ts";
import { inspect } from "../json/inspect.ts";
import type { Shape } from "../tensor/shape.ts";

/**
 * Takes from a layer's options what Keras 2 said in them of a model's first input: `input_shape`, or `input_dim` where
 * the class has no field of that name.
 */
export function takeInputShape(options: object, fields: Fields): { hint: Shape | null; rest: object } {
  // Options that are none are complained about where they are read.
  if (typeof options !== "object" || options === null) return { hint: null, rest: options };
  const hasSize = "input_dim" in options && !Object.hasOwn(fields, "input_dim");
  if (!("input_shape" in options || hasSize)) return { hint: null, rest: options };
  const { input_shape, ...rest } = options as Record<string, unknown>;
  const hint = hasSize && typeof rest.input_dim === "number" ? [rest.input_dim] : input_shape;
  if (hasSize) delete rest.input_dim;
  if (!Array.isArray(hint) || !hint.every((size) => size === null || Number.isInteger(size))) {
    throw new ConfigError("input_shape", `expected a list of integers or null, received ${inspect(hint)}.`);
  }
  return { hint: hint as Shape, rest };
}
