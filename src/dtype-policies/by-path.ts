import { ModelError } from "../errors.ts";
import type { Kind } from "../fields/kinds.ts";
import { setEntry } from "../json/copy.ts";
import type { JsonObject } from "../json/json.ts";
import { keysOf } from "../json/marks.ts";
import { joinPath } from "../json/path.ts";
import { quote } from "../json/quote.ts";
import { fullMatcher } from "./automaton.ts";

/** Values by paths of layers or variables, or by regular expressions of Python that match whole paths. */
export type ByPath<T> = Readonly<Record<string, T>> | ReadonlyMap<string, T>;

/** The kind of the fields that hold a value of another kind for each path. */
export function byPath<In, Out>(
  each: Kind<In, Out>,
  kind: string,
  expected: string,
): Kind<ByPath<In>, ReadonlyMap<string, Out>> {
  return {
    kind,
    expected,
    schema: { type: "object", additionalProperties: each.schema },
    parse(input, problems) {
      if (typeof input !== "object" || input === null || Array.isArray(input))
        return problems.expected(expected, input);
      const entries: (readonly [string, unknown])[] =
        input instanceof Map ? [...input] : keysOf(input).map((key) => [key, (input as JsonObject)[key]]);
      return new Map(
        entries.map(([path, value]) => [path, problems.at(path, () => each.parse(value, problems))]),
      );
    },
    toJson(map) {
      const json: JsonObject = {};
      for (const [path, value] of map) setEntry(json, path, each.toJson(value));
      return json;
    },
  };
}

/** The value that a map has for exactly a path, or else for an expression that matches it; undefined for none. */
export function entryFor<T>(
  map: ReadonlyMap<string, T>,
  path: string,
  [owner, field]: readonly [owner: string, field: string],
): T | undefined {
  const exact = map.get(path);
  if (exact) return exact;
  const where = joinPath(owner, field);
  const matching = matchersOf(map, where).flatMap(([key, matches]) => (matches(path) ? [key] : []));
  if (matching.length > 1) {
    const list = matching.map((key) => quote(key)).join(" and ");
    const message = `expected at most one entry that matches ${quote(path)}, received ${list}.`;
    throw new ModelError(owner, message);
  }
  const [found] = matching;
  return found === undefined ? undefined : map.get(found);
}

/** What was made of the expressions of a map, when they were first needed. */
const matchers = new WeakMap<ReadonlyMap<string, unknown>, readonly Matcher[]>();

type Matcher = readonly [expression: string, matches: (path: string) => boolean];

function matchersOf(map: ReadonlyMap<string, unknown>, where: string): readonly Matcher[] {
  const known = matchers.get(map);
  if (known) return known;
  const made = [...map.keys()].map((key) => [key, fullMatcher(joinPath(where, key), key)] as const);
  matchers.set(map, made);
  return made;
}
