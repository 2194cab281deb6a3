import { primOf } from "../emit.ts";
import { along } from "./reduce.ts";

export const orderRules = {
  sort: along("sort", "any"),
  argsort: along("argsort", "any", "int32"),
  cumsum: along("cumsum", "any"),
};

/** Sorts and sums up. */
export const orderPrim = /* @__PURE__ */ primOf(orderRules);
