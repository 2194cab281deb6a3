import type { PrimitiveName, SpecRule } from "./primitives.ts";
import { ctcRules } from "./rules/ctc.ts";
import { distributionRules } from "./rules/distributions.ts";
import { fourierRules } from "./rules/fourier.ts";
import { linalgRules } from "./rules/linalg.ts";
import { textRules } from "./rules/text.ts";
import { usualRules } from "./usual-rules.ts";

export { broadcastShapes } from "./rules/broadcast.ts";

/** What each primitive gives, from the shapes and dtypes it is given; a misfit is a ShapeError. */
export const specRules: { readonly [K in PrimitiveName]: SpecRule<K> } = {
  ...usualRules,
  ...distributionRules,
  ...fourierRules,
  ...linalgRules,
  ...ctcRules,
  ...textRules,
};
