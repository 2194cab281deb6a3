import { batchNormRules } from "./rules/batch-norm.ts";
import { bitRules } from "./rules/bits.ts";
import { controlRules } from "./rules/control.ts";
import { einsumRules } from "./rules/einsum.ts";
import { elementwiseRules } from "./rules/elementwise.ts";
import { gatherRules } from "./rules/gather.ts";
import { linearRules } from "./rules/linear.ts";
import { orderRules } from "./rules/order.ts";
import { pieceRules } from "./rules/piece.ts";
import { randomRules } from "./rules/random.ts";
import { reduceRules } from "./rules/reduce.ts";
import { scanRules } from "./rules/scan.ts";
import { shapeRules } from "./rules/shape.ts";
import { topKRules } from "./rules/top-k.ts";
import { windowRules } from "./rules/window.ts";

/** What each primitive gives that nearly every program may have. */
export const usualRules = {
  ...elementwiseRules,
  ...reduceRules,
  ...batchNormRules,
  ...shapeRules,
  ...pieceRules,
  ...gatherRules,
  ...linearRules,
  ...einsumRules,
  ...windowRules,
  ...orderRules,
  ...topKRules,
  ...randomRules,
  ...scanRules,
  ...controlRules,
  ...bitRules,
};
