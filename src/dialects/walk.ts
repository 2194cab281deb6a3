import type { JsonObject } from "../json/json.ts";
import { type BehaviourOf, type Change, type Named, nameOf, packageOf, type Rule } from "./change.ts";
import { changes } from "./changes.ts";
import type { Lacks } from "./lacks.ts";
import { type Dialect, isOlder, type Range } from "./version.ts";

/** Turns JSON of one kind and one dialect into that of another. */
export interface Walk {
  /** What a dialect wrote, as the newest one would. */
  up(json: JsonObject, about: Named, dialect: Dialect): JsonObject;
  /** What the newest dialect writes, as another would; says what that lacks. */
  down(json: JsonObject, about: Named, dialect: Dialect, lacks: Lacks): JsonObject;
}

interface Step extends Rule {
  readonly since: Dialect;
}

type Kind = "configs" | "envelopes" | "graphs";

/** The version that takes how a model was compiled; without lacks nothing is written for it. */
interface Target {
  readonly dialect: Dialect | null;
  readonly lacks?: Lacks | null;
}

/** What a model with a graph gives, in its structure and in a list. */
export interface Graph {
  readonly output: unknown;
  readonly outputs: readonly { readonly node: { readonly operation: { readonly name: string } } | null }[];
}

/** A class as configs name it, and the keys of its config. */
export interface Fielded extends Named {
  readonly fields: Readonly<Record<string, unknown>>;
}

type Compiled = (config: JsonObject, from: Dialect | null, to: Target, graph: Graph | null) => JsonObject;

/** What of versions older than Keras 3 a program has: nothing, until it reads or writes files of theirs (`older.ts`). */
export const older = {
  walks: null as { readonly [K in Kind]: Walk } | null,
  /** Those that the program writes. */
  written: [] as readonly Range[],
  behaviourOf: null as BehaviourOf | null,
  /** Which of them has keys as in a config of a class that does not say its version; null where none shows. */
  shown: (_config: JsonObject, _cls: Fielded): Dialect | null => null,
  /** Makes what takes the place of a layer: a config that does not say its version is of the layer's then. */
  like: (_layer: object, make: () => unknown): unknown => make(),
  /** How a model of one version was compiled, as another takes it; `graph` is null of one without. */
  compiled: ((config) => config) as Compiled,
  /** A model's text as such a version signs it. */
  sign: (text: JsonObject): JsonObject => text,
  /** Told of each object that is written: what it is known by in the graph; null where its text has no ids of shared objects. */
  identityOf: (_object: object): string | null => null,
  /** A graph that is written, with such ids; `isCopied` says whether what was read is a copy's, null of a new one. */
  numbered: (_dialect: Dialect, write: () => JsonObject, _isCopied: () => boolean | null): JsonObject =>
    write(),
};

/** The walk through the changes of one kind of JSON. What they say of a class is put together once for all classes alike. */
export function walk(kind: Kind, all: readonly Change[] = changes): Walk {
  const steps = all.flatMap(({ since, [kind]: rules }) => (rules ? [{ since, rules }] : []));
  const named = new Set(steps.flatMap(({ rules }) => Object.keys(rules)));
  const found = new Map<string, readonly Step[]>();
  const pathOf = (about: Named): readonly Step[] => {
    const keys = [nameOf(about), packageOf(about), "*"].filter((key) => named.has(key));
    const alike = keys.join(" ");
    let path = found.get(alike);
    if (!path) {
      path = steps.flatMap(({ since, rules }) => {
        const key = keys.find((key) => rules[key]);
        return key === undefined ? [] : [{ since, ...rules[key] }];
      });
      found.set(alike, path);
    }
    return path;
  };
  const reads = steps.some(({ rules }) => Object.values(rules).some(({ read }) => read));
  return {
    up(json, about, dialect) {
      let result = json;
      if (reads)
        for (const { since, read } of pathOf(about))
          if (since > dialect && read) result = read(result, about);
      return result;
    },
    down: (json, about, dialect, lacks) =>
      pathOf(about).reduceRight((result, { since, write, ended = [] }) => {
        if (since > dialect) return write ? write(result, about, lacks) : result;
        for (const key of ended) delete result[key];
        return result;
      }, json),
  };
}

/** The walk through all changes that the program has. */
function wholeWalk(kind: Kind): Walk {
  const { up, down } = walk(kind);
  return {
    up(json, about, dialect) {
      const before = isOlder(dialect) ? older.walks?.[kind].up(json, about, dialect) : undefined;
      return up(before ?? json, about, dialect);
    },
    down(json, about, dialect, lacks) {
      const after = down(json, about, dialect, lacks);
      return (isOlder(dialect) && older.walks?.[kind].down(after, about, dialect, lacks)) || after;
    },
  };
}

export const configs = /* @__PURE__ */ wholeWalk("configs");
export const envelopes = /* @__PURE__ */ wholeWalk("envelopes");
export const graphs = /* @__PURE__ */ wholeWalk("graphs");
