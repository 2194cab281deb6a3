import { dtypePolicy } from "../../dtype-policies/field.ts";
import { ShapeError } from "../../errors.ts";
import type { Fields, OptionsOf } from "../../fields/field.ts";
import { optional, required } from "../../fields/kinds.ts";
import { bool } from "../../fields/shorthands.ts";
import { takes, tensors } from "../../graph/signature.ts";
import type { Numeric } from "../../program/emit.ts";
import { textPrim } from "../../program/rules/text.ts";
import { isInteger } from "../../tensor/dtype.ts";
import { formatShape } from "../../tensor/shape.ts";
import { kerasClass, type LayerOptions } from "../define.ts";
import { baseFields, Layer } from "../layer.ts";
import { encode } from "./encode.ts";
import { aMode } from "./fields.ts";
import { bins, withDType } from "./hashing.ts";
import { refuseSparse } from "./sparse.ts";

const policy = dtypePolicy();

const fields = {
  /** How many bins there are. */
  num_bins: required(bins),
  /** `"int"`: the number of a bin; `"one_hot"`: a row of numbers. Defaults to "int". */
  output_mode: optional(aMode<"int" | "one_hot">("int", "one_hot"), "int"),
  /** Whether rows are sparse tensors. There are none here: a call fails. Defaults to false. */
  sparse: bool(false),
  name: baseFields.name,
  dtype: { ...policy, toJson: (value: Parameters<typeof policy.toJson>[0]) => value.variableDtype },
} satisfies Fields;

/** What {@link HashedCrossing} takes. */
export interface HashedCrossingOptions extends LayerOptions, OptionsOf<typeof fields> {}

const call = takes("inputs", { inputs: tensors() });

/**
 * Several features as one: texts or integers that stand at the same place give the number of a bin, by the hash that
 * TensorFlow has for crosses. Takes a list of at least two tensors of one shape, `(batch,)` or `(batch, 1)`, and gives
 * that shape, or rows `(batch, num_bins)`. Source: Keras 3.6 `layers/preprocessing/hashed_crossing.py`.
 *
 * @example
 * const layer = new HashedCrossing({ num_bins: 5 });
 * const numbers = layer.apply([tensor(["A", "B"]), tensor([101, 102])]).toArray();
 */
export class HashedCrossing extends kerasClass(
  "HashedCrossing",
  fields,
  call,
  Layer<typeof call>,
)<HashedCrossingOptions> {
  override autocast = false;

  constructor(options: HashedCrossingOptions) {
    super(withDType(options));
  }

  /** How many bins there are. */
  get categoryCount(): number {
    return this.num_bins;
  }

  override call(inputs: readonly Numeric[]): Numeric {
    refuseSparse(this);
    if (inputs.length < 2)
      throw this.problem(`expected a list of at least 2 tensors, received ${inputs.length}.`);
    for (const { shape, dtype } of inputs) {
      if (shape.length > 2 || (shape.length === 2 && shape[1] !== 1))
        throw this.problem(
          `expected inputs of the shape (batch) or (batch, 1), received ${formatShape(shape)}.`,
          ShapeError,
        );
      if (dtype !== "string" && !isInteger(dtype))
        throw this.problem(`expected texts or integers, received ${dtype}.`);
    }
    const crossed = textPrim("hash_cross", inputs, { bins: this.num_bins });
    return encode(crossed, this.output_mode, this.num_bins, this.variableDtype);
  }
}
