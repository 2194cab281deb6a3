import { isDict } from "../dialects/change.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonValue } from "../json/json.ts";

/** Something that a config says otherwise than it did. */
export interface ShownChange {
  readonly path: string;
  readonly key: string;
  readonly from: JsonValue | undefined;
  readonly to: JsonValue | undefined;
}

const mostLines = 10;
const longest = 40;

/** Changes in few lines, those of most layers first: what is alike is counted. */
export function changeLines(changes: readonly ShownChange[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { path, key, from, to } of changes) {
    const text = `${key}: ${shown(from)} → ${shown(to)}`;
    const known = groups.get(text);
    if (known) known.push(path);
    else groups.set(text, [path]);
  }
  const sorted = [...groups].sort(([, a], [, b]) => b.length - a.length);
  const lines = sorted.slice(0, mostLines).map(([text, paths]) => `${text}, ${whereOf(paths)}`);
  const rest = sorted.slice(mostLines).reduce((sum, [, { length }]) => sum + length, 0);
  return rest > 0 ? [...lines, `and ${rest} more, which --json lists`] : lines;
}

function whereOf(paths: readonly string[]): string {
  const [first = ""] = paths;
  return paths.length === 1 ? first : `${paths.length} times`;
}

/** A value in few words: of an object its class. */
function shown(value: JsonValue | undefined): string {
  if (value === undefined) return "none";
  const isObject = isDict(value) && typeof value.class_name === "string";
  const name = isDict(value) && isDict(value.config) ? value.config.name : undefined;
  const text = isObject
    ? `${value.class_name}${typeof name === "string" ? ` ${inspect(name)}` : ""}`
    : inspect(value);
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
