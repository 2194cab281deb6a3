import { functionLoss } from "./function-loss.ts";
import { categoricalHinge, hinge, squaredHinge } from "./functions/hinge.ts";
import type { LossClassOptions } from "./loss.ts";

/** The mean of `max(1 − truth · prediction, 0)`, with truths -1 and 1, or 0 and 1. */
export class Hinge extends functionLoss("Hinge", hinge)<LossClassOptions> {}

/** The mean of the squares of `max(1 − truth · prediction, 0)`, with truths -1 and 1, or 0 and 1. */
export class SquaredHinge extends functionLoss("SquaredHinge", squaredHinge)<LossClassOptions> {}

/** How far the best of the wrong classes is above the right one, and 1 more; at least 0. */
export class CategoricalHinge extends functionLoss("CategoricalHinge", categoricalHinge)<LossClassOptions> {}
