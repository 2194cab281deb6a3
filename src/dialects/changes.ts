import type { JsonObject } from "../json/json.ts";
import type { Change } from "./change.ts";
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

/** All changes that every program has, the oldest first. In memory there is the newest dialect only. */
export const changes: readonly Change[] = [
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
