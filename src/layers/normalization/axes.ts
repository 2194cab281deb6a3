import { anInteger, either, type Kind, listOf } from "../../fields/kinds.ts";
import { shorthand } from "../../fields/shorthands.ts";
import type { JsonValue } from "../../json/json.ts";

/** One axis, or several. */
export const axes = shorthand<number | readonly number[], number | readonly number[]>({
  ...(either(listOf(anInteger), Array.isArray, anInteger) as Kind<
    number | readonly number[],
    number | readonly number[]
  >),
  expected: "an integer or a list of integers",
  toJson: (value): JsonValue => (typeof value === "number" ? value : [...value]),
});
