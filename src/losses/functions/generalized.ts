import { ShapeError } from "../../errors.ts";
import { aFloat, refine, required } from "../../fields/kinds.ts";
import { divide, multiply, power, subtract } from "../../ops/arithmetic.ts";
import { dimension } from "../../ops/dimensions.ts";
import { oneHot } from "../../ops/indexing.ts";
import { asDType } from "../../ops/operands.ts";
import { sum } from "../../ops/reduction.ts";
import { truthFunction } from "../function.ts";

export const aShare = refine(aFloat, "a number between 0 and 1", (q: number) => q > 0 && q < 1, {
  type: "number",
  exclusiveMinimum: 0,
  exclusiveMaximum: 1,
});

/**
 * `(1 − p^q) / q`, where `p` is the probability predicted for the true class, a number from 0: for labels of which some
 * are wrong. Source: Keras 3.10 `losses/losses.py`.
 */
export const categoricalGeneralizedCrossEntropy = /* @__PURE__ */ truthFunction(
  "categorical_generalized_cross_entropy",
  (yTrue, yPred, { q }) => {
    const classes = dimension(yPred, -1);
    if (typeof classes !== "number")
      throw new ShapeError("categorical_generalized_cross_entropy", "expected a known number of classes.");
    const truth = asDType(oneHot(asDType(yTrue, "int32"), { num_classes: classes }), yPred.dtype);
    const p = sum(multiply(yPred, truth), { axis: -1 });
    return divide(subtract(1, power(p, q)), q);
  },
  {
    /** Between 0 and 1: the nearer to 0, the more like a crossentropy; the nearer to 1, the more like an error. */
    q: required(aShare),
  },
);
