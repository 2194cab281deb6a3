const own = "tag:yaml.org,2002:";

/** What a tag asks for, by what is taken of it: plain data, or a part of a number of NumPy. */
export type Meaning = "text" | "scalar" | "list" | "dict" | "number" | "dtype" | "bytes";

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
]);

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
