import type { Field } from "../../fields/field.ts";
import { type Kind, nullable, optional } from "../../fields/kinds.ts";
import { seed as aSeed, floatBetween } from "../../fields/shorthands.ts";
import type { NoiseShape } from "../../random/drawing.ts";

const aNoiseShape: Kind<NoiseShape, NoiseShape> = {
  kind: "shape",
  expected: "a list of positive integers, or null for a size of the input",
  schema: { type: "array", items: { anyOf: [{ type: "integer", minimum: 1 }, { type: "null" }] } },
  parse(input, problems) {
    const fits = (item: unknown) => item === null || (Number.isInteger(item) && (item as number) > 0);
    if (Array.isArray(input) && input.every(fits)) return [...(input as NoiseShape)];
    return problems.expected(this.expected, input);
  },
  toJson: (value) => [...value],
};

/** The shape of the noise, which is repeated along axes of size 1; null is that of the input. */
export function noiseShape(): Field<NoiseShape | null, NoiseShape | null, false> {
  return optional(nullable(aNoiseShape), null);
}

/** A share of the elements. */
export const rate = floatBetween(0, 1);

/** Makes random numbers reproducible; null draws a seed. */
export const seed = () => aSeed(null);
