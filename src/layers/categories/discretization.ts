import { dtypePolicy } from "../../dtype-policies/field.ts";
import type { Fields, OptionsOf } from "../../fields/field.ts";
import { aFloat, anInteger, listOf, nullable, optional, refine } from "../../fields/kinds.ts";
import { currentReading } from "../../fields/reading.ts";
import { bool, float } from "../../fields/shorthands.ts";
import { inspect } from "../../json/inspect.ts";
import { dimensions, filled } from "../../ops/dimensions.ts";
import { asDType } from "../../ops/operands.ts";
import { digitize } from "../../ops/ranges.ts";
import type { Numeric } from "../../program/emit.ts";
import { isAbstract } from "../../program/value.ts";
import { toNumbers } from "../../tensor/cast.ts";
import { type DType, isFloat, isInteger } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import {
  type AdaptData,
  type AdaptOptions,
  type Batch,
  type Learns,
  type Lesson,
  teach,
} from "../batches.ts";
import { kerasClass, type LayerOptions, oneTensor } from "../define.ts";
import { baseFields, Layer } from "../layer.ts";
import { optionProblem } from "../option-problem.ts";
import { type Encoding, encode } from "./encode.ts";
import { aMode } from "./fields.ts";
import { withDType } from "./hashing.ts";
import { boundariesOf, merged, noQuantiles, type Quantiles, summarized } from "./quantiles.ts";
import { refuseSparse } from "./sparse.ts";

const aBinCount = refine(anInteger, "an integer of at least 0", (count) => count >= 0, {
  type: "integer",
  minimum: 0,
});
const policy = dtypePolicy();

const fields = {
  /** The numbers between the bins, rising. A number that is one of them is in the bin above. Defaults to what `adapt` finds. */
  bin_boundaries: optional(nullable(listOf(aFloat)), null),
  /** How many bins `adapt` makes; given without `bin_boundaries`. Defaults to null. */
  num_bins: optional(nullable(aBinCount), null),
  /** How far bins may be from having equally many numbers, of all of them: `adapt` keeps about `1 / epsilon`. Defaults to 0.01. */
  epsilon: float(0.01),
  /**
   * `"int"`: the number of a bin for each element; `"one_hot"`: a row of numbers for each; `"multi_hot"`, `"count"`: a row
   * for all along the last axis, which says in which bins, or how often, they are. Defaults to "int".
   */
  output_mode: optional(aMode<Encoding>("int", "one_hot", "multi_hot", "count"), "int"),
  /** Whether rows are sparse tensors. There are none here: a call fails. Defaults to false. */
  sparse: bool(false),
  name: baseFields.name,
  dtype: { ...policy, toJson: (value: Parameters<typeof policy.toJson>[0]) => value.variableDtype },
} satisfies Fields;

/** What {@link Discretization} takes. */
export interface DiscretizationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Numbers as the numbers of the bins that they are in, the lowest bin first. Shape in is shape out; rows of numbers take
 * the place of the last axis, or follow it with `"one_hot"`. Numbers of bins are int64, rows float32, unless `dtype` says
 * so. Source: Keras 3.6 `layers/preprocessing/discretization.py`.
 *
 * @example
 * const layer = new Discretization({ bin_boundaries: [0, 1, 2] });
 * const bins = layer.apply(tensor([[-1.5, 1, 3.4, 0.5]])).toArray(); // [[0, 2, 3, 1]]
 */
export class Discretization
  extends kerasClass("Discretization", fields, oneTensor, Layer<typeof oneTensor>)<DiscretizationOptions>
  implements Learns
{
  declare bin_boundaries: readonly number[] | null;
  override autocast = false;
  /** Which of the numbers `adapt` keeps; the Keras that wrote its config says it. */
  startsAtStep = false;
  #seen: Quantiles = noQuantiles;

  constructor(options: DiscretizationOptions = {}) {
    super(withDType(options));
    const { bin_boundaries: boundaries, num_bins: bins } = this;
    const isGiven = boundaries !== null && bins !== null && currentReading() === null;
    if (isGiven && boundaries.length !== bins - 1)
      throw optionProblem(
        "Discretization",
        "num_bins",
        `expected one more than the ${boundaries.length} bin_boundaries, or null, received ${bins}.`,
      );
  }

  /**
   * Learns the boundaries of `num_bins` bins that each have about as many of the numbers. Batches that have to be waited
   * for give a promise.
   */
  adapt(data: AsyncIterable<Batch>, options?: AdaptOptions): Promise<void>;
  adapt(data: AdaptData, options?: AdaptOptions): void;
  adapt(data: AdaptData | AsyncIterable<Batch>, options: AdaptOptions = {}): void | Promise<void> {
    return teach(this, data, options);
  }

  get isGiven(): boolean {
    return this.num_bins === null;
  }

  get hasLearned(): boolean {
    return this.bin_boundaries !== null;
  }

  /** How many bins there are, as far as that is known. */
  get categoryCount(): number | null {
    return this.num_bins ?? (this.bin_boundaries && this.bin_boundaries.length + 1);
  }

  lesson(): Lesson {
    const { num_bins: bins, epsilon } = this;
    if (!bins) throw this.problem(`adapt: expected a layer with num_bins, received ${inspect(bins)}.`);
    this.#seen = noQuantiles;
    const add = (batch: Tensor) => {
      if (batch.dtype === "string") throw this.problem("adapt: expected numbers, received texts.");
      const numbers = Float32Array.from(toNumbers(batch));
      this.#seen = merged(summarized(numbers, epsilon, this.startsAtStep), this.#seen, epsilon);
    };
    const end = () => {
      if (this.#seen === noQuantiles)
        throw this.problem("adapt: expected at least one number, received none.");
      this.bin_boundaries = boundariesOf(this.#seen, bins);
      this.#seen = noQuantiles;
    };
    return { whole: add, batch: add, end };
  }

  override call(inputs: Numeric): Numeric {
    refuseSparse(this);
    const depth = this.bin_boundaries === null ? this.num_bins : this.bin_boundaries.length + 1;
    const canCall = this.bin_boundaries !== null || (isAbstract(inputs) && depth !== null);
    if (!canCall || depth === null)
      throw this.problem("expected bin_boundaries, received none. Give num_bins and call adapt first.");
    return encode(this.#bins(inputs), this.output_mode, depth, this.#outputDType());
  }

  #bins(inputs: Numeric): Numeric {
    const boundaries = this.bin_boundaries ?? [];
    if (boundaries.length === 0) return filled(dimensions(inputs), 0, "int32");
    return digitize(isFloat(inputs.dtype) ? asDType(inputs, "float32") : inputs, boundaries);
  }

  /** Numbers of bins are integers, whatever dtype the layer has. */
  #outputDType(): DType {
    const dtype = this.computeDtype;
    return this.output_mode === "int" && !isInteger(dtype) ? "int32" : dtype;
  }
}
