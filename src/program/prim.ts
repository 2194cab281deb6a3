import { primOf } from "./emit.ts";
import { elementwiseRules } from "./rules/elementwise.ts";
import { linearRules } from "./rules/linear.ts";
import { reduceRules } from "./rules/reduce.ts";
import { shapeRules } from "./rules/shape.ts";

/**
 * Applies a primitive that nearly every program has: elementwise ones, reductions, changes of shape, products. Those of
 * the other families are applied by what stands beside their rules, such as `windowPrim`: a program carries the
 * families that it uses.
 */
export const prim = /* @__PURE__ */ primOf({
  ...elementwiseRules,
  ...reduceRules,
  ...shapeRules,
  ...linearRules,
});
