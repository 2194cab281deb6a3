import type { Fields } from "./field.ts";

/** The names in a list such as `"units, activation"`. */
type NamesIn<List extends string> = List extends `${infer Name}, ${infer Rest}` ? Name | NamesIn<Rest> : List;

/** A list of names, or what is wrong with it. */
type Checked<List extends string, Name> = [Exclude<NamesIn<List>, Name>] extends [never]
  ? List
  : `no field is called ${Exclude<NamesIn<List>, Name> & string}`;

/**
 * The fields of a record that are named, in the order they are named in: that of Keras's config, where a class has
 * most of another's fields. `inOrder({ units: positiveInt(), seed: int(null) }, "seed, units")` begins with the seed.
 */
export function inOrder<const F extends Fields, const Lists extends string>(
  fields: F,
  ...lists: readonly Checked<Lists, keyof F>[]
): Pick<F, NamesIn<Lists> & keyof F> {
  const names = lists.flatMap((list) => list.split(", "));
  return Object.fromEntries(names.map((name) => [name, fields[name]])) as Pick<F, NamesIn<Lists> & keyof F>;
}
