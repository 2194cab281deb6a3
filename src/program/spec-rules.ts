import type { Attributes, PrimitiveName } from "./primitives.ts";
import { elementwiseRules } from "./rules/elementwise.ts";
import { gatherRules } from "./rules/gather.ts";
import { linearRules } from "./rules/linear.ts";
import { orderRules } from "./rules/order.ts";
import { reduceRules } from "./rules/reduce.ts";
import { scanRules } from "./rules/scan.ts";
import { shapeRules } from "./rules/shape.ts";
import { windowRules } from "./rules/window.ts";
import type { Spec } from "./value.ts";

export { broadcastShapes } from "./rules/broadcast.ts";

export type SpecRule<K extends PrimitiveName> = (
  inputs: readonly Spec[],
  attributes: Attributes[K],
) => Spec[];

/** What each primitive gives, from the shapes and dtypes it is given; a misfit is a ShapeError. */
export const specRules: { readonly [K in PrimitiveName]: SpecRule<K> } = {
  ...elementwiseRules,
  ...reduceRules,
  ...shapeRules,
  ...gatherRules,
  ...linearRules,
  ...windowRules,
  ...orderRules,
  ...scanRules,
};
