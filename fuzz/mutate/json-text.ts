import type { Random } from "../random.ts";
import type { Plain } from "../reader.ts";
import { isContainer } from "./places.ts";

/** A value as JSON text of Python's kind: NaN and long integers are written as they are, `undefined` as null. */
export function jsonText(value: Plain): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (!isContainer(value)) return JSON.stringify(value ?? null);
  const isList = Array.isArray(value);
  let text = "";
  for (const [key, item] of Object.entries(value)) {
    text += `${text === "" ? "" : ", "}${isList ? "" : `${JSON.stringify(key)}: `}`;
    text += jsonText(item);
  }
  return isList ? `[${text}]` : `{${text}}`;
}

/** What JSON text may have in it and what it may not. */
const snippets: readonly string[] = [
  "1.0",
  "-0.0",
  "1e5",
  "1E400",
  "-1e-400",
  "123456789012345678901234567890",
  "0123",
  "1.",
  ".5",
  "+1",
  "-",
  "NaN",
  "-Infinity",
  "nan",
  "None",
  "True",
  "null",
  "undefined",
  '"\\ud800"',
  '"\\u0000"',
  '"\\x"',
  '"\t"',
  '"\\"',
  "'a'",
  '{"__proto__": {"a": 1}}',
  '{"1": 1, "a": 2, "0": 3}',
  '{"a": 1, "a": 2.0}',
  "[]",
  "{}",
  "[1,]",
  "[,]",
  "// x",
  "\ufeff",
  "\u2028",
  "\u00a0",
];

/** Changes text at the places where JSON means something. */
export function mutateText(seed: string, random: Random): string {
  let text = seed;
  for (let left = random.few(); left > 0; left--) {
    const at = random.below(text.length + 1);
    const some = Math.min(text.length, at + random.pick([1, 1, 2, 5, 40]));
    const deep = random.pick([5, 400, 999, 1001, 2500, 20_000]);
    text = random.pick([
      () => text.slice(0, at),
      () => text.slice(at),
      () => text.slice(0, at) + text.slice(some),
      () => text.slice(0, at) + random.pick(snippets) + text.slice(some),
      () => text.slice(0, at) + random.pick(snippets) + text.slice(at),
      () =>
        text.slice(0, at) +
        String.fromCharCode(random.below(random.pick([128, 256, 65536]))) +
        text.slice(at),
      () => replaced(text, random),
      () => replaced(text, random),
      () => text.slice(0, at) + random.pick(["[", '{"a":', '[{"a":']).repeat(deep) + text.slice(at),
      () =>
        text.slice(0, at) +
        random.pick(["[]", "0", "{}", '""', '"a":1']).concat(",").repeat(deep) +
        text.slice(at),
    ])();
  }
  return text;
}

/** A whole value of the text in the place of which another stands. */
function replaced(text: string, random: Random): string {
  const values = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|null|true|false|\[\]|\{\}/g)];
  if (values.length === 0) return text + random.pick(snippets);
  const found = random.pick(values);
  const given = random.once(3) ? random.pick(values)[0] : random.pick(snippets);
  return text.slice(0, found.index) + given + text.slice(found.index + found[0].length);
}
