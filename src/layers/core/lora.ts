import { positiveInt } from "../../fields/shorthands.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { matmul } from "../../ops/matmul.ts";
import { asDType } from "../../ops/operands.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import type { LowRankUpdate } from "../../program/variable-owner.ts";
import type { Regularizer } from "../../regularizers/regularizer.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import type { WeightOptions } from "../weights.ts";

/** The fields of layers whose weights can have a low-rank update: only that is trained then, not the weights. */
export const loraFields = {
  /** The rank of a low-rank update, which alone is trained then, not the weight itself. Defaults to none. */
  lora_rank: positiveInt(null, { omitIfDefault: true }),
  /** The update is multiplied by `lora_alpha / lora_rank`. Defaults to `lora_rank`. */
  lora_alpha: positiveInt(null, { omitIfDefault: true, since: "3.10" }),
};

/** A weight's low-rank update. */
export interface Lora extends LowRankUpdate {
  readonly scale: number;
}

interface LoraOptions {
  readonly lora_rank: number | null;
  readonly lora_alpha: number | null;
}

/** Makes the factors of an update of a weight of this shape: `(…, rank)` and `(rank, last)`. The weight itself is no longer trained. */
export function makeLora(
  weight: Variable,
  shape: StaticShape,
  { lora_rank: rank, lora_alpha: alpha }: LoraOptions,
  regularizer: Regularizer | null,
  addWeight: (options: WeightOptions) => Variable,
): Lora | null {
  if (rank === null) return null;
  const { name } = weight;
  const rows: StaticShape = shape.slice(0, -1);
  const columns: StaticShape = shape.slice(-1);
  weight.trainable = false;
  const lora: Lora = {
    weight,
    a: addWeight({ name: `lora_${name}_a`, shape: [...rows, rank], initializer: "he_uniform", regularizer }),
    b: addWeight({ name: `lora_${name}_b`, shape: [rank, ...columns], initializer: "zeros", regularizer }),
    scale: (alpha ?? rank) / rank,
    merged: () => withLora(weight, lora) as Numeric,
  };
  return lora;
}

/** A weight with its update. */
export function withLora(weight: Variable, lora: Lora | null): Operand {
  if (lora === null) return weight;
  const update: Numeric = matmul(lora.a, lora.b);
  const scaled = lora.scale === 1 ? update : multiply(update, asDType(lora.scale, dtypeOf(update)));
  return add(weight, scaled);
}
