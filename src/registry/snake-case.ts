/** `GlobalAveragePooling2D` → `global_average_pooling2d`, as Keras makes names of classes. */
export function toSnakeCase(name: string): string {
  return name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** The same of types: `GlorotUniform` → `glorot_uniform`. */
export type SnakeCase<
  Name extends string,
  Before extends string = "",
> = Name extends `${infer First}${infer Rest}`
  ? `${[Before, First] extends [Lower<Before>, Upper<First>] ? "_" : ""}${Lowercase<First>}${SnakeCase<Rest, First>}`
  : "";

/** A letter in lower case, or nothing; likewise in upper case. */
type Lower<Letter extends string> = Letter extends Uppercase<Letter> ? never : Lowercase<Letter>;
type Upper<Letter extends string> = Letter extends Lowercase<Letter> ? never : Uppercase<Letter>;
