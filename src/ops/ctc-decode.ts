import "../engines/reference/at-once/ctc.ts";
import { ShapeError } from "../errors.ts";
import { anInteger, nullable, optional } from "../fields/kinds.ts";
import { bool, choice, positiveInt } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { mayEqual } from "../program/rules/check.ts";
import { ctcBeamSearch } from "../program/rules/ctc.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { orderPrim } from "../program/rules/order.ts";
import { formatShape } from "../tensor/shape.ts";
import { arange } from "./creation.ts";
import { binary } from "./define.ts";
import { dimension, filled, reshapeTo } from "./dimensions.ts";
import { join } from "./joining.ts";
import { asDType, asOperand, promote, shapeOf } from "./operands.ts";
import { sliceAxis } from "./slice-axis.ts";

const decodeFields = () => ({
  /** "greedy" takes the likeliest class of each step, "beam_search" looks for the likeliest labels. Defaults to "greedy". */
  strategy: choice("greedy", "beam_search")("greedy"),
  /** How many labelings the search goes on with after each step. Defaults to 100. */
  beam_width: positiveInt(100),
  /** How many of the likeliest labelings are given. Defaults to 1; "greedy" always gives 1. */
  top_paths: positiveInt(1),
  /** Whether equal classes one after the other are one label, with "greedy". Defaults to true. */
  merge_repeated: bool(true),
  /** The class that stands for no label; null: the last. Defaults to 0. */
  mask_index: optional(nullable(anInteger), 0),
});

/**
 * Labels of the scores `(batch, steps, classes)` of sequences: `[labels, scores]`, labels `(paths, batch, steps)`, -1
 * behind the last, scores `(batch, paths)`: of "beam_search" logarithms of how likely they are, of "greedy" the sum of
 * the largest scores, negated.
 */
export const ctcDecode = /* @__PURE__ */ binary<
  ReturnType<typeof decodeFields>,
  [labels: KerasTensor, scores: KerasTensor],
  [labels: Numeric, scores: Numeric]
>(
  "nn.CTCDecode",
  (inputs, sequenceLengths, { strategy, beam_width, top_paths, merge_repeated, mask_index }) => {
    const [scores] = promote([asOperand(inputs)], (dtype) => (dtype === "float64" ? dtype : "float32"));
    const lengths = asDType(asOperand(sequenceLengths), "int32");
    const classes = checkShapes(scores, lengths);
    const maskIndex = mask_index ?? classes - 1;
    if (strategy === "greedy") return greedy(scores, lengths, maskIndex, merge_repeated);
    const logs = prim("log_softmax", [scores], { axis: 2 });
    return ctcBeamSearch([logs, lengths], { beamWidth: beam_width, topPaths: top_paths, maskIndex });
  },
  decodeFields,
  { tensors: ["inputs", "sequence_lengths"] },
);

function greedy(
  scores: Operand,
  lengths: Operand,
  maskIndex: number,
  merges: boolean,
): [labels: Numeric, scores: Numeric] {
  const [batch, steps] = [dimension(scores, 0), dimension(scores, 1)];
  const [none, blank] = [asDType(-1, "int32"), asDType(maskIndex, "int32")];
  const isBeyond = prim("ge", [arange(steps), reshapeTo(lengths, [batch, 1])]);
  const best = prim("reduce_max", [scores], { axes: [2], keepdims: false });
  const counted = prim("select", [isBeyond, asDType(0, best.dtype), best]);
  const total = prim("reduce_sum", [counted], { axes: [1], keepdims: true });
  let classes = prim("select", [isBeyond, blank, prim("argmax", [scores], { axis: 2, keepdims: false })]);
  if (merges) {
    const isSame = prim("eq", [sliceAxis(classes, 1, 1, null), sliceAxis(classes, 1, null, -1)]);
    const isRepeated = join([filled([batch, 1], 0, "bool"), isSame], 1);
    classes = prim("select", [isRepeated, blank, classes]);
  }
  const isBlank = prim("eq", [classes, blank]);
  const order = orderPrim("argsort", [asDType(isBlank, "int32")], { axis: 1 });
  const labels = prim("select", [isBlank, none, classes]);
  const sorted = gatherPrim("gather_along", [labels, order], { axis: 1 });
  return [reshapeTo(sorted, [1, batch, steps]), prim("neg", [total])];
}

/** How many classes there are. */
function checkShapes({ shape }: Operand, lengths: Operand): number {
  const [batch, , classes] = shape;
  if (shape.length !== 3 || typeof classes !== "number")
    throw new ShapeError(
      "ctcDecode",
      `expected scores (batch, steps, classes), received ${formatShape(shape)}.`,
    );
  const [count, ...rest] = shapeOf(lengths);
  if (count === undefined || rest.length > 0 || !mayEqual(count, batch!)) {
    throw new ShapeError(
      "ctcDecode",
      `expected a length for each of ${batch ?? "None"}, received ${formatShape(shapeOf(lengths))}.`,
    );
  }
  return classes;
}
