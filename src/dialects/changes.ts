import { attachment } from "../json/attachment.ts";
import type { JsonObject } from "../json/json.ts";
import { type Behaviour, type Change, type Named, nameOf } from "./change.ts";
import { computing } from "./keras-2/computing.ts";
import { keras304 } from "./keras-3.4.ts";
import { keras307 } from "./keras-3.7.ts";
import { keras308 } from "./keras-3.8.ts";
import { keras309 } from "./keras-3.9.ts";
import { keras310 } from "./keras-3.10.ts";
import { keras311 } from "./keras-3.11.ts";
import { keras312 } from "./keras-3.12.ts";
import { keras313 } from "./keras-3.13.ts";
import { keras314 } from "./keras-3.14.ts";
import { keras315 } from "./keras-3.15.ts";
import { keras316 } from "./keras-3.16.ts";
import type { Dialect } from "./version.ts";

/** All changes that are known, the oldest first. In memory there is the newest dialect only. */
export const changes: readonly Change[] = [
  ...computing,
  keras304,
  keras307,
  keras308,
  keras309,
  keras310,
  keras311,
  keras312,
  keras313,
  keras314,
  keras315,
  keras316,
];

const signs = /* @__PURE__ */ changes.filter(({ isSeenIn }) => isSeenIn);
/** The newest version whose sign a dict of a config bears; null where there is none. */
export function signOf(json: JsonObject): Dialect | null {
  let newest: Dialect | null = null;
  for (const { since, isSeenIn } of signs) if (isSeenIn?.(json)) newest = since;
  return newest;
}

const behaviours = /* @__PURE__ */ attachment<readonly { since: Dialect; own: Behaviour }[]>();

/** What sets objects of a class, or of one that extends it, apart from new ones where they came from files of a version. */
export function behaviourOf(cls: Named, dialect: Dialect): Behaviour | null {
  let known = behaviours.get(cls);
  if (!known) {
    known = changes.flatMap(({ since, behaviour = {} }) => {
      let base = cls;
      while (base.className !== undefined && !behaviour[nameOf(base)]) base = Object.getPrototypeOf(base);
      const own = behaviour[nameOf(base)];
      return own ? [{ since, own }] : [];
    });
    behaviours.set(cls, known);
  }
  let found: Behaviour | null = null;
  for (const { since, own } of known) if (since <= dialect) found = Object.assign({}, found, own);
  return found;
}
