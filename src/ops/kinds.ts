import type { Field } from "../fields/field.ts";
import { anInteger, integerOrList, listOf, nullable, optional } from "../fields/kinds.ts";
import { shorthand } from "../fields/shorthands.ts";

/** Which axes: one, several, or null for all. */
export type Axes = number | readonly number[] | null;

/** An axis or several; null means all. */
export function axes(byDefault: Axes = null): Field<Axes, Axes, false> {
  return optional(nullable(integerOrList), byDefault);
}

/** Integers: one or a list, kept as given. */
export const integersField = shorthand(integerOrList);
/** A list of integers. */
export const integerList = shorthand(listOf(anInteger));
