import type { JsonObject } from "../json/json.ts";
import { objectKind } from "../registry/object-field.ts";
import { Optimizer } from "./optimizer.ts";

/** What stands for an optimizer inside another: one, or its envelope. */
export type InnerOptimizer = Optimizer | Readonly<JsonObject>;

/** The kind of the fields that hold an optimizer. */
export const anOptimizer = /* @__PURE__ */ objectKind(
  "optimizer",
  "an optimizer",
  (found) => found instanceof Optimizer,
);
