import { computing, finished } from "../context.ts";
import type { CeratopsError } from "../errors.ts";
import { checkRedeclared } from "../fields/redeclared.ts";
import type { Arguments, Keywords } from "../graph/graph.ts";
import { type Operation, placeOf, signatureOf, unknownArgument } from "../graph/graph.ts";
import { maskOf, setMask } from "../graph/mask.ts";
import { flatten, mapNested, type Nested } from "../graph/nested.ts";
import type { Argument, Signature } from "../graph/signature.ts";
import { inspect } from "../json/inspect.ts";
import { asResult } from "../ops/operands.ts";
import { calling, type NameScope, run } from "../program/calling.ts";
import { type Numeric, strange } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { type Computation, Value } from "../program/value.ts";
import { Variable } from "../program/variable.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import { type DType, isFloat } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import { checkArguments } from "./check-arguments.ts";
import { checkInput, type InputSpec } from "./input-spec.ts";
import { addActivityLosses, startLosses } from "./losses.ts";
import { running } from "./running.ts";

type Bound = Record<string, unknown>;

/** A layer as far as a call needs it. */
export interface Called extends Operation {
  readonly built: boolean;
  readonly autocast: boolean;
  readonly supportsMasking: boolean;
  readonly handsGivenMaskOn: boolean;
  readonly inputSpec: InputSpec | readonly InputSpec[] | null;
  readonly computeDtype: DType;
  readonly variableDtype: DType;
  readonly activity_regularizer: Regularizer | null;
  readonly cannotRun?: () => CeratopsError;
  nameScope(): NameScope | null;
  buildFor(bound: Readonly<Bound>): void;
  call(first: unknown, rest: unknown): unknown;
  computeMask(first: unknown, masks: unknown, rest: unknown): unknown;
}

/**
 * The life of a call on tensors or values: the arguments get their names and the layer's dtype, the layer is built if
 * it is not, `training` and masks that nobody gave are filled in, `call` runs, and its outputs get their masks.
 */
export function callLayer(layer: Called, args: Arguments, kwargs: Keywords): unknown {
  checkRedeclared(layer.constructor);
  const signature = signatureOf(layer);
  const asked = layer.computeDtype;
  let bound = bind(layer, args, kwargs);
  const computation = prepare(layer, bound);
  // A map of policies goes by the layer's path, which it has when it is built.
  if (layer.computeDtype !== asked) bound = bind(layer, args, kwargs);
  const first = bound[signature.first];
  const training = (bound.training as boolean | null | undefined) ?? calling().training;
  for (const name of layer.constructor.contextual)
    if (Object.hasOwn(bound, name) && !signature.names.includes(name)) delete bound[name];
  for (const name of signature.names) {
    const { form, byDefault } = signature.arguments[name] as Argument;
    if (form === "flag") bound[name] = (name === "training" ? training : bound[name]) ?? byDefault ?? false;
  }
  const given = kwargs.mask == null ? null : bound.mask;
  fillMasks(bound, signature);
  const rest: Bound = {};
  for (const name in bound) if (name !== signature.first) rest[name] = bound[name];
  const losses = calling().losses ?? startLosses(layer);
  const within = computation ?? calling().within;
  const where = () => placeOf(layer);
  return run(
    { training, within, computeDtype: castTo(layer), names: layer.nameScope(), losses },
    () => {
      const outputs = finished(
        computing(where, () => running(layer, "call", () => layer.call(first, rest))),
        where,
      );
      checkOutputs(layer, outputs);
      addActivityLosses(layer, outputs, losses);
      if (layer.supportsMasking) setMasks(layer, first, outputs, rest, given);
      return outputs;
    },
    where,
  );
}

/** Looks at a call's arguments, and builds the layer for them; gives the computation that they belong to. */
export function prepare(layer: Called, bound: Readonly<Bound>): Computation | null {
  checkArguments(layer, bound);
  const first = bound[signatureOf(layer).first];
  const computation = computationOf(first);
  if (layer.cannotRun && computation?.builder !== null) throw layer.cannotRun();
  checkInput(layer, layer.inputSpec, first);
  if (!layer.built) layer.buildFor(bound);
  return computation;
}

/** The arguments by their names, floats cast to the dtype the layer computes in. */
function bind(layer: Called, args: Arguments, kwargs: Keywords): Bound {
  const { names } = signatureOf(layer);
  const { contextual } = layer.constructor;
  if (args.length > names.length) {
    const most = `at most ${names.length} arguments (${names.join(", ")})`;
    throw layer.problem(`expected ${most}, received ${args.length}.`);
  }
  const bound: Bound = {};
  for (const [i, name] of names.entries()) {
    if (i < args.length) bound[name] = cast(layer, args[i]);
  }
  for (const key of Object.keys(kwargs)) {
    if (!names.includes(key) && !contextual.includes(key)) throw unknownArgument(layer, key);
    if (Object.hasOwn(bound, key))
      throw layer.problem(`expected ${key} once, received it by its place and by its name.`);
    bound[key] = cast(layer, kwargs[key]);
  }
  return bound;
}

function cast(layer: Called, argument: unknown): unknown {
  const dtype = layer.computeDtype;
  const castLeaf = (given: unknown): unknown => {
    const leaf = given instanceof Variable ? asResult(given) : given;
    if (!layer.autocast || !isNumeric(leaf) || leaf.dtype === dtype || !isFloat(leaf.dtype)) return leaf;
    const mask = maskOf(leaf);
    const result = prim("cast", [leaf], { dtype });
    if (mask) setMask(result, mask);
    return result;
  };
  return isNumeric(argument) ? castLeaf(argument) : mapNested(argument as Nested<unknown>, castLeaf);
}

/** What float variables are read as inside; null where that is what they are. */
function castTo({ autocast, computeDtype, variableDtype }: Called): DType | null {
  return autocast && computeDtype !== variableDtype ? computeDtype : null;
}

/** The computation that an argument belongs to; null for one of numbers alone. */
function computationOf(argument: unknown): Computation | null {
  if (argument instanceof Value) return argument;
  return flatten(argument as Nested<unknown>).find((leaf) => leaf instanceof Value) ?? null;
}

/** Outputs are tensors, or values of the computation that runs. */
function checkOutputs(layer: Called, outputs: unknown): void {
  const isAtOnce = calling().within === null;
  if (outputs instanceof Value && !isAtOnce) return;
  for (const leaf of flatten(outputs as Nested<unknown>)) {
    if (leaf === null || leaf instanceof Tensor || leaf instanceof Variable) continue;
    if (!(leaf instanceof Value))
      throw layer.problem(`expected its call to return tensors, received ${inspect(leaf)}.`);
    if (isAtOnce) throw strange(placeOf(layer));
  }
}

/**
 * Fills in the masks that nobody gave from those the tensors carry. A plain `mask` is that of the only argument with
 * tensors; where there are several, each has its own. Source: Keras 3.6 `layers/layer.py`, `__call__`.
 */
function fillMasks(bound: Bound, { masks }: Signature): void {
  if (masks.length === 0) return;
  const filled = Object.keys(bound).filter((name) => hasTensors(bound[name]));
  for (const { name, of } of masks) {
    const isAlone = filled.length === 1 && filled[0] === of;
    if (bound[name] != null || !filled.includes(of) || (name === "mask" && !isAlone)) continue;
    if (name !== "mask" && filled.length === 1) continue;
    bound[name] = mapNested(bound[of] as Nested<unknown>, maskOf);
  }
}

/** Masks go on from the tensors of the first argument, or from what was given by the name `mask`. */
function setMasks(
  layer: Called,
  first: unknown,
  outputs: unknown,
  rest: Readonly<Bound>,
  given: unknown,
): void {
  const flat = flatten(outputs as Nested<object>);
  if (flat.every((output) => maskOf(output) !== null)) return;
  const handedOn = layer.handsGivenMaskOn ? given : null;
  const previous = handedOn ?? mapNested(first as Nested<unknown>, maskOf);
  const computed = finished(
    running(layer, "call", () => layer.computeMask(first, previous, rest)),
    () => placeOf(layer),
  );
  const masks = flatten(computed as Nested<Numeric | null>);
  for (const [i, output] of flat.entries()) {
    const mask = masks[i];
    if (mask && maskOf(output) === null) setMask(output, mask);
  }
}

function isNumeric(value: unknown): value is Numeric {
  return value instanceof Value || value instanceof Tensor;
}

function hasTensors(argument: unknown): boolean {
  if (typeof argument !== "object" || argument === null) return false;
  return isNumeric(argument) || flatten(argument as Nested<unknown>).some(isNumeric);
}
