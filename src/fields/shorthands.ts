import type { Field, FieldSettings } from "./field.ts";
import {
  aBoolean,
  aFloat,
  aFloatBetween,
  aNumber,
  anInteger,
  anyInteger,
  anyJson,
  aPositiveInteger,
  aShape,
  aString,
  integersAsList,
  type Kind,
  nullable,
  oneOf,
  optional,
  required,
  sizes,
} from "./kinds.ts";

/** Makes fields of one kind: required without a default, nullable where the default is null. */
export interface Shorthand<In, Out> {
  (): Field<In, Out, true>;
  (byDefault: null, settings?: FieldSettings): Field<In | null, Out | null, false>;
  (byDefault: In, settings?: FieldSettings): Field<In, Out, false>;
}

export function shorthand<In, Out>(kind: Kind<In, Out>): Shorthand<In, Out> {
  function field(...[byDefault, settings]: [(In | null)?, FieldSettings?]) {
    if (byDefault === undefined) return required(kind);
    return byDefault === null
      ? optional(nullable(kind), null, settings)
      : optional(kind, byDefault, settings);
  }
  return field as Shorthand<In, Out>;
}

/** True or false. */
export const bool = shorthand(aBoolean);
/** An integer. */
export const int = shorthand(anInteger);
/** A seed: an integer of any size. */
export const seed = shorthand({ ...anyInteger, droppable: true });
/** An integer of at least 1, such as a number of units. */
export const positiveInt = shorthand(aPositiveInteger);
/** A float: `1` is written `1.0`. */
export const float = shorthand(aFloat);
/** A number that stays the int or the float it was given. */
export const number = shorthand(aNumber);
/** A string. */
export const string = shorthand(aString);
/** A shape: a list of integers, null for what is not known. */
export const shape = shorthand(aShape);
/** Any JSON value, kept as it is. */
export const opaque = shorthand(anyJson);

/** Integers: one stands for a list of one; held and written as a list. */
export const integers = shorthand(integersAsList);

/** A float within bounds, both included. */
export function floatBetween(low: number, high: number): Shorthand<number, number> {
  return shorthand(aFloatBetween(low, high));
}

/** A float of at least 0, such as a variance or a strength. */
export const positiveFloat = floatBetween(0, Number.POSITIVE_INFINITY);

/** One of a fixed set of strings. */
export function choice<const T extends string>(...values: readonly T[]): Shorthand<T, T> {
  return shorthand(oneOf(...values));
}

/** A size per dimension; one integer stands for all. */
export function size(rank: number, minimum = 1): Shorthand<number | readonly number[], readonly number[]> {
  return shorthand(sizes(rank, minimum));
}
