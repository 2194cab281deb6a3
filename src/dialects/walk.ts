import { attachment } from "../json/attachment.ts";
import type { JsonObject } from "../json/json.ts";
import { type Change, type Named, nameOf, packageOf, type Rule } from "./change.ts";
import { changes } from "./changes.ts";
import type { Dialect } from "./version.ts";

/** Turns JSON of one kind and one dialect into that of another. */
export interface Walk {
  /** What a dialect wrote, as the newest one would. */
  up(json: JsonObject, about: Named, dialect: Dialect): JsonObject;
  /** What the newest dialect writes, as another would. */
  down(json: JsonObject, about: Named, dialect: Dialect): JsonObject;
}

interface Step extends Rule {
  readonly since: Dialect;
}

/** All changes that the program has: those of Keras 3, and older ones with what reads or writes older files. */
const known = {
  changes,
  /** A model's text with what its Keras says beside the config. */
  sign: (text: JsonObject): JsonObject => text,
};

/** Has the program know changes that are older than those it has, and how models of theirs are signed. */
export function knowOlder(older: readonly Change[], sign: (text: JsonObject) => JsonObject): void {
  known.changes = [...older, ...changes];
  known.sign = sign;
}

/** A model's text as its Keras writes it. */
export function signed(text: JsonObject): JsonObject {
  return known.sign(text);
}

/** The walk through the changes of one kind of JSON. Which of them are about a class is looked up once. */
export function walk(kind: "configs" | "envelopes" | "graphs", given?: readonly Change[]): Walk {
  let all: readonly Change[] = [];
  let found = attachment<readonly Step[]>();
  const pathOf = (about: Named): readonly Step[] => {
    const now = given ?? known.changes;
    if (now !== all) found = attachment();
    all = now;
    let path = found.get(about);
    if (!path) {
      path = all.flatMap(({ since, [kind]: rules = {} }) => {
        const rule = rules[nameOf(about)] ?? rules[packageOf(about)] ?? rules["*"];
        return rule ? [{ since, ...rule }] : [];
      });
      found.set(about, path);
    }
    return path;
  };
  return {
    up(json, about, dialect) {
      let result = json;
      for (const { since, read } of pathOf(about)) if (since > dialect && read) result = read(result, about);
      return result;
    },
    down: (json, about, dialect) =>
      pathOf(about).reduceRight((result, { since, write, ended = [] }) => {
        if (since > dialect) return write ? write(result, about) : result;
        for (const key of ended) delete result[key];
        return result;
      }, json),
  };
}

export const configs = /* @__PURE__ */ walk("configs");
export const envelopes = /* @__PURE__ */ walk("envelopes");
export const graphs = /* @__PURE__ */ walk("graphs");
