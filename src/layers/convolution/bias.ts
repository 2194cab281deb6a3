import type { Constraint } from "../../constraints/constraint.ts";
import type { Initializer } from "../../initializers/initializer.ts";
import { add } from "../../ops/arithmetic.ts";
import { reshape } from "../../ops/reshaping.ts";
import type { Result } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import type { Regularizer } from "../../regularizers/regularizer.ts";
import type { DataFormat } from "../data-format.ts";
import type { WeightOptions } from "../layer.ts";

interface BiasFields {
  readonly bias_initializer: Initializer;
  readonly bias_regularizer: Regularizer | null;
  readonly bias_constraint: Constraint | null;
}

/** The options of a bias, one number for each of `size` channels. */
export function biasOptions(layer: BiasFields, size: number): WeightOptions {
  return {
    name: "bias",
    shape: [size],
    initializer: layer.bias_initializer,
    regularizer: layer.bias_regularizer,
    constraint: layer.bias_constraint,
  };
}

/** Adds a bias to the channels. */
export function addBias(x: Result, bias: Variable | null, format: DataFormat): Result {
  if (bias === null) return x;
  if (format === "channels_last") return add(x, bias);
  const alongChannels = bias.shape.concat(new Array<number>(x.shape.length - 2).fill(1));
  return add(x, reshape(bias, { newshape: alongChannels }));
}
