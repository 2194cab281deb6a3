import type { DTypePolicy } from "../dtype-policies/dtype-policy.ts";
import { maskOf, setMask } from "../graph/mask.ts";
import { flatten, mapNested, type Nested } from "../graph/nested.ts";
import type { Arguments, Keywords } from "../graph/node.ts";
import { type Operation, placeOf, signatureOf, unknownArgument } from "../graph/operation.ts";
import type { Argument, Signature } from "../graph/signature.ts";
import { calling, type NameScope, runCalling } from "../program/calling.ts";
import { evaluatorOf } from "../program/eager.ts";
import { prim, type Result } from "../program/emit.ts";
import { type Computation, Value } from "../program/value.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import { type DType, isFloat } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import { checkArguments } from "./check-arguments.ts";
import { checkInput, type InputSpec } from "./input-spec.ts";
import { addActivityLosses, type CallLosses } from "./losses.ts";

type Bound = Record<string, unknown>;

/** A layer as far as a call needs it. */
interface Called extends Operation {
  readonly built: boolean;
  readonly autocast: boolean;
  readonly supportsMasking: boolean;
  readonly inputSpec: InputSpec | readonly InputSpec[] | null;
  readonly dtype_policy: DTypePolicy;
  readonly activity_regularizer: Regularizer | null;
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
  const signature = signatureOf(layer);
  const bound = bind(layer, args, kwargs);
  checkArguments(layer, bound);
  const first = bound[signature.first];
  checkInput(layer, layer.inputSpec, first);
  if (!layer.built) layer.buildFor(bound);
  const training = (bound.training as boolean | null | undefined) ?? calling().training;
  for (const name of signature.names) {
    const { form, byDefault } = signature.arguments[name] as Argument;
    if (form === "flag") bound[name] = (name === "training" ? training : bound[name]) ?? byDefault ?? false;
  }
  fillMasks(bound, signature);
  const { [signature.first]: _, ...rest } = bound;
  const losses = (calling().losses ?? []) as CallLosses;
  const call = { training, computeDtype: castTo(layer), names: layer.nameScope(), losses };
  const outputs = runCalling(
    { ...call, ...computationOf(first) },
    () => {
      const result = layer.call(first, rest);
      addActivityLosses(layer, result, losses);
      return result;
    },
    () => placeOf(layer),
  );
  if (layer.supportsMasking) setMasks(layer, first, outputs, rest);
  return outputs;
}

/** The arguments by their names, floats cast to the dtype the layer computes in. */
function bind(layer: Called, args: Arguments, kwargs: Keywords): Bound {
  const { names } = signatureOf(layer);
  if (args.length > names.length) {
    const most = `at most ${names.length} arguments (${names.join(", ")})`;
    throw layer.problem(`expected ${most}, received ${args.length}.`);
  }
  const bound: Bound = {};
  for (const [i, name] of names.entries()) {
    if (i < args.length) bound[name] = cast(layer, args[i]);
  }
  for (const key of Object.keys(kwargs)) {
    if (!names.includes(key)) throw unknownArgument(layer, key);
    bound[key] = cast(layer, kwargs[key]);
  }
  return bound;
}

function cast(layer: Called, argument: unknown): unknown {
  if (!layer.autocast) return argument;
  const dtype = layer.dtype_policy.computeDtype;
  const castLeaf = (leaf: unknown): unknown => {
    if (!isNumeric(leaf) || leaf.dtype === dtype || !isFloat(leaf.dtype)) return leaf;
    const mask = maskOf(leaf);
    const result = prim("cast", [leaf], { dtype });
    if (mask) setMask(result, mask);
    return result;
  };
  return isNumeric(argument) ? castLeaf(argument) : mapNested(argument as Nested<unknown>, castLeaf);
}

/** What float variables are read as inside; null where that is what they are. */
function castTo({ autocast, dtype_policy }: Called): DType | null {
  const { computeDtype, variableDtype } = dtype_policy;
  return autocast && computeDtype !== variableDtype ? computeDtype : null;
}

/** The computation that an argument belongs to, or else what computes on it at once. */
function computationOf(argument: unknown): {
  readonly within?: Computation | null;
  readonly evaluate?: NonNullable<ReturnType<typeof evaluatorOf>>;
} {
  const leaves = isNumeric(argument) ? [argument] : flatten(argument as Nested<unknown>);
  const value = leaves.find((leaf) => leaf instanceof Value);
  if (value) return { within: value };
  for (const leaf of leaves) {
    const evaluate = leaf instanceof Tensor ? evaluatorOf(leaf) : undefined;
    if (evaluate) return { evaluate };
  }
  return {};
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

function setMasks(layer: Called, first: unknown, outputs: unknown, rest: Readonly<Bound>): void {
  const flat = flatten(outputs as Nested<object>);
  if (flat.every((output) => maskOf(output) !== null)) return;
  const previous = mapNested(first as Nested<unknown>, maskOf);
  const computed = layer.computeMask(first, previous, rest);
  const masks = flatten(computed as Nested<Result | null>);
  for (const [i, output] of flat.entries()) {
    const mask = masks[i];
    if (mask && maskOf(output) === null) setMask(output, mask);
  }
}

function isNumeric(value: unknown): value is Result {
  return value instanceof Value || value instanceof Tensor;
}

function hasTensors(argument: unknown): boolean {
  if (typeof argument !== "object" || argument === null) return false;
  return isNumeric(argument) || flatten(argument as Nested<unknown>).some(isNumeric);
}
