import { objectKind } from "../registry/object-field.ts";
import { Optimizer } from "./optimizer.ts";

/** The kind of the fields that hold an optimizer. */
export const anOptimizer = /* @__PURE__ */ objectKind(
  "optimizer",
  "an optimizer",
  (found) => found instanceof Optimizer,
);
