import type { Constraint } from "../constraints/constraint.ts";
import type { DTypePolicy } from "../dtype-policies/dtype-policy.ts";
import { dtypePolicy } from "../dtype-policies/field.ts";
import { ConfigError, ModelError } from "../errors.ts";
import type { Fields } from "../fields/field.ts";
import { aString, nullable, optional, refine } from "../fields/kinds.ts";
import { bool } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/keras-tensor.ts";
import { maskOf, setMask } from "../graph/mask.ts";
import { flatten, isDict, mapNested, type Nested } from "../graph/nested.ts";
import type { Arguments, Keywords } from "../graph/node.ts";
import { Operation } from "../graph/operation.ts";
import { getInitializer, type InitializerLike } from "../initializers/field.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { copyMarks } from "../json/marks.ts";
import { emit, type Operand, type Result, withComputeDtype, withTracing } from "../program/emit.ts";
import { Value } from "../program/value.ts";
import { Variable } from "../program/variable.ts";
import { regularizer } from "../regularizers/field.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import { type DType, isFloat } from "../tensor/dtype.ts";
import { formatShape, type Shape, type StaticShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { currentPath, trainingContext, withNameScope, withTraining } from "./call-context.ts";
import { checkInput, type InputSpec } from "./input-spec.ts";

/** The name of a layer: any string without `/`. */
const aName = refine(aString, "a string without /", (name) => !name.includes("/"));

/** The fields every layer has, in the order Keras writes them. */
export const baseFields = {
  /** Unique within a model; made from the class name when absent. */
  name: optional(nullable(aName), null),
  /** Whether training changes its weights. */
  trainable: bool(true),
  /** The dtype, or the policy of compute and variable dtypes. Defaults to the global policy, `float32`. */
  dtype: dtypePolicy(),
} satisfies Fields;

/** Written only where it is not null, unless a class has it among its own fields. */
export const activityRegularizer = { activity_regularizer: regularizer(null, { omitIfNull: true }) };

/** Shapes of a call's tensor arguments by name: `{ input_shape: [null, 3] }`. */
export type Shapes = Readonly<Record<string, Nested<number | null>>>;

export interface WeightOptions {
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: InitializerLike | string;
  readonly trainable?: boolean;
  /** Defaults to the layer's variable dtype. */
  readonly dtype?: DType;
  readonly autocast?: boolean;
  readonly regularizer?: Regularizer | null;
  readonly constraint?: Constraint | null;
}

type Inputs<T> = T | readonly Inputs<T>[] | { readonly [key: string]: Inputs<T> };

/**
 * The base of every layer and model: config, weights, building, calling, masks.
 *
 * A subclass defines `call(inputs, rest)`: the first argument, then the others by name (`mask`, `training`, …),
 * written with `ops`; and `build(shape)` where it has weights. Shapes, values and ONNX follow from that one definition.
 */
export abstract class Layer extends Operation {
  static override readonly fields: Fields = { ...baseFields, ...activityRegularizer };
  /** Whether it passes on masks, or makes them. */
  static readonly supportsMasking: boolean = false;
  /** Whether nothing is left to build once constructed, so that no `build_config` is written. */
  static readonly isBuiltAtOnce: boolean = false;
  /** The names of what `build` takes. */
  static readonly buildArguments: readonly string[] = ["input_shape"];
  /**
   * What `training` is where nobody says, as the signature of the call in Keras has it; null is nothing. Older
   * versions record it in the graph though nobody gave it.
   */
  static readonly defaultTraining: boolean | null = null;

  declare readonly ["constructor"]: LayerClass;
  declare readonly dtype_policy: DTypePolicy;
  declare activity_regularizer: Regularizer | null;
  declare _trainable: boolean;

  /** Whether its weights exist. */
  built: boolean;
  /** Whether float inputs are cast to the compute dtype. */
  autocast = true;
  inputSpec: InputSpec | readonly InputSpec[] | null = null;
  /** Its own variables, in the order they were made. */
  readonly ownVariables: Variable[] = [];
  /** The shape of the first input of a model, given to its first layer (`input_shape`, Keras 2's way). */
  readonly inputShapeHint: Shape | null;
  #buildShapes: Shapes | null = null;

  constructor(options: object = {}) {
    const { hint, rest } = takeInputShape(options, new.target.fields);
    super(rest);
    this.inputShapeHint = hint;
    this.built = this.constructor.isBuiltAtOnce;
  }

  /** Makes the weights for inputs of these shapes. */
  build(_shape: never, _shapes: never): void {}

  /** Computes the outputs; `rest` has the arguments after the first, by name. */
  call(_inputs: never, _rest: never): unknown {
    throw new ModelError([
      {
        path: this.name,
        message: `expected a class that defines call(), received ${this.constructor.className}.`,
      },
    ]);
  }

  /** The mask of the outputs, from the mask of the inputs. */
  computeMask(_inputs: never, mask: Nested<Result | null>, _rest: never): unknown {
    return mask;
  }

  /**
   * Calls the layer. On KerasTensors the call becomes part of a model; on tensors it is computed now, by the
   * reference engine. Lists and dicts of tensors as the layer takes them; last, an object of keyword arguments,
   * spelled as Keras spells them: `lstm.apply(x, { mask, training: false })`.
   */
  apply<R = KerasTensor>(inputs: Inputs<KerasTensor>, ...rest: readonly unknown[]): R;
  apply<R = Tensor>(inputs: Inputs<Tensor>, ...rest: readonly unknown[]): R;
  apply<R = Result>(inputs: Inputs<Operand>, ...rest: readonly unknown[]): R;
  apply<R = KerasTensor>(...args: readonly unknown[]): R;
  apply(...args: readonly unknown[]): unknown {
    return this.applyTo(args);
  }

  override run(args: Arguments, kwargs: Keywords): unknown {
    const names = this.constructor.callArguments;
    if (args.length > names.length) {
      throw new ModelError([
        {
          path: this.name,
          message: `expected at most ${names.length} arguments (${names.join(", ")}), received ${args.length}.`,
        },
      ]);
    }
    const bound: Record<string, unknown> = {};
    for (const [i, arg] of args.entries()) bound[names[i]!] = this.#convert(arg);
    for (const key of Object.keys(kwargs)) {
      if (!names.includes(key)) {
        throw new ModelError([
          {
            path: this.name,
            message: `expected arguments of call() (${names.join(", ")}), received ${JSON.stringify(key)}.`,
          },
        ]);
      }
      bound[key] = this.#convert(kwargs[key]);
    }
    return this.callBound(bound);
  }

  /** The call once its arguments have their names. */
  protected callBound(bound: Record<string, unknown>): unknown {
    const cls = this.constructor;
    const [firstName = "inputs"] = cls.callArguments;
    const first = bound[firstName];
    checkInput(this.name, this.inputSpec, first);
    if (!this.built) this.buildFor(bound);
    const training = (bound.training as boolean | null | undefined) ?? trainingContext();
    if (cls.callArguments.includes("training")) bound.training = training ?? cls.defaultTraining ?? false;
    fillMasks(bound, cls.callArguments, firstName);
    const rest: Record<string, unknown> = {};
    for (const key in bound) if (key !== firstName) rest[key] = bound[key];
    const outputs = this.inScope(() =>
      withTraining(training, () =>
        withTracing(firstValue(first), () =>
          withComputeDtype(this.#castTo(), () => this.call(first as never, rest as never)),
        ),
      ),
    );
    if (cls.supportsMasking) this.#setMasks(first, outputs, rest);
    return outputs;
  }

  /** Runs `body` with this layer's name in front of new variables' names. */
  protected inScope<T>(body: () => T): T {
    return withNameScope(this.name, this, body);
  }

  /** Builds for the shapes of a call's arguments. */
  protected buildFor(bound: Readonly<Record<string, unknown>>): void {
    const { buildArguments, callArguments } = this.constructor;
    const shapes: Record<string, Nested<number | null>> = {};
    if (buildArguments.length === 1) shapes[buildArguments[0]!] = shapesOf(bound[callArguments[0]!]);
    else {
      for (const name of callArguments) {
        const key = `${name}_shape`;
        if (buildArguments.includes(key) && hasTensors(bound[name])) shapes[key] = shapesOf(bound[name]);
      }
    }
    this.buildWith(shapes);
  }

  /** Builds for shapes by the names of `buildArguments`. Does nothing when built already. */
  buildWith(shapes: Shapes): void {
    if (this.built) return;
    const [first] = Object.values(shapes);
    this.inScope(() => this.build(first as never, shapes as never));
    this.#buildShapes = shapes;
    this.built = true;
  }

  getBuildConfig(): JsonValue | undefined {
    if (this.#buildShapes === null) return undefined;
    const values = Object.values(this.#buildShapes);
    return values.length === 1
      ? { input_shape: values[0] as JsonValue }
      : { shapes_dict: { ...this.#buildShapes } as JsonObject };
  }

  buildFromConfig(config: JsonObject): void {
    const { input_shape: shape, shapes_dict: shapes } = config;
    if (shape !== undefined)
      this.buildWith({ [this.constructor.buildArguments[0]!]: shape as Nested<number | null> });
    else if (isDict(shapes)) this.buildWith(shapes as Shapes);
  }

  /** Adds a variable that belongs to the layer; it is filled when first read. */
  protected addWeight(options: WeightOptions): Variable {
    const { name, shape, trainable = true, dtype = this.variableDtype } = options;
    if (shape.includes(null)) {
      throw new ModelError([
        {
          path: `${this.name}.${name}`,
          message: `expected a shape without unknown dimensions, received ${formatShape(shape)}.`,
        },
      ]);
    }
    const fixed = shape as StaticShape;
    const initializer = getInitializer(options.initializer);
    const variable = new Variable({
      name,
      shape: fixed,
      dtype,
      trainable: trainable && this._trainable,
      autocast: (options.autocast ?? true) && isFloat(dtype),
      initialize: () => initializer.create(fixed, dtype),
    });
    const scope = currentPath();
    variable.path = scope ? `${scope}/${name}` : name;
    variable.isStatistic = !trainable;
    this.ownVariables.push(variable);
    return variable;
  }

  /** The layers inside, in the order they became properties. */
  sublayers(): Layer[] {
    const found = new Set<Layer>();
    for (const value of Object.values(this)) collectLayers(value, found);
    return [...found];
  }

  /** All variables that are saved: its own, trainable first, then those of the layers inside. */
  get weights(): Variable[] {
    const found = new Set<Variable>();
    this.collectWeights(found, new Set());
    return [...found];
  }

  /** @internal */
  collectWeights(found: Set<Variable>, seen: Set<Layer>): void {
    if (seen.has(this)) return;
    seen.add(this);
    for (const variable of this.ownVariables) if (!variable.isStatistic) found.add(variable);
    for (const variable of this.ownVariables) if (variable.isStatistic) found.add(variable);
    for (const layer of this.sublayers()) layer.collectWeights(found, seen);
  }

  get trainableWeights(): Variable[] {
    return this.weights.filter((variable) => variable.trainable);
  }

  get nonTrainableWeights(): Variable[] {
    return this.weights.filter((variable) => !variable.trainable);
  }

  /** The weights' values, in the order of `weights`. */
  getWeights(): Tensor[] {
    return this.weights.map((variable) => variable.value);
  }

  /** Replaces the weights' values, in the order of `weights`; checks all before it changes any. */
  setWeights(values: readonly Tensor[]): void {
    const { weights } = this;
    if (weights.length !== values.length) {
      throw new ModelError([
        {
          path: this.name,
          message: `setWeights: expected ${weights.length} tensors, received ${values.length}.`,
        },
      ]);
    }
    for (const [i, variable] of weights.entries()) variable.check(values[i]!);
    for (const [i, variable] of weights.entries()) variable.assign(values[i]!);
  }

  /** How many numbers the weights hold. */
  countParams(): number {
    let count = 0;
    for (const { shape } of this.weights) count += shape.reduce((size, dimension) => size * dimension, 1);
    return count;
  }

  get trainable(): boolean {
    return this._trainable;
  }

  set trainable(value: boolean) {
    this._trainable = value;
    for (const variable of this.ownVariables ?? []) if (!variable.isStatistic) variable.trainable = value;
    if (this.ownVariables) for (const layer of this.sublayers()) layer.trainable = value;
  }

  /** The dtype of the variables. */
  get dtype(): DType {
    return this.variableDtype;
  }

  get variableDtype(): DType {
    return this.dtype_policy.variableDtype;
  }

  get computeDtype(): DType {
    return this.dtype_policy.computeDtype;
  }

  protected override arrange(config: JsonObject): JsonObject {
    return this.activity_regularizer ? afterDtype(config, "activity_regularizer") : config;
  }

  #castTo(): DType | null {
    const { computeDtype, variableDtype } = this.dtype_policy;
    return this.autocast && computeDtype !== variableDtype ? computeDtype : null;
  }

  #convert(argument: unknown): unknown {
    if (!this.autocast) return argument;
    const dtype = this.computeDtype;
    const cast = (leaf: unknown): unknown => {
      if (!(leaf instanceof Value || leaf instanceof Tensor)) return leaf;
      if (leaf.dtype === dtype || !isFloat(leaf.dtype)) return leaf;
      const mask = maskOf(leaf);
      const result = emit("cast", [leaf], { dtype })[0]!;
      if (mask) setMask(result, mask);
      return result;
    };
    return argument instanceof Value ? cast(argument) : mapNested(argument as Nested<unknown>, cast);
  }

  #setMasks(first: unknown, outputs: unknown, rest: Readonly<Record<string, unknown>>): void {
    const flat = flatten(outputs as Nested<object>);
    if (flat.every((output) => maskOf(output) !== null)) return;
    const previous = mapNested(first as Nested<unknown>, maskOf);
    const masks = flatten(
      this.computeMask(first as never, previous as never, rest as never) as Nested<Result | null>,
    );
    for (const [i, output] of flat.entries()) {
      const mask = masks[i];
      if (mask && maskOf(output) === null) setMask(output, mask);
    }
  }
}

/** What the class of a layer says of it. */
export interface LayerClass {
  readonly className: string;
  readonly module: string | null;
  readonly registeredName: string | null;
  readonly fields: Fields;
  readonly callArguments: readonly string[];
  readonly supportsMasking: boolean;
  readonly isBuiltAtOnce: boolean;
  readonly buildArguments: readonly string[];
  readonly defaultTraining: boolean | null;
  /** Makes a layer of this class from its config. */
  fromConfig(config: object, options?: object): Layer;
}

function takeInputShape(options: object, fields: Fields): { hint: Shape | null; rest: object } {
  const hasSize = "input_dim" in options && !Object.hasOwn(fields, "input_dim");
  if (!("input_shape" in options || hasSize)) return { hint: null, rest: options };
  const { input_shape, ...rest } = options as Record<string, unknown>;
  const hint = hasSize && typeof rest.input_dim === "number" ? [rest.input_dim] : input_shape;
  if (hasSize) delete rest.input_dim;
  if (!Array.isArray(hint) || !hint.every((size) => size === null || Number.isInteger(size))) {
    throw new ConfigError(`input_shape: expected a list of integers or null, received ${inspect(hint)}.`);
  }
  return { hint: hint as Shape, rest };
}

/** Fills the mask arguments that nobody gave from the masks the tensors carry. */
function fillMasks(bound: Record<string, unknown>, names: readonly string[], firstName: string): void {
  if (names.length === 1) return;
  const tensors = Object.keys(bound).filter((name) => hasTensors(bound[name]));
  if (tensors.length === 1) {
    if (names.includes("mask") && bound.mask == null)
      bound.mask = mapNested(bound[tensors[0] ?? firstName] as Nested<unknown>, maskOf);
    return;
  }
  for (const name of tensors) {
    const key = `${name}_mask`;
    if (names.includes(key) && bound[key] == null)
      bound[key] = mapNested(bound[name] as Nested<unknown>, maskOf);
  }
}

/** The first traced or abstract value of an argument; null where it is all numbers. */
function firstValue(argument: unknown): Value | null {
  if (argument instanceof Value || argument instanceof Tensor)
    return argument instanceof Value ? argument : null;
  return (
    (flatten(argument as Nested<unknown>).find((leaf) => leaf instanceof Value) as Value | undefined) ?? null
  );
}

function hasTensors(argument: unknown): boolean {
  if (argument instanceof Value || argument instanceof Tensor) return true;
  if (typeof argument !== "object" || argument === null) return false;
  return flatten(argument as Nested<unknown>).some((leaf) => leaf instanceof Value || leaf instanceof Tensor);
}

function shapesOf(argument: unknown): Nested<number | null> {
  return mapNested(
    argument as Nested<unknown>,
    (leaf) => (leaf as { shape?: Shape } | null)?.shape ?? null,
  ) as Nested<number | null>;
}

function collectLayers(value: unknown, found: Set<Layer>): void {
  if (value instanceof Layer) found.add(value);
  else if (Array.isArray(value)) for (const item of value) collectLayers(item, found);
  else if (isDict(value)) for (const item of Object.values(value)) collectLayers(item, found);
}

/** Moves a key behind `dtype`: Keras's base layer writes it there when it is not null. */
function afterDtype(config: JsonObject, moved: string): JsonObject {
  const value = config[moved]!;
  const entries = Object.entries(config).filter(([key]) => key !== moved);
  const at = entries.findIndex(([key]) => key === "dtype") + 1;
  entries.splice(at, 0, [moved, value]);
  const ordered = Object.fromEntries(entries);
  copyMarks(config, ordered);
  return ordered;
}
