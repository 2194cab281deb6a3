import { add, maximum, multiply, subtract } from "../../ops/arithmetic.ts";
import { equal, logicalOr, where } from "../../ops/comparison.ts";
import { square } from "../../ops/elementwise.ts";
import { all, max, mean, sum } from "../../ops/reduction.ts";
import type { Numeric } from "../../program/emit.ts";
import { lossFunction } from "../function.ts";

/** The mean of `max(1 − truth · prediction, 0)`, over the last axis. Truths are -1 and 1; where all are 0 or 1, 0 is -1. */
export const hinge = /* @__PURE__ */ lossFunction("hinge", (yTrue, yPred) =>
  mean(margins(yTrue, yPred), { axis: -1 }),
);

/** The mean of the squares of `max(1 − truth · prediction, 0)`, over the last axis. Truths are as those of {@link hinge}. */
export const squaredHinge = /* @__PURE__ */ lossFunction("squared_hinge", (yTrue, yPred) =>
  mean(square(margins(yTrue, yPred)), { axis: -1 }),
);

/** How far the best of the wrong classes is above the right one, and 1 more; at least 0. Truths are 0 and 1. */
export const categoricalHinge = /* @__PURE__ */ lossFunction("categorical_hinge", (yTrue, yPred) => {
  const right = sum(multiply(yTrue, yPred), { axis: -1 });
  const wrong = max(multiply(subtract(1, yTrue), yPred), { axis: -1 });
  return maximum(add(subtract(wrong, right), 1), 0);
});

function margins(yTrue: Numeric, yPred: Numeric): Numeric {
  const isBinary = all(logicalOr(equal(yTrue, 0), equal(yTrue, 1)));
  const signs = where(isBinary, subtract(multiply(2, yTrue), 1), yTrue);
  return maximum(subtract(1, multiply(signs, yPred)), 0);
}
