import { ShapeError } from "../../errors.ts";
import { multiply } from "../../ops/arithmetic.ts";
import { notEqual } from "../../ops/comparison.ts";
import { ctcLoss } from "../../ops/ctc.ts";
import { dimension, filled } from "../../ops/dimensions.ts";
import { asDType } from "../../ops/operands.ts";
import { sum } from "../../ops/reduction.ts";
import { formatShape } from "../../tensor/shape.ts";
import { truthFunction } from "../function.ts";

/**
 * How unlikely sequences of labels are in any alignment with scores of steps: truths are numbers of classes `(batch,
 * labels)`, 0 where a sequence has ended; predictions are logits `(batch, steps, classes)`.
 */
export const ctc = /* @__PURE__ */ truthFunction("ctc", (yTrue, yPred) => {
  if (yTrue.shape.length !== 2 || yPred.shape.length !== 3) {
    const received = `${formatShape(yTrue.shape)} and ${formatShape(yPred.shape)}`;
    throw new ShapeError(
      "ctc",
      `expected truths (batch, labels) and predictions (batch, steps, classes), received ${received}.`,
    );
  }
  const steps = multiply(dimension(yPred, 1), filled([dimension(yPred, 0)], 1, "int32"));
  const labels = sum(asDType(notEqual(yTrue, 0), "int32"), { axis: -1 });
  return ctcLoss(yTrue, yPred, labels, steps);
});
