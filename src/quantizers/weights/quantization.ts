import type { JsonValue } from "../../json/json.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Shape, StaticShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** A variable of a quantized weight. */
export interface PartOptions {
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: "zeros" | "ones";
  readonly dtype?: DType;
  readonly trainable?: boolean;
  readonly autocast?: boolean;
}

export type WeightName = "kernel" | "embeddings" | "reverse_embeddings";

/** A weight and how it is used. */
export interface WeightUse {
  readonly name: WeightName;
  /** The shape of its floats. */
  readonly shape: StaticShape;
  /** How inputs are multiplied by it; null: as vectors by a matrix. */
  readonly equation?: string | null;
  /** How many dimensions the inputs have. */
  readonly rank?: number;
}

/** The layer that has a weight. */
export interface WeightOwner {
  readonly computeDtype: DType;
  /** Which quantizers there are, as JSON; null for what the mode says alone. */
  readonly quantization_config?: JsonValue;
  problem(message: string): Error;
}

/** A layer and one of its weights, which is to be made in few bits. */
export interface Quantizable {
  readonly owner: WeightOwner;
  readonly use: WeightUse;
  addWeight(options: PartOptions): Variable;
  /** Makes the weight as it is where nothing is quantized. */
  addFloats(): Variable;
}

/** A low-rank update of a weight. */
export interface Update {
  readonly a: Variable;
  readonly b: Variable;
  readonly scale: number;
}

/** A weight in few bits. */
export interface QuantizedWeight {
  readonly name: WeightName;
  /** The variable that the layer has under the weight's name. */
  readonly variable: Variable;
  /** The names of the variables that come first in files, in order; the others follow as they were made. */
  readonly first: readonly string[];
  /** Takes over floats: gives its variables values that stand for them. */
  assign(floats: Tensor): void;
}

/** A weight that inputs are multiplied by. */
export interface QuantizedFactor extends QuantizedWeight {
  /** `x · weight + bias`. */
  apply(x: Operand, bias: Operand | null, update: Update | null): Numeric;
}

/** A weight whose rows are looked up. */
export interface QuantizedRows extends QuantizedWeight {
  rows(x: Operand, update: Update | null): Numeric;
  /** The products of vectors with all rows. */
  back(x: Operand): Numeric;
  /** A weight of its own for such products, its columns in place of the rows. */
  columns(weight: Quantizable): QuantizedColumns;
}

/** A weight whose columns vectors are multiplied by. */
export interface QuantizedColumns extends QuantizedWeight {
  back(x: Operand): Numeric;
}

/** How weights are kept in few bits, and computed with. */
export interface Quantization {
  factor(weight: Quantizable): QuantizedFactor;
  rows(weight: Quantizable): QuantizedRows;
}
