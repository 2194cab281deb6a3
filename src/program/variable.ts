import { ShapeError } from "../errors.ts";
import type { DType } from "../tensor/dtype.ts";
import { formatShape, sameShape, type StaticShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

export interface VariableOptions {
  readonly name: string;
  readonly shape: StaticShape;
  readonly dtype: DType;
  /** Gives the first value; runs when the variable is first read, and never if it is assigned before. */
  readonly initialize: () => Tensor;
  readonly trainable?: boolean;
  /** Follow the layer's compute dtype when read inside its call. Defaults to true for float dtypes. */
  readonly autocast?: boolean;
}

/** A named tensor that a layer owns: it knows its shape at once and fills itself when first read. */
export class Variable {
  readonly name: string;
  /** Owner's path and name, such as `dense/kernel`. */
  path: string;
  readonly shape: StaticShape;
  readonly dtype: DType;
  readonly autocast: boolean;
  trainable: boolean;
  /** Counts assignments, so that what was compiled with an older value can tell. */
  version = 0;
  #initialize: (() => Tensor) | null;
  #value: Tensor | null = null;

  constructor(options: VariableOptions) {
    this.name = options.name;
    this.path = options.name;
    this.shape = options.shape;
    this.dtype = options.dtype;
    this.trainable = options.trainable ?? true;
    this.autocast = options.autocast ?? options.dtype.includes("float");
    this.#initialize = options.initialize;
  }

  /** Whether a value is there already, or would have to be made or read first. */
  get isMaterialized(): boolean {
    return this.#value !== null;
  }

  /** The current value. */
  get value(): Tensor {
    if (this.#value === null) {
      this.#value = this.#check(this.#initialize!());
      this.#initialize = null;
    }
    return this.#value;
  }

  /** Replaces the value. The shape and the dtype must be the variable's. */
  assign(value: Tensor): void {
    this.#value = this.#check(value);
    this.#initialize = null;
    this.version++;
  }

  /** Replaces the value by one that is made when first read, such as one still in a file. */
  assignLazily(initialize: () => Tensor): void {
    this.#value = null;
    this.#initialize = initialize;
    this.version++;
  }

  #check(value: Tensor): Tensor {
    if (value.dtype !== this.dtype || !sameShape(value.shape, this.shape)) {
      throw new ShapeError([
        {
          path: this.path,
          message:
            `expected ${this.dtype} ${formatShape(this.shape)}, ` +
            `received ${value.dtype} ${formatShape(value.shape)}.`,
        },
      ]);
    }
    return value;
  }
}
