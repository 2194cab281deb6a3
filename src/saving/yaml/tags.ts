const own = "tag:yaml.org,2002:";

/**
 * What a tag asks for, by what is taken of it: plain data, a number of NumPy or a part of one, or what a list or dict of
 * TensorFlow's own class was made of: the argument of its constructor, or its items.
 */
export type Meaning =
  | ("text" | "scalar" | "list" | "dict")
  | ("number" | "array" | "name" | "dtype" | "bytes")
  | ("argument" | "items");

/** Plain data of YAML, and of Python as its own library writes it. */
const meanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ["!", "text"],
  [`${own}str`, "text"],
  [`${own}python/str`, "text"],
  [`${own}python/unicode`, "text"],
  ...["null", "bool", "int", "float"].map((name): [string, Meaning] => [own + name, "scalar"]),
  ...["none", "bool", "int", "long", "float"].map((name): [string, Meaning] => [
    `${own}python/${name}`,
    "scalar",
  ]),
  [`${own}seq`, "list"],
  [`${own}python/list`, "list"],
  [`${own}python/tuple`, "list"],
  [`${own}map`, "dict"],
  [`${own}python/dict`, "dict"],
  [`${own}binary`, "bytes"],
  [`${own}python/object/apply:numpy.core.multiarray.scalar`, "number"],
  [`${own}python/object/apply:numpy._core.multiarray.scalar`, "number"],
  [`${own}python/object/apply:numpy.dtype`, "dtype"],
  [`${own}python/object/apply:numpy.core.multiarray._reconstruct`, "array"],
  [`${own}python/object/apply:numpy._core.multiarray._reconstruct`, "array"],
  [`${own}python/name:numpy.ndarray`, "name"],
  ...[
    "training.tracking.data_structures.ListWrapper",
    "framework.tensor_shape.TensorShape",
    "framework.tensor_shape.Dimension",
  ].map((name): [string, Meaning] => [`${own}python/object/apply:tensorflow.python.${name}`, "argument"]),
  [`${own}python/object/new:tensorflow.python.keras.utils.generic_utils.SharedObjectConfig`, "items"],
]);

/** What is taken in a number of NumPy alone. */
const parts: ReadonlySet<Meaning> = new Set<Meaning>(["dtype", "bytes", "name"]);

/** Whether it is a part of a number of NumPy, and nothing elsewhere. */
export function isPartOfNumber(meaning: Meaning): boolean {
  return parts.has(meaning);
}

/** What a tag asks for; undefined where that is nothing which is taken here. */
export function meaningOf(tag: string): Meaning | undefined {
  return meanings.get(tag);
}

/** A tag as it is written in a text. */
export function shownTag(tag: string): string {
  return tag.startsWith(own) ? `!!${tag.slice(own.length)}` : tag;
}

/** Whether a tag has Python's library make an object, which can call anything. */
export function makesObjects(tag: string): boolean {
  return tag.startsWith(`${own}python/`);
}
