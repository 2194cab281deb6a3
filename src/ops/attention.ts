import { aBoolean, aNumber, nullable, optional } from "../fields/kinds.ts";
import { bool } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { einsumPrim } from "../program/rules/einsum.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { arange } from "./creation.ts";
import { defineOp, type Op, type TensorLike } from "./define.ts";
import { dimension, dimensions, reshapeTo } from "./dimensions.ts";
import { asDType, asOperand, type OperandLike, promote, shapeOf } from "./operands.ts";
import { operand as operandKind } from "./value-kinds.ts";

/** Settings of `dotProductAttention`. */
export interface AttentionOptions<T = TensorLike> {
  /** Added to the scores. */
  readonly bias?: T | null;
  /** Where false, a score does not count. */
  readonly mask?: T | null;
  /** Defaults to one over the root of the size of a head. */
  readonly scale?: number | null;
  /** Whether a step sees only itself and earlier ones. */
  readonly is_causal?: boolean;
  /** Which kernel Keras takes, kept as data. */
  readonly flash_attention?: boolean | null;
  /** A bound of the scores that only fused kernels of Keras know, kept as data. */
  readonly attn_logits_soft_cap?: number | null;
}

export interface AttentionOp extends Op {
  (query: KerasTensor, key: KerasTensor, value: KerasTensor, options?: AttentionOptions): KerasTensor;
  (query: OperandLike, key: OperandLike, value: OperandLike, options?: AttentionOptions<Operand>): Numeric;
}

/** Attention of heads: tensors are `(batch, steps, heads, size)`; fewer heads of key and value are shared. */
export const dotProductAttention = /* @__PURE__ */ defineOp<AttentionOp>({
  path: "nn.DotProductAttention",
  tensors: ["query", "key", "value"],
  fields: () => ({
    /** Whether a step sees only itself and those before it. Defaults to false. */
    is_causal: bool(false),
    /** Whether a fused kernel is used, kept as data. Defaults to null. */
    flash_attention: optional(nullable(aBoolean), null, { since: "3.8", droppable: true }),
    /** A bound of the scores that only fused kernels of Keras know, kept as data. Defaults to null. */
    attn_logits_soft_cap: optional(nullable(aNumber), null, { since: "3.10" }),
    bias: optional(nullable(operandKind), null),
    mask: optional(nullable(operandKind), null),
    scale: optional(nullable(aNumber), null),
  }),
  call: ["bias", "mask", "scale"],
  compute: (
    query: OperandLike,
    key: OperandLike,
    value: OperandLike,
    options: Required<AttentionOptions<Operand>>,
  ) => {
    const [q, k, v] = promote([query, key, value]) as [Operand, Operand, Operand];
    const [heads, shared] = [shapeOf(q)[2], shapeOf(k)[2]] as [number, number];
    const repeats = heads / shared;
    const scale = options.scale ?? 1 / Math.sqrt(shapeOf(q)[3] as number);
    const raw = einsumPrim("einsum", [q, repeated(k, repeats)], { equation: "btnh,bsnh->bnts" });
    let scores: Operand = prim("mul", [raw, asDType(scale, dtypeOf(q))]);
    if (options.bias !== null) scores = prim("add", promote([scores, options.bias]));
    if (options.mask !== null) scores = hidden(scores, asDType(options.mask, "bool"));
    if (options.is_causal) scores = hidden(scores, causal(scores));
    const weights = prim("softmax", [scores], { axis: 3 });
    return einsumPrim("einsum", [weights, repeated(v, repeats)], { equation: "bnts,bsnh->btnh" });
  },
});

/** Each head several times in a row. */
function repeated(x: Operand, times: number): Operand {
  if (times === 1) return x;
  const [batch, steps, heads, size] = dimensions(x) as [number, number, number, number];
  const wide = reshapeTo(x, [batch, steps, heads, 1, size]);
  const copies = piecePrim("concat", new Array<Numeric>(times).fill(wide), { axis: 3 });
  return reshapeTo(copies, [batch, steps, heads * times, size]);
}

function hidden(scores: Operand, mask: Operand): Numeric {
  return prim("select", [mask, scores, asDType(-0.7 * LARGEST, dtypeOf(scores))]);
}

const LARGEST = 3.4028234663852886e38;

function causal(scores: Operand): Numeric {
  const rows = reshapeTo(asOperand(arange(dimension(scores, 2))), [-1, 1]);
  return prim("ge", [rows, asOperand(arange(dimension(scores, 3)))]);
}
