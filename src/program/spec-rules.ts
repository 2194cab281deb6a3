import type { PrimitiveName, SpecRule } from "./primitives.ts";
import { batchNormRules } from "./rules/batch-norm.ts";
import { bitRules } from "./rules/bits.ts";
import { controlRules } from "./rules/control.ts";
import { ctcRules } from "./rules/ctc.ts";
import { einsumRules } from "./rules/einsum.ts";
import { elementwiseRules } from "./rules/elementwise.ts";
import { fourierRules } from "./rules/fourier.ts";
import { gatherRules } from "./rules/gather.ts";
import { linalgRules } from "./rules/linalg.ts";
import { linearRules } from "./rules/linear.ts";
import { orderRules } from "./rules/order.ts";
import { pieceRules } from "./rules/piece.ts";
import { randomRules } from "./rules/random.ts";
import { reduceRules } from "./rules/reduce.ts";
import { scanRules } from "./rules/scan.ts";
import { shapeRules } from "./rules/shape.ts";
import { textRules } from "./rules/text.ts";
import { topKRules } from "./rules/top-k.ts";
import { windowRules } from "./rules/window.ts";

export { broadcastShapes } from "./rules/broadcast.ts";

/** What each primitive gives, from the shapes and dtypes it is given; a misfit is a ShapeError. */
export const specRules: { readonly [K in PrimitiveName]: SpecRule<K> } = {
  ...elementwiseRules,
  ...reduceRules,
  ...batchNormRules,
  ...shapeRules,
  ...pieceRules,
  ...gatherRules,
  ...linearRules,
  ...linalgRules,
  ...fourierRules,
  ...ctcRules,
  ...einsumRules,
  ...windowRules,
  ...orderRules,
  ...topKRules,
  ...randomRules,
  ...scanRules,
  ...textRules,
  ...controlRules,
  ...bitRules,
};
