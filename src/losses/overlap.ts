import type { OptionsOf } from "../fields/field.ts";
import { axes } from "../ops/kinds.ts";
import { functionLoss } from "./function-loss.ts";
import { circle, circleFields } from "./functions/circle.ts";
import { dice, tversky, tverskyFields } from "./functions/overlap.ts";
import type { LossClassOptions } from "./loss.ts";

const diceFields = {
  /** The axes that are summed over. Defaults to null, all of them. */
  axis: { ...axes(null), since: "3.4" },
};

/** What {@link Dice} takes. */
export interface DiceOptions extends LossClassOptions, OptionsOf<typeof diceFields> {}

/** How little two masks overlap, from 0 to 1. */
export class Dice extends functionLoss("Dice", dice, diceFields)<DiceOptions> {}

/** What {@link Tversky} takes. */
export interface TverskyOptions extends LossClassOptions, OptionsOf<typeof tverskyFields> {}

/** How little two masks overlap, with weights for what is missed and what is found by mistake. */
export class Tversky extends functionLoss("Tversky", tversky, tverskyFields)<TverskyOptions> {}

/** What {@link Circle} takes. */
export interface CircleOptions extends LossClassOptions, OptionsOf<typeof circleFields> {}

/** How near embeddings of unlike labels are, and how far those of like ones; came with Keras 3.7. */
export class Circle extends functionLoss("Circle", circle, circleFields)<CircleOptions> {}
