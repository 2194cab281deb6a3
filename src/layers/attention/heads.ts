import type { DTypePolicy } from "../../dtype-policies/dtype-policy.ts";
import type { OptionsOf, ValuesOf } from "../../fields/field.ts";
import { aTensor, flag, maskFor, takes } from "../../graph/signature.ts";
import type { Initializer } from "../../initializers/initializer.ts";
import { multiply } from "../../ops/arithmetic.ts";
import { einsum } from "../../ops/einsum.ts";
import { asDType } from "../../ops/operands.ts";
import { expandDims } from "../../ops/reshaping.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { toWire } from "../../registry/literals.ts";
import type { Regularizer } from "../../regularizers/regularizer.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { Softmax } from "../activation/softmax.ts";
import { EinsumDense } from "../core/einsum-dense.ts";
import type { Dropout } from "../regularization/dropout.ts";
import { kernelAndBias, kernelAndBiasLimits, outputPenalty } from "../weight-fields.ts";
import { allOf, causalMask, windowMask } from "./masks.ts";

/** The fields of the projections inside. */
export const projectionFields = {
  ...kernelAndBias,
  ...outputPenalty,
  ...kernelAndBiasLimits,
};

/** A layer with projections. */
export interface Projecting extends ValuesOf<typeof projectionFields> {
  /** That of the projections, where it is not also the layer's own. */
  readonly _activity_regularizer?: Regularizer | null;
  readonly use_bias: boolean;
  readonly dtype_policy: DTypePolicy;
}

type ProjectionOptions = Pick<OptionsOf<typeof EinsumDense.fields>, never> & {
  readonly name: string;
  readonly equation: string;
  readonly output_shape: Shape;
  readonly bias_axes: string;
  readonly activation?: string;
};

/** A projection inside a layer, built for inputs of a shape. */
export function projection(layer: Projecting, options: ProjectionOptions, shape: Shape): EinsumDense {
  const dense = new EinsumDense({
    ...options,
    bias_axes: layer.use_bias ? options.bias_axes : null,
    dtype: layer.dtype_policy,
    kernel_initializer: again(layer.kernel_initializer),
    bias_initializer: again(layer.bias_initializer),
    kernel_regularizer: layer.kernel_regularizer,
    bias_regularizer: layer.bias_regularizer,
    activity_regularizer: layer._activity_regularizer ?? layer.activity_regularizer,
    kernel_constraint: layer.kernel_constraint,
    bias_constraint: layer.bias_constraint,
  });
  dense.buildWith({ input_shape: shape });
  return dense;
}

/** Another initializer of the same config: the same one would fill all kernels alike. */
function again(initializer: Initializer | null): Initializer | null {
  if (initializer === null || toWire in initializer) return initializer;
  return initializer.constructor.fromConfig(initializer.getConfig()) as Initializer;
}

const letter = (i: number): string => String.fromCharCode(97 + i);
const letters = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => letter(from + i)).join("");

/** The equation of a projection that keeps `free` axes, sums over `bound` and adds `made`; and its bias axes. */
export function projectionEquation(
  free: number,
  bound: number,
  made: number,
): { equation: string; bias_axes: string } {
  const kept = letters(0, free);
  const summed = letters(free, bound);
  const output = letters(free + bound, made);
  return { equation: `${kept}${summed},${summed}${output}->${kept}${output}`, bias_axes: output };
}

/** How queries meet keys, and the scores values, when all are `(batch, …, heads, size)`. */
export interface AttentionEquations {
  readonly score: string;
  readonly combine: string;
  /** The axes of the scores that go over keys. */
  readonly keyAxes: readonly number[];
}

/** Attention over some axes of projections of a rank; the others are as the batch. */
export function attentionEquations(rank: number, axes: readonly number[]): AttentionEquations {
  const query = letters(0, rank);
  const others = [...query].filter((_, i) => i < rank - 1 && !axes.includes(i)).join("");
  const newLetters = [...letters(rank, axes.length)];
  const key = [...query].map((own, i) => (axes.includes(i) ? (newLetters.shift() ?? own) : own)).join("");
  const pick = (from: string) => axes.map((axis) => from[axis]).join("");
  const scores = others + pick(query) + pick(key);
  return {
    score: `${key},${query}->${scores}`,
    combine: `${scores},${key}->${query}`,
    keyAxes: axes.map((_, i) => scores.length - axes.length + i),
  };
}

/** The arguments of a call after query and value. */
export interface HeadsArguments {
  readonly key?: Operand | null;
  readonly query_mask?: Operand | null;
  readonly value_mask?: Operand | null;
  readonly key_mask?: Operand | null;
  readonly attention_mask?: Operand | null;
  readonly return_attention_scores?: boolean;
  readonly training?: boolean;
  readonly use_causal_mask?: boolean;
}

/** What a call takes. */
export const headsCall = takes("query", {
  query: aTensor().shaped(),
  value: aTensor().shaped(),
  key: aTensor().shaped().optional(),
  query_mask: maskFor("query"),
  value_mask: maskFor("value"),
  key_mask: maskFor("key"),
  attention_mask: aTensor().optional(),
  return_attention_scores: flag(false),
  training: flag(),
  use_causal_mask: flag(false),
});

/** The shapes that `build` gets by name. */
export type HeadsShapes = { readonly value_shape: Shape; readonly key_shape?: Shape };

/** Which values each query may see, `(batch, T, S)`: all masks together; null for all. */
export function headsMask(
  query: Operand,
  value: Operand,
  rest: HeadsArguments,
  window: number | null,
): Numeric | null {
  const { query_mask, value_mask, key_mask, attention_mask, use_causal_mask } = rest;
  return allOf(
    attention_mask,
    query_mask && expandDims(query_mask, { axis: -1 }),
    value_mask && expandDims(value_mask, { axis: -2 }),
    key_mask && expandDims(key_mask, { axis: -2 }),
    use_causal_mask ? causalMask(query, value) : null,
    window === null ? null : windowMask(query, value, window),
  );
}

/** Attention of several heads at once, on projections. */
export class Heads {
  readonly #equations: AttentionEquations;
  readonly #scale: number;
  readonly #softmax: Softmax;
  readonly #dropout: Dropout;

  constructor(equations: AttentionEquations, scale: number, softmax: Softmax, dropout: Dropout) {
    this.#equations = equations;
    this.#scale = scale;
    this.#softmax = softmax;
    this.#dropout = dropout;
  }

  /** The output, and how much of each value is in it, before dropout. */
  attend(
    query: Operand,
    key: Operand,
    value: Operand,
    mask: Numeric | null,
    training: boolean,
  ): { output: Numeric; scores: Numeric } {
    const { score, combine, keyAxes } = this.#equations;
    const scaled = multiply(query, asDType(this.#scale, dtypeOf(query)));
    const raw = einsum(key, scaled, { subscripts: score });
    const missing = mask ? raw.shape.length - mask.shape.length : 0;
    const at = mask ? mask.shape.length - 2 * keyAxes.length : 0;
    const axis = Array.from({ length: missing }, (_, i) => at + i);
    const wide = mask && missing > 0 ? expandDims(mask, { axis }) : mask;
    const scores = this.#softmax.apply<Numeric>(raw, { mask: wide });
    const used = this.#dropout.apply<Numeric>(scores, { training });
    return { output: einsum(used, value, { subscripts: combine }), scores };
  }
}
