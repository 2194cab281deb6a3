import { Dense } from "../../layers/core/dense.ts";
import type { EinsumDense } from "../../layers/core/einsum-dense.ts";
import { chained, type Row } from "../unfolding.ts";

/** `ab,bc->ac`, `abc,cd->abd`, `...x,xy->...y`: the last axis by a matrix. */
const LAST = /^(\.\.\.|[a-z]+)([a-z]),\2([a-z])->\1\3$/;

const dense: Row = (layer: EinsumDense) => {
  const [, before = "", summed = "", units] = LAST.exec(layer.equation.replace(/\s/g, "")) ?? [];
  const size = layer.kernel.shape[1];
  const hasBias = layer.bias_axes !== null;
  if (units === undefined || size === undefined || before.includes(units) || before.includes(summed))
    return null;
  if ((hasBias && layer.bias_axes !== units) || layer.quantizedWeight || layer.lora) return null;
  const { name, trainable, activation, kernel_initializer, bias_initializer } = layer;
  const { kernel_regularizer, bias_regularizer, activity_regularizer, kernel_constraint, bias_constraint } =
    layer;
  const rules = {
    kernel_regularizer,
    bias_regularizer,
    activity_regularizer,
    kernel_constraint,
    bias_constraint,
  };
  const made = { units: size, use_bias: hasBias, activation, kernel_initializer, bias_initializer, ...rules };
  const inner = new Dense({ name, trainable, ...made });
  return chained([inner], inner, "is a Dense now.");
};

export const einsum: Readonly<Record<string, Row>> = { EinsumDense: dense };
