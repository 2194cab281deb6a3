import { ModelError } from "../../errors.ts";
import { type Operation, placeOf } from "../../graph/graph.ts";
import { flag, maskFor, takes, tensors } from "../../graph/signature.ts";
import { inspect } from "../../json/inspect.ts";
import { softmax } from "../../ops/activation.ts";
import { multiply, subtract } from "../../ops/arithmetic.ts";
import { where } from "../../ops/comparison.ts";
import { cast } from "../../ops/core.ts";
import { matmul } from "../../ops/matmul.ts";
import { asDType } from "../../ops/operands.ts";
import { expandDims } from "../../ops/reshaping.ts";
import { logicalNot } from "../../ops/truths.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { dropout } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import { allOf, causalMask } from "./masks.ts";

/** The masks of query and value (and key, which is not looked at). */
export type ListedMasks = readonly (Numeric | null)[];

/** The arguments after the inputs. */
export interface AttentionArguments {
  readonly mask?: ListedMasks | null;
  readonly training?: boolean;
  readonly return_attention_scores?: boolean;
  readonly use_causal_mask?: boolean;
}

/** What a call takes. */
export const attentionCall = takes("inputs", {
  inputs: tensors(),
  mask: maskFor<ListedMasks | null>("inputs"),
  training: flag(false),
  return_attention_scores: flag(false),
  use_causal_mask: flag(false),
});

/** What is between scores and output in layers that are called on `[query, value]` or `[query, value, key]`. */
export interface Attending extends Operation {
  readonly dropout: number;
  readonly seed_generator: SeedGenerator | null;
}

/** Checks the list of inputs, or of their shapes. */
export function checkInputs<T>(
  layer: Operation,
  inputs: readonly T[],
): asserts inputs is readonly [T, T, ...T[]] {
  const isList =
    Array.isArray(inputs) && inputs.every((input) => typeof input === "object" && input !== null);
  if (isList && (inputs.length === 2 || inputs.length === 3)) return;
  const received = isList ? `${inputs.length} of them` : inspect(inputs);
  throw new ModelError(
    placeOf(layer),
    `expected a list of inputs, [query, value] or [query, value, key], received ${received}.`,
  );
}

function checkMasks(layer: Operation, mask: unknown): void {
  if (mask == null || (Array.isArray(mask) && (mask.length === 2 || mask.length === 3))) return;
  const received = Array.isArray(mask) ? `${mask.length} of them` : inspect(mask);
  throw new ModelError(
    placeOf(layer),
    `expected mask to be a list, [query_mask, value_mask], received ${received}.`,
  );
}

/** From scores, as `score` gives them for query and key, to the output. */
export function attend(
  layer: Attending,
  inputs: readonly Operand[],
  { mask, training, return_attention_scores, use_causal_mask }: AttentionArguments,
  score: (query: Operand, key: Operand) => Numeric,
): Numeric | [output: Numeric, scores: Numeric] {
  checkInputs(layer, inputs);
  checkMasks(layer, mask);
  const [query, value, key = value] = inputs;
  const [queryMask = null, valueMask = null] = mask ?? [];
  const seen = allOf(
    valueMask && expandDims(valueMask, { axis: -2 }),
    use_causal_mask ? causalMask(query, value) : null,
  );
  const scores = score(query, key);
  const weights = softmax(seen ? masked(scores, seen) : scores, { axis: -1 });
  const isDropped = training && layer.seed_generator !== null;
  const used = isDropped ? dropout(weights, layer.dropout, layer.seed_generator) : weights;
  const output = matmul(used, value);
  const kept = queryMask
    ? multiply(output, cast(expandDims(queryMask, { axis: -1 }), { dtype: dtypeOf(output) }))
    : output;
  return return_attention_scores ? [kept, used] : kept;
}

/** Scores so low where the mask is false that nothing is left of them. */
function masked(scores: Numeric, mask: Numeric): Numeric {
  const { dtype } = scores;
  const distance = asDType(dtype === "float16" ? 65504 : 1e9, dtype);
  return where(logicalNot(mask), subtract(scores, distance), scores);
}
