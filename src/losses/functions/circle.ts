import { nullable, optional } from "../../fields/kinds.ts";
import { bool, float } from "../../fields/shorthands.ts";
import { setMask } from "../../graph/mask.ts";
import { softplus } from "../../ops/activation.ts";
import { add, maximum, multiply, subtract } from "../../ops/arithmetic.ts";
import { equal, greater, logicalAnd, notEqual, where } from "../../ops/comparison.ts";
import { arange } from "../../ops/creation.ts";
import { dimension, reshapeTo } from "../../ops/dimensions.ts";
import { exp, log } from "../../ops/float-functions.ts";
import { matmul } from "../../ops/matmul.ts";
import { asDType, asResult } from "../../ops/operands.ts";
import { max, sum } from "../../ops/reduction.ts";
import { transpose } from "../../ops/transposing.ts";
import { isfinite, logicalNot } from "../../ops/truths.ts";
import { operand } from "../../ops/value-kinds.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { truthFunction } from "../function.ts";

export const circleFields = {
  /** How sharply pairs are told apart. Defaults to 80. */
  gamma: float(80),
  /** How far from the best a pair may be. Defaults to 0.4. */
  margin: float(0.4),
  /** Whether an embedding is no pair with itself. Defaults to true. */
  remove_diagonal: bool(true),
};

const references = {
  /** Labels of other embeddings to compare with. Defaults to the labels themselves. */
  ref_labels: optional(nullable(operand), null),
  /** Other embeddings to compare with. Defaults to the embeddings themselves. */
  ref_embeddings: optional(nullable(operand), null),
};

/**
 * How near embeddings of unlike labels are, and how far those of like ones, by the cosines of unit vectors `(n, d)`;
 * labels are integers `(n)`. Source: Keras 3.7 `losses/losses.py`.
 */
export const circle = /* @__PURE__ */ truthFunction(
  "circle",
  (yTrue, yPred, { gamma, margin, remove_diagonal, ref_labels, ref_embeddings }) => {
    const others = ref_embeddings === null ? yPred : asResult(ref_embeddings);
    const { like, unlike } = pairsOf(yTrue, ref_labels ?? yTrue, remove_diagonal);
    const distance = maximum(subtract(1, matmul(yPred, transpose(others))), 0);
    const likeWeight = maximum(multiply(add(margin, distance), asDType(like, distance.dtype)), 0);
    const unlikeWeight = maximum(
      multiply(subtract(1 + margin, distance), asDType(unlike, distance.dtype)),
      0,
    );
    const likeLoss = multiply(multiply(-gamma, likeWeight), subtract(margin, distance));
    const unlikeLoss = multiply(multiply(gamma, unlikeWeight), subtract(1 - margin, distance));
    const losses = softplus(add(logSumOf(likeLoss, like), logSumOf(unlikeLoss, unlike)));
    setMask(losses, greater(losses, 0));
    return losses;
  },
  { ...circleFields, ...references },
);

/** Which of the embeddings and the others have one label. */
function pairsOf(labels: Operand, others: Operand, removesDiagonal: boolean) {
  const rows = reshapeTo(asDType(labels, "int32"), [-1, 1]);
  const columns = reshapeTo(asDType(others, "int32"), [1, -1]);
  const same = equal(rows, columns);
  const like = removesDiagonal ? logicalAnd(same, offDiagonal(rows, columns)) : same;
  return { like, unlike: logicalNot(same) };
}

function offDiagonal(rows: Numeric, columns: Numeric): Numeric {
  const [down, across] = [arange(dimension(rows, 0)), arange(dimension(columns, 1))];
  return notEqual(reshapeTo(down, [-1, 1]), reshapeTo(across, [1, -1]));
}

/** The logarithm of the sum of exponentials of each row where a mask holds; -∞ where it holds nowhere. */
function logSumOf(x: Numeric, mask: Numeric): Numeric {
  const held = where(mask, x, asDType(Number.NEGATIVE_INFINITY, x.dtype));
  const highest = max(held, { axis: 1, keepdims: true });
  const shift = where(isfinite(highest), highest, asDType(0, x.dtype));
  const total = log(sum(exp(subtract(held, shift)), { axis: 1, keepdims: true }));
  return reshapeTo(add(total, shift), [dimension(x, 0)]);
}
