import type { Constraint } from "../constraints/constraint.ts";
import { within } from "../context.ts";
import type { DTypePolicy } from "../dtype-policies/dtype-policy.ts";
import { dtypePolicy } from "../dtype-policies/field.ts";
import { type CeratopsError, ModelError } from "../errors.ts";
import type { Fields } from "../fields/field.ts";
import { aString, nullable, optional, refine } from "../fields/kinds.ts";
import { checkRedeclared } from "../fields/redeclared.ts";
import { bool } from "../fields/shorthands.ts";
import { pointing } from "../graph/elsewhere.ts";
import type { Arguments, Keywords } from "../graph/graph.ts";
import { Operation, placeOf } from "../graph/graph.ts";
import { noteState } from "../graph/made-state.ts";
import type { Nested } from "../graph/nested.ts";
import { flag, maskFor, type Signature, structure, takes } from "../graph/signature.ts";
import type { FirstOf, MaskOf, RestOf, ShapeOf } from "../graph/signature-types.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { calling, type NameScope, runOutside } from "../program/calling.ts";
import type { Variable } from "../program/variable.ts";
import type { VariableOwner } from "../program/variable-owner.ts";
import type { Quantizable, QuantizedWeight, WeightUse } from "../quantizers/weights/quantization.ts";
import { regularizer } from "../regularizers/field.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import type { DType } from "../tensor/dtype.ts";
import { formatShape, type Shape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { afterDtype } from "./after-dtype.ts";
import { buildFrom, checkBuildConfig, checkShapes, type Shapes, shapesFor, shapesIn } from "./building.ts";
import { guardMethods } from "./by-hand.ts";
import { callLayer } from "./calling.ts";
import { layersElsewhere } from "./elsewhere.ts";
import { takeInputShape } from "./input-shape-hint.ts";
import type { InputSpec } from "./input-spec.ts";
import { lossesOf } from "./losses.ts";
import type { QuantizeOptions } from "./quantize-options.ts";
import {
  assignAll,
  type FieldWeightOptions,
  heldBy,
  makeWeight,
  variablesOf,
  type WeightOptions,
  weightsOf,
  withSublayers,
} from "./weights.ts";

/** The name of a layer: any string without `/`. */
const aName = refine(aString, "a string without /", (name) => !name.includes("/"));

/** The fields every layer has, in the order Keras writes them. */
export const baseFields = {
  /** A name without `/`, unique within a model. Defaults to one made of the class's name, such as `dense_1`. */
  name: optional(nullable(aName), null),
  /** Whether training changes the weights. Defaults to true. */
  trainable: bool(true),
  /**
   * The dtype of computation and variables, or a policy that tells them apart, such as `"mixed_float16"`. Defaults to
   * the global policy, which is `"float32"` unless changed.
   */
  dtype: dtypePolicy(),
  /** Whether float inputs are cast to the compute dtype. Defaults to true. */
  autocast: { ...bool(true, { omitIfDefault: true }), property: "givenAutocast" },
} satisfies Fields;

/** Written only where it is not null, unless a class has it among its own fields. */
export const activityRegularizer = {
  /** The penalty on the outputs that training adds to the loss. Defaults to none. */
  activity_regularizer: regularizer(null, { omitIfDefault: true }),
};

const Base = /* @__PURE__ */ pointing(Operation, layersElsewhere);

/**
 * The base of every layer and model: config, weights, building, calling, masks.
 *
 * A subclass defines `call(inputs, rest)`: the first argument, then the others by name (`mask`, `training`, …),
 * written with `ops`; and `build(shape)` where it has weights. Shapes, values and ONNX follow from that one definition.
 */
export abstract class Layer<S extends Signature = Signature> extends Base<S> implements VariableOwner {
  static override readonly noun: string = "layer";
  static override readonly signature: Signature = takes("inputs", {
    inputs: structure(),
    training: flag(),
    mask: maskFor("inputs"),
  });
  static override readonly contextual: readonly string[] = ["training"];
  static override readonly bookkeeping: readonly string[] = [
    ...Operation.bookkeeping,
    "ownTrainable",
    "built",
    "supportsMasking",
    "handsGivenMaskOn",
    "inputShapeHint",
    "keptState",
    "cannotRun",
    "handOn",
    "quantizedWeight",
    "quantizedColumns",
    "lora",
  ];
  static override readonly fields: Fields = { ...baseFields, ...activityRegularizer };
  /** Whether it passes on masks, or makes them. */
  static readonly supportsMasking: boolean = false;
  /** The name of its class in Python, after which files name its weights; null where configs have the same. */
  static get pythonName(): string | null {
    return null;
  }
  /** The modes that `quantize` knows for it; a class that extends another has none of its own. */
  static readonly quantizedIn: readonly string[] = [];
  /** Whether nothing is left to build once constructed, so that no `build_config` is written. */
  static readonly isBuiltAtOnce: boolean = false;

  declare readonly ["constructor"]: LayerClass;
  declare readonly dtype_policy: DTypePolicy;
  declare activity_regularizer: Regularizer | null;
  declare private ownTrainable: boolean;
  declare private readonly givenAutocast: boolean | undefined;

  /** Whether its weights exist. */
  declare built: boolean;
  /** Whether float inputs are cast to the compute dtype. */
  declare autocast: boolean;
  /** Whether it passes on masks, or makes them; the class says it, or the Keras version that wrote its config. */
  declare supportsMasking: boolean;
  /** Whether masks go on from a `mask` that a call is given, and not only from tensors; the Keras that wrote its config says it. */
  declare handsGivenMaskOn: boolean;
  /** Why it cannot run, where weights of its file are kept that nobody here can compute with. */
  declare cannotRun?: () => CeratopsError;
  /** Gives a copy what no config says and nobody here can make; undefined where that is nothing. */
  declare handOn?: (copy: Layer) => void;
  /** Its weight in few bits, where its policy says so. */
  declare quantizedWeight?: QuantizedWeight | undefined;
  /** Another one, where it has two. */
  declare quantizedColumns?: QuantizedWeight | undefined;
  declare inputSpec: InputSpec | readonly InputSpec[] | null;
  declare readonly ownVariables: Variable[];
  declare readonly isSaved: boolean;
  /** The shape of the first input of a model, given to its first layer (`input_shape`, Keras 2's way). */
  declare readonly inputShapeHint: Shape | null;
  #buildShapes: Shapes | null = null;
  /** The names of those around it and its own, from when it was built on. */
  #path: string | null = null;

  constructor(options: object = {}) {
    const { hint, rest } = takeInputShape(options, new.target.fields);
    super(rest);
    guardMethods(new.target.prototype, Layer.prototype);
    this.inputSpec = null;
    this.ownVariables = [];
    this.isSaved = true;
    this.handsGivenMaskOn = false;
    this.autocast ??= this.givenAutocast ?? true;
    this.ownTrainable ??= true;
    this.inputShapeHint = hint;
    this.built = this.constructor.isBuiltAtOnce;
    this.supportsMasking = this.constructor.supportsMasking;
  }

  /** Makes the weights for inputs of these shapes: those of the first argument, and of all by their names. */
  build(_shape: ShapeOf<S>, _shapes: Shapes): void {}

  /** Computes the outputs; `rest` has the arguments after the first, by name. */
  call(_inputs: FirstOf<S>, _rest: RestOf<S>): unknown {
    throw this.problem(`expected a class that defines call(), received ${this.constructor.className}.`);
  }

  /** The masks of the outputs, from those of the first argument. */
  computeMask(_inputs: FirstOf<S>, mask: MaskOf<S>, _rest: RestOf<S>): unknown {
    return mask ?? null;
  }

  protected override compute(args: Arguments, kwargs: Keywords): unknown {
    return callLayer(this, args, kwargs);
  }

  protected override facts(): string[] {
    const weights = this.ownVariables.map(({ name, shape }) => `${name}=${formatShape(shape)}`);
    return [`built=${this.built}`, ...weights];
  }

  /** The name in front of new variables' names while this layer is called or built; the same layer counts once. */
  nameScope(): NameScope | null {
    const outer = calling().names;
    if (outer?.owner === this) return outer;
    return { path: outer ? `${outer.path}/${this.name}` : this.name, owner: this };
  }

  /** Builds for the shapes of a call's arguments. */
  buildFor(bound: Readonly<Record<string, unknown>>): void {
    if (!isPlain(bound))
      throw this.problem(`buildFor: expected arguments by their names, received ${inspect(bound)}.`);
    this.buildWith(shapesFor(this.constructor.signature, bound));
  }

  /** Builds for shapes by their names: `{ input_shape: [null, 3] }`. Does nothing when built already. */
  buildWith(shapes: Shapes): void {
    checkShapes(this, shapes);
    this.buildChecked(shapes);
  }

  /** Builds for shapes that are known to be some. */
  protected buildChecked(shapes: Shapes): void {
    if (this.built) return;
    checkRedeclared(this.constructor);
    noteState(this);
    const before = this.ownVariables.length;
    const scope = this.nameScope();
    this.#path = scope?.path ?? this.name;
    try {
      runOutside(
        scope,
        () => buildFrom(this, shapes),
        () => placeOf(this),
      );
    } catch (error) {
      this.ownVariables.length = before;
      throw error;
    }
    this.#buildShapes = shapes;
    this.built = true;
  }

  /** Builds for the shape of its first argument. */
  buildOn(shape: Nested<number | null>): void {
    this.buildWith({ [this.constructor.signature.shapes[0] as string]: shape });
  }

  getBuildConfig(): JsonObject | undefined {
    if (this.#buildShapes === null) return undefined;
    const values = Object.values(this.#buildShapes);
    return values.length === 1
      ? { input_shape: values[0] as JsonValue }
      : { shapes_dict: { ...this.#buildShapes } as JsonObject };
  }

  buildFromConfig(config: JsonObject): void {
    checkBuildConfig(this, config);
    const shapes = shapesIn(this, config);
    if (shapes) this.buildChecked(shapes);
  }

  /** Adds a variable that belongs to the layer; it is filled when first read. */
  protected addWeight(options: WeightOptions = {}): Variable {
    const variable = makeWeight(this, options);
    this.ownVariables.push(variable);
    return variable;
  }

  /**
   * Adds a variable whose initializer, regularizer and constraint are fields of the layer: for `"kernel"` those are
   * `kernel_initializer`, `kernel_regularizer` and `kernel_constraint`, as far as there are such fields.
   */
  protected weight(name: string, shape: Shape, options: FieldWeightOptions = {}): Variable {
    if (typeof name !== "string")
      throw this.problem(`expected the name of a weight, received ${inspect(name)}.`);
    const { field = name, ...rest } = options;
    const own = this as unknown as Readonly<Record<string, unknown>>;
    const { initializer = own[`${field}_initializer`] as Initializer | null | undefined } = rest;
    if (initializer === undefined) {
      const expected = `a field ${field}_initializer, or the option initializer`;
      throw this.problem(`weight ${quote(name)}: expected ${expected}, received neither.`);
    }
    return this.addWeight({
      name,
      shape,
      regularizer: (own[`${field}_regularizer`] ?? null) as Regularizer | null,
      constraint: (own[`${field}_constraint`] ?? null) as Constraint | null,
      ...rest,
      initializer,
    });
  }

  /** The classes inside that this program has no code for, without which the layer cannot be built or run. */
  get missingCode(): readonly string[] {
    const inside = () => this.sublayers().flatMap(({ missingCode }) => missingCode);
    return within(inside, () => placeOf(this), ModelError);
  }

  /** The layers inside, in the order they became properties. */
  sublayers(): Layer[] {
    return heldBy(this, isLayer);
  }

  /** All variables that are saved: its own, trainable first, then those of the layers inside. */
  get weights(): Variable[] {
    return weightsOf<Layer>(this);
  }

  /** All variables: the weights, and the states of random numbers. */
  get variables(): Variable[] {
    return variablesOf<Layer>(this);
  }

  get trainableWeights(): Variable[] {
    return this.trainable ? this.weights.filter((variable) => variable.trainable) : [];
  }

  get nonTrainableWeights(): Variable[] {
    return this.trainable ? this.weights.filter((variable) => !variable.trainable) : this.weights;
  }

  /**
   * The penalties that training adds to the loss: those on the outputs of the last call on tensors
   * (`activity_regularizer`), then those on the weights as they are now.
   */
  get losses(): Tensor[] {
    return lossesOf(this, withSublayers<Layer>(this), this.weights);
  }

  /** The weights' values, in the order of `weights`. */
  getWeights(): Tensor[] {
    return this.weights.map((variable) => variable.value);
  }

  /** Replaces the weights' values, in the order of `weights`; checks all before it changes any. */
  setWeights(values: readonly Tensor[]): void {
    assignAll(this, this.weights, values);
  }

  /** How many numbers the weights hold. */
  countParams(): number {
    return this.weights.reduce((count, { shape }) => count + sizeOf(shape), 0);
  }

  get trainable(): boolean {
    return this.ownTrainable;
  }

  set trainable(value: boolean) {
    if (typeof value !== "boolean")
      throw this.problem(`expected trainable to be true or false, received ${inspect(value)}.`);
    // A field is set before the properties of the class exist.
    for (const layer of this.ownVariables ? withSublayers<Layer>(this) : [this]) {
      layer.setOwnTrainable(value);
      for (const variable of layer.ownVariables ?? []) if (!variable.isStatistic) variable.trainable = value;
    }
  }

  /** Says what `trainable` is and no more: its weights and the layers inside say it of themselves. */
  setOwnTrainable(value: boolean): void {
    this.ownTrainable = value;
  }

  /** The dtype of the variables. */
  get dtype(): DType {
    return this.variableDtype;
  }

  get variableDtype(): DType {
    return this.ownPolicy.variableDtype;
  }

  get computeDtype(): DType {
    return this.ownPolicy.computeDtype;
  }

  /** The policy that it has of itself, of a map that one for its path. */
  get ownPolicy(): DTypePolicy {
    return this.dtype_policy.at(this.#path);
  }

  /** What a policy that quantizes needs to make one of the layer's weights. */
  protected quantizable(use: WeightUse): Quantizable {
    const addFloats = () => this.weight(use.name, use.shape);
    return { owner: this, use, addWeight: (options) => this.addWeight(options), addFloats };
  }

  /** Gives it its weight in few bits: `int8`, `int4` or `float8`. It must be built, and of a class that has such. */
  async quantize(mode: string | null, options: QuantizeOptions = {}): Promise<unknown> {
    return (await import("./quantize.ts")).quantizeLayer(this, mode, options);
  }

  protected override arrange(config: JsonObject): JsonObject {
    return this.activity_regularizer ? afterDtype(config, "activity_regularizer") : config;
  }
}

function isLayer(value: object): value is Layer {
  return value instanceof Layer;
}

/** What the class of a layer says of it. */
export interface LayerClass {
  readonly className: string;
  readonly module: string | null;
  readonly registeredName: string | null;
  readonly fields: Fields;
  readonly signature: Signature;
  readonly contextual: readonly string[];
  readonly noun: string;
  readonly supportsMasking: boolean;
  readonly isBuiltAtOnce: boolean;
  readonly quantizedIn: readonly string[];
  readonly pythonName: string | null;
  /** Makes a layer of this class from its config. */
  fromConfig(config: object, options?: object): Layer;
}
