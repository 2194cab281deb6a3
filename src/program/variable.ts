import { ModelError, ShapeError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { inConsole } from "../json/in-console.ts";
import { inspect } from "../json/inspect.ts";
import { printable } from "../json/printable.ts";
import { type HasParts, parts } from "../registry/parts.ts";
import type { Draw } from "../tensor/draw.ts";
import { type DType, isNumericDType } from "../tensor/dtype.ts";
import { formatShape, isStaticShape, type StaticShape, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { FirstValue } from "./first-value.ts";
import { asNoRoom, checkRoom } from "./room.ts";

/** Where a value comes from when it is first needed: at once, or by waiting. */
export interface VariableSource {
  readonly now?: (() => Tensor) | undefined;
  readonly later?: () => Promise<Tensor>;
  /** Whether who can wait does: `later` leaves the event loop its turns, which `now` does not. Defaults to false. */
  readonly takesTurns?: boolean;
}

/** What is done to a variable in training: a penalty on it, or what brings it back into bounds. */
export interface VariableRule {
  call(variable: Variable): unknown;
}

export interface VariableOptions {
  /** The last part of its path: `kernel`. */
  readonly name: string;
  /** Its shape, all sizes known. */
  readonly shape: StaticShape;
  /** The dtype of its values. */
  readonly dtype: DType;
  /**
   * Gives the first value, or how it is drawn; runs when the variable is first read, and never if it is assigned before.
   */
  readonly initialize: () => Tensor | Draw;
  /** Whether training changes it. Defaults to true. */
  readonly trainable?: boolean;
  /** Follow the layer's compute dtype when read inside its call. Defaults to true for float dtypes. */
  readonly autocast?: boolean;
  /** What its first value is made by, for those who compare variables. */
  readonly initializer?: object | null;
  /** The penalty that training adds to the loss. */
  readonly regularizer?: VariableRule | null;
  /** What brings it back into bounds after a step of training. */
  readonly constraint?: VariableRule | null;
}

const optionNames = {
  name: true,
  shape: true,
  dtype: true,
  initialize: true,
  trainable: true,
  autocast: true,
  initializer: true,
  regularizer: true,
  constraint: true,
} as const;

function checkVariable(options: VariableOptions): void {
  checkOptions("Variable", options, optionNames, ModelError);
  const { name, shape, dtype, initialize } = options;
  const wrong = (key: string, expected: string, value: unknown) =>
    new ModelError("Variable", `expected ${key} to be ${expected}, received ${inspect(value)}.`);
  if (typeof name !== "string") throw wrong("name", "a string", name);
  if (!isStaticShape(shape)) throw wrong("shape", "a shape without unknown dimensions", shape);
  if (!isNumericDType(dtype)) throw wrong("dtype", "a dtype of numbers", dtype);
  if (typeof initialize !== "function") throw wrong("initialize", "a function", initialize);
}

/** A named tensor that a layer, or another owner, has: it knows its shape at once and fills itself when first read. */
export class Variable implements HasParts {
  readonly name: string;
  /** Owner's path and name, such as `dense/kernel`. */
  path: string;
  readonly shape: StaticShape;
  readonly autocast: boolean;
  readonly initializer: object | null;
  readonly regularizer: VariableRule | null;
  readonly constraint: VariableRule | null;
  trainable: boolean;
  /** Never trained, whatever the layer says, such as a moving mean. */
  isStatistic = false;
  /** Counts assignments, so that what was compiled with an older value can tell. */
  version = 0;
  readonly #initialize: () => Tensor | Draw;
  #dtype: DType;
  #source: VariableSource | null;
  #value: Tensor | null = null;
  /** The value that is under way, for all who wait for it. */
  #loading: Promise<Tensor> | null = null;

  constructor(options: VariableOptions) {
    checkVariable(options);
    this.name = options.name;
    this.path = options.name;
    this.shape = options.shape;
    this.#dtype = options.dtype;
    this.trainable = options.trainable ?? true;
    this.autocast = options.autocast ?? options.dtype.includes("float");
    this.initializer = options.initializer ?? null;
    this.regularizer = options.regularizer ?? null;
    this.constraint = options.constraint ?? null;
    this.#initialize = options.initialize;
    this.#source = new FirstValue(options.initialize);
  }

  /** What it was made with. */
  [parts](): object {
    return { ...this, dtype: this.dtype, path: null, trainable: null, version: null };
  }

  get dtype(): DType {
    return this.#dtype;
  }

  /** Becomes an int64 where it is an int32: how Keras counts on TensorFlow. Its value is replaced behind that. */
  widen(): void {
    if (this.#dtype === "int32") this.#dtype = "int64";
  }

  /** Whether a value is there already, or would have to be made or read first. */
  get isMaterialized(): boolean {
    return this.#value !== null;
  }

  /** What gives the value when it is first needed; null once it is there. */
  get source(): VariableSource | null {
    return this.#source;
  }

  /** Whether the value is still where only waiting can read it: in a Blob or behind a URL. */
  get isRemote(): boolean {
    return this.#value === null && this.#source?.now === undefined;
  }

  /** The current value. */
  get value(): Tensor {
    if (this.#value === null) {
      const source = this.#source!;
      if (!source.now) {
        throw new ModelError(
          this.path,
          "expected a value in memory, received one that is still to be read. Call await model.load() first.",
        );
      }
      checkRoom([this]);
      try {
        this.#value = this.check(source.now());
      } catch (error) {
        throw asNoRoom(this, error);
      }
      this.#source = null;
    }
    return this.#value;
  }

  /**
   * The current value, read first where it has to be waited for. A first value is drawn in parts, so that timers and
   * input have their turns between.
   */
  async load(): Promise<Tensor> {
    const source = this.#source;
    if (!source || (source.now && !source.takesTurns)) return this.value;
    const loading = this.#loading ?? this.#loadFrom(source);
    this.#loading = loading;
    try {
      return await loading;
    } finally {
      if (this.#loading === loading) this.#loading = null;
    }
  }

  async #loadFrom(source: VariableSource): Promise<Tensor> {
    checkRoom([this]);
    const made = await source.later!().catch((error: unknown) => {
      throw asNoRoom(this, error);
    });
    const value = this.check(made);
    if (this.#source === source) {
      this.#value = value;
      this.#source = null;
    }
    return value;
  }

  /** Replaces the value. The shape and the dtype must be the variable's. */
  assign(value: Tensor): void {
    this.#value = this.check(value);
    this.#source = null;
    this.#loading = null;
    this.version++;
  }

  /** Replaces the value by one that is made or read when first needed. */
  assignLazily(source: VariableSource): void {
    if (typeof source?.now !== "function" && typeof source?.later !== "function")
      throw new ModelError(this.path, `expected { now } or { later }, received ${inspect(source)}.`);
    this.#value = null;
    this.#source = source;
    this.#loading = null;
    this.version++;
  }

  /** Forgets the value: the first one is made anew when needed. */
  reset(): void {
    this.assignLazily(new FirstValue(this.#initialize));
  }

  /** Takes over another variable's value as it is now; one not made yet stays unmade until it is needed. */
  copyFrom(other: Variable): void {
    if (!(other instanceof Variable))
      throw new ModelError(this.path, `expected a variable to copy from, received ${inspect(other)}.`);
    if (other.dtype === "int64") this.widen();
    if (other.#value) this.assign(other.#value);
    else this.assignLazily(other.#source!);
  }

  /** Its path, shape and dtype, for people to read; the numbers are those of its `value`. */
  toString(): string {
    return `<Variable path=${printable(this.path)}, shape=${formatShape(this.shape)}, dtype=${this.dtype}>`;
  }

  [inConsole](): string {
    return this.toString();
  }

  /** Gives the value back if its dtype and shape are the variable's; a {@link ShapeError} if not. */
  check(value: Tensor): Tensor {
    if (!(value instanceof Tensor))
      throw new ShapeError(
        this.path,
        `expected ${this.dtype} ${formatShape(this.shape)}, received ${inspect(value)}.`,
      );
    if (value.dtype !== this.dtype || !sameShape(value.shape, this.shape)) {
      throw new ShapeError(
        this.path,
        `expected ${this.dtype} ${formatShape(this.shape)}, ` +
          `received ${value.dtype} ${formatShape(value.shape)}.`,
      );
    }
    return value;
  }
}
