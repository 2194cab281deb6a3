import type { Constraint } from "../constraints/constraint.ts";
import { ModelError } from "../errors.ts";
import { type Operation, placeOf } from "../graph/graph.ts";
import { autoName } from "../graph/naming.ts";
import { isDict } from "../graph/nested.ts";
import { getInitializer, type InitializerLike } from "../initializers/field.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { pairs } from "../pairs.ts";
import { type NameScope, runOutside } from "../program/calling.ts";
import { Variable } from "../program/variable.ts";
import { listedVariables, ownsVariables, type VariableOwner } from "../program/variable-owner.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import { type DType, isFloat, isNumericDType } from "../tensor/dtype.ts";
import { formatShape, isStatic, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What `addWeight` takes. */
export interface WeightOptions {
  /** The last part of its path: `kernel`. Defaults to `variable`, counted. */
  readonly name?: string;
  /** Its shape, all sizes known. Defaults to [], one number. */
  readonly shape?: Shape;
  /** What it is filled with when it is first read. Defaults to "glorot_uniform" for floats, to `"zeros"` for all else. */
  readonly initializer?: InitializerLike | null | undefined;
  /** Whether training changes it. Defaults to true. */
  readonly trainable?: boolean;
  /** Defaults to the layer's variable dtype. */
  readonly dtype?: DType;
  /** Whether it is read in the layer's compute dtype. Defaults to true for floats. */
  readonly autocast?: boolean;
  /** The penalty on it, one of the layer's `losses`. */
  readonly regularizer?: Regularizer | null;
  /** What brings it back into bounds after a step of training. */
  readonly constraint?: Constraint | null;
}

/** What `weight` takes beside name and shape. */
export interface FieldWeightOptions extends Partial<Omit<WeightOptions, "name" | "shape">> {
  /** What its fields are called, where that is not its name: `recurrent` of `recurrent_kernel`. */
  readonly field?: string;
}

const optionNames = {
  name: true,
  shape: true,
  initializer: true,
  trainable: true,
  dtype: true,
  autocast: true,
  regularizer: true,
  constraint: true,
} as const;

/** A layer as far as it has layers inside. */
interface Nest<L> {
  sublayers(): readonly L[];
}

/** A layer as far as its variables need it. */
interface Made {
  readonly variableDtype: DType;
  readonly trainable: boolean;
  nameScope(): NameScope | null;
}

/** Makes a variable of a layer; it is filled when first read. */
export function makeWeight(layer: Operation & Made, options: WeightOptions): Variable {
  checkOptions(() => `${placeOf(layer)}: addWeight`, options, optionNames, ModelError);
  const { name = autoName("Variable"), shape = [], trainable = true, dtype = layer.variableDtype } = options;
  if (!Array.isArray(shape))
    throw new ModelError(`${placeOf(layer)}.${name}`, `expected a shape, received ${inspect(shape)}.`);
  if (!isStatic(shape)) {
    throw new ModelError(
      `${placeOf(layer)}.${name}`,
      `expected a shape without unknown dimensions, received ${formatShape(shape)}.`,
    );
  }
  if (!isNumericDType(dtype))
    throw new ModelError(`${placeOf(layer)}.${name}`, `expected a dtype, received ${inspect(dtype)}.`);
  const initializer = getInitializer(options.initializer ?? (isFloat(dtype) ? "glorot_uniform" : "zeros"));
  const variable = new Variable({
    name,
    shape,
    dtype,
    trainable: trainable && layer.trainable,
    autocast: (options.autocast ?? true) && isFloat(dtype),
    initializer,
    regularizer: options.regularizer ?? null,
    constraint: options.constraint ?? null,
    initialize: () => runOutside(null, () => initializer.begin(shape, dtype)),
  });
  const names = layer.nameScope();
  variable.path = names ? `${names.path}/${name}` : name;
  variable.isStatistic = !trainable;
  return variable;
}

/** Replaces the values of a layer's weights; checks all before it changes any. */
export function assignAll(layer: Operation, weights: readonly Variable[], values: readonly Tensor[]): void {
  if (!Array.isArray(values))
    throw layer.problem(`setWeights: expected a list of tensors, received ${inspect(values)}.`);
  if (weights.length !== values.length)
    throw layer.problem(`setWeights: expected ${weights.length} tensors, received ${values.length}.`);
  const assigned = pairs(weights, values);
  for (const [variable, value] of assigned) variable.check(value);
  for (const [variable, value] of assigned) variable.assign(value);
}

/** What an object's properties hold of one kind, also in lists and dicts, in the order they became properties. */
export function heldBy<T>(owner: object, isOne: (value: object) => value is T & object): T[] {
  const found: T[] = [];
  for (const value of Object.values(owner as Readonly<Record<string, unknown>>)) {
    if (typeof value !== "object" || value === null) continue;
    if (isOne(value)) found.push(value);
    else if (isContainer(value)) lookInside(value, isOne, found);
  }
  return found.length > 1 ? [...new Set(found)] : found;
}

type Container = readonly unknown[] | ReadonlySet<unknown> | Readonly<Record<string, unknown>>;

function isContainer(value: object): value is Container {
  return Array.isArray(value) || value instanceof Set || isDict(value);
}

/** `seen` are the containers two or more levels inside another that were looked into: they may hold each other. */
function lookInside<T>(
  container: Container,
  isOne: (value: object) => value is T & object,
  found: T[],
  level = 0,
  seen: Set<object> | null = null,
): void {
  const items = Array.isArray(container) || container instanceof Set ? container : Object.values(container);
  let inner = seen;
  for (const item of items) {
    if (typeof item !== "object" || item === null) continue;
    if (isOne(item)) found.push(item);
    else if (isContainer(item)) {
      if (level > 0) {
        inner ??= new Set();
        if (inner.has(item)) continue;
        inner.add(item);
      }
      lookInside(item, isOne, found, level + 1, inner);
    }
  }
}

/** A layer and all layers inside it, each once, a layer before those inside it. */
export function withSublayers<L extends Nest<L>>(root: L): L[] {
  const found = new Set<L>();
  const pending = [root];
  for (let layer = pending.pop(); layer; layer = pending.pop()) {
    if (found.has(layer)) continue;
    found.add(layer);
    const inside = layer.sublayers();
    for (let i = inside.length - 1; i >= 0; i--) pending.push(inside[i] as L);
  }
  return [...found];
}

/**
 * All variables of a layer: those that are saved, and what else is owned, such as the states of seed generators; each
 * layer's own first, then those of the layers inside. Source: Keras 3.6 `layers/layer.py`, `variables`.
 */
export function variablesOf<L extends Nest<L> & VariableOwner>(root: L): Variable[] {
  const found = new Set<Variable>();
  for (const layer of withSublayers(root)) {
    const isOther = (value: object): value is VariableOwner =>
      ownsVariables(value) && !("sublayers" in value);
    for (const owner of [layer, ...heldBy(layer, isOther)]) {
      for (const variable of listedVariables(owner)) found.add(variable);
    }
  }
  return [...found];
}

/** All variables of a layer that are saved: its own, trainable first, then those of the layers inside. */
export function weightsOf<L extends Nest<L> & VariableOwner>(root: L): Variable[] {
  const found = new Set<Variable>();
  for (const layer of withSublayers(root)) for (const variable of listedVariables(layer)) found.add(variable);
  return [...found];
}
