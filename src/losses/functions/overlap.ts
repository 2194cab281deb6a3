import { float } from "../../fields/shorthands.ts";
import { add, divide, multiply, subtract } from "../../ops/arithmetic.ts";
import { axes } from "../../ops/kinds.ts";
import { sum } from "../../ops/reduction.ts";
import type { Numeric } from "../../program/emit.ts";
import { lossFunction } from "../function.ts";

const EPSILON = 1e-7;

export const diceFields = {
  /** The axes that are summed over. Defaults to null, all of them. */
  axis: axes(null),
};

/** How little two masks overlap, from 0 to 1: `1 − 2 · |both| / (|truth| + |prediction|)`. */
export const dice = /* @__PURE__ */ lossFunction(
  "dice",
  (yTrue, yPred, { axis }) => {
    const total = (x: Numeric) => sum(x, { axis });
    const both = multiply(2, total(multiply(yTrue, yPred)));
    return subtract(1, divide(both, add(add(total(yTrue), total(yPred)), EPSILON)));
  },
  diceFields,
);

export const tverskyFields = {
  /** How much what is missed counts. Defaults to 0.5. */
  alpha: float(0.5),
  /** How much what is found by mistake counts. Defaults to 0.5. */
  beta: float(0.5),
  /** The axes that are summed over. Defaults to null, all of them. */
  axis: { ...axes(null), since: "3.8" },
};

/** The same as {@link dice} where both kinds of mistakes count half; else they count `alpha` and `beta`. */
export const tversky = /* @__PURE__ */ lossFunction(
  "tversky",
  (yTrue, yPred, { alpha, beta, axis }) => {
    const total = (x: Numeric) => sum(x, { axis });
    const both = total(multiply(yTrue, yPred));
    const missed = total(multiply(subtract(1, yPred), yTrue));
    const mistaken = total(multiply(yPred, subtract(1, yTrue)));
    const all = add(add(both, multiply(missed, alpha)), multiply(mistaken, beta));
    return subtract(1, divide(both, add(all, EPSILON)));
  },
  tverskyFields,
);
