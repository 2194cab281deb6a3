import { ShapeError } from "../errors.ts";
import { int } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { mayEqual } from "../program/rules/check.ts";
import { einsumPrim } from "../program/rules/einsum.ts";
import { formatShape } from "../tensor/shape.ts";
import { arange } from "./creation.ts";
import { defineOp, type Op, type TensorLike } from "./define.ts";
import { calculate, dimension, filled, reshapeTo } from "./dimensions.ts";
import { oneHotOf } from "./indexing.ts";
import { join } from "./joining.ts";
import { logaddexp } from "./logarithms.ts";
import { asDType, asOperand, type NumberList, type OperandLike, promote, shapeOf } from "./operands.ts";
import { scan } from "./scan.ts";
import { sliceAxis } from "./slice-axis.ts";

/** What {@link ctcLoss} takes. */
export interface CTCLossOptions {
  /** The class that stands for no label. Defaults to 0. */
  readonly mask_index?: number;
}

/** A loss of sequences of unequal lengths. */
export interface CTCLossOp extends Op {
  (
    target: KerasTensor,
    output: KerasTensor,
    target_length: TensorLike | NumberList,
    output_length: TensorLike | NumberList,
    options?: CTCLossOptions,
  ): KerasTensor;
  (
    target: OperandLike | NumberList,
    output: OperandLike,
    target_length: OperandLike | NumberList,
    output_length: OperandLike | NumberList,
    options?: CTCLossOptions,
  ): Numeric;
}

/** What stands for the logarithm of 0, as in Keras. */
const LOG_ZERO = -1e5;

/**
 * Connectionist temporal classification: how unlikely the labels `target` `(batch, labels)` are in any alignment with
 * the scores `output` `(batch, steps, classes)`, for each of the batch.
 */
export const ctcLoss = /* @__PURE__ */ defineOp<CTCLossOp>({
  path: "nn.CTCLoss",
  tensors: ["target", "output", "target_length", "output_length"],
  fields: () => ({
    /** The class that stands for no label. Defaults to 0. */
    mask_index: int(0),
  }),
  compute: (
    target: OperandLike,
    output: OperandLike,
    targetLength: OperandLike,
    outputLength: OperandLike,
    { mask_index }: { readonly mask_index: number },
  ) => {
    checkShapes({ target, output, target_length: targetLength, output_length: outputLength });
    const labels = asDType(target, "int32");
    const [scores] = promote([asOperand(output)], (dtype) => (dtype === "float64" ? dtype : "float32"));
    const logits = prim("log_softmax", [scores], { axis: 2 });
    const lengths = { labels: asDType(targetLength, "int32"), steps: asDType(outputLength, "int32") };
    return lossOf(logits, labels, lengths, mask_index);
  },
});

interface Lengths {
  readonly labels: Operand;
  readonly steps: Operand;
}

/**
 * The forward algorithm, with two states for each place: `phi` before a label, of which there is one more, and `emit`
 * at it. Between two equal labels a step must be empty.
 */
function lossOf(logits: Numeric, labels: Operand, lengths: Lengths, maskIndex: number): Numeric {
  const { dtype } = logits;
  const [batch, steps] = [dimension(logits, 0), dimension(logits, 1)];
  const count = dimension(labels, 1);
  const classes = shapeOf(logits)[2]!;
  const sum = (a: Operand, b: Operand) => prim("add", [a, b]);
  const times = (a: Operand, b: Operand) => prim("mul", [a, b]);
  const oneLess = (x: Operand) => prim("sub", [asDType(1, dtype), x]);
  const at = maskIndex < 0 ? maskIndex + classes : maskIndex;
  const ofBlank = prim("transpose", [sliceAxis(logits, 2, at, at + 1)], { perm: [1, 0, 2] });
  const hot = oneHotOf(labels, classes, -1, dtype);
  const ofLabels = einsumPrim("einsum", [logits, hot], { equation: "btk,bnk->tbn" });
  const isPadding = prim("transpose", [beyond(lengths.steps, steps, dtype)], { perm: [1, 0] });
  const same = prim("eq", [sliceAxis(labels, 1, null, -1), sliceAxis(labels, 1, 1, null)]);
  const repeats = join([asDType(same, dtype), filled([batch, 1], 0, dtype)], 1);
  const [ofRepeats, ofOthers] = [repeats, oneLess(repeats)].map((x) => times(x, asDType(LOG_ZERO, dtype)));

  /** Adds scores to all of `phi` but the first. */
  const raise = (phi: Operand, by: Operand): Numeric =>
    join([sliceAxis(phi, 1, null, 1), logaddexp(sliceAxis(phi, 1, 1, null), by)], 1);

  const { carries } = scan(
    ([phi, emit], [ofLabel, blank, padding]) => {
      const skip = reshapeTo(padding, [batch, 1]);
      const before = raise(phi, sum(emit, ofRepeats!));
      const nextEmit = logaddexp(sum(sliceAxis(before, 1, null, -1), ofLabel), sum(emit, ofLabel));
      const nextPhi = raise(sum(before, blank), sum(sum(emit, blank), ofOthers!));
      const kept = (old: Operand, next: Operand) => sum(times(skip, old), times(oneLess(skip), next));
      return { carries: [kept(phi, nextPhi), kept(emit, nextEmit)], outputs: [] };
    },
    {
      carries: [
        join([filled([batch, 1], 0, dtype), filled([batch, count], LOG_ZERO, dtype)], 1),
        filled([batch, count], LOG_ZERO, dtype),
      ],
      xs: [ofLabels, ofBlank, isPadding],
    },
  );
  const last = raise(carries[0], carries[1]);
  const padded = prim("reduce_sum", [beyond(lengths.labels, count, "int32")], { axes: [1], keepdims: false });
  const own = prim("sub", [asDType(count, "int32"), padded]);
  const places = arange(calculate("add", count, 1));
  const isOwn = prim("eq", [reshapeTo(own, [batch, 1]), places]);
  const result = prim("reduce_sum", [times(last, asDType(isOwn, dtype))], { axes: [1], keepdims: false });
  return prim("neg", [result]);
}

/** 1 where a place is not before a length, else 0: `(batch, count)`. */
function beyond(
  lengths: Operand,
  count: ReturnType<typeof dimension>,
  dtype: "int32" | Numeric["dtype"],
): Numeric {
  const isBeyond = prim("ge", [arange(count), reshapeTo(lengths, [dimension(lengths, 0), 1])]);
  return asDType(isBeyond, dtype);
}

const ranks = { target: 2, output: 3, target_length: 1, output_length: 1 } as const;

function checkShapes(inputs: { readonly [K in keyof typeof ranks]: OperandLike }): void {
  const [batch] = shapeOf(inputs.output);
  for (const [name, rank] of Object.entries(ranks) as [keyof typeof ranks, number][]) {
    const shape = shapeOf(inputs[name]);
    if (shape.length === rank && mayEqual(shape[0]!, batch!)) continue;
    throw new ShapeError(
      "ctcLoss",
      `expected ${name} of ${rank} axes, the first as long as that of output, received ${formatShape(shape)}.`,
    );
  }
  if (shapeOf(inputs.output)[2] === null)
    throw new ShapeError("ctcLoss", "expected output with a known number of classes, received None.");
}
