import { ModelError, ShapeError } from "../errors.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { type Operation, placeOf } from "../graph/graph.ts";
import { maskOf, setMask } from "../graph/mask.ts";
import { flatten, formatStructure, isDict, type Nested } from "../graph/nested.ts";
import { inspect } from "../json/inspect.ts";
import { quote } from "../json/quote.ts";
import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { Value } from "../program/value.ts";
import { Variable } from "../program/variable.ts";
import { castTensor } from "../tensor/cast.ts";
import type { DType } from "../tensor/dtype.ts";
import { formatShape, isStatic, type Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/**
 * The inputs of a call in the order of the model's own, one for each. A dict may give the inputs of a model that was
 * built with a list or one tensor by their names; else only the order counts, as in Keras.
 */
export function matchInputs(model: Operation, own: Nested<KerasTensor>, inputs: Nested<unknown>): unknown[] {
  const owned = flatten(own);
  if (isDict(inputs)) {
    const names = isDict(own) ? null : owned.map(nameOf);
    const keys = names ?? Object.keys(own as object).sort();
    const isFlat =
      names !== null || Object.values(own).every((leaf) => !Array.isArray(leaf) && !isDict(leaf));
    if (isFlat) {
      const missing = keys.filter((key) => !Object.hasOwn(inputs, key));
      if (missing.length > 0) {
        throw new ModelError(
          placeOf(model),
          `expected inputs ${inspect(keys)}, received ${inspect(Object.keys(inputs))}; missing: ${missing.map((key) => quote(key)).join(", ")}.`,
        );
      }
      return names
        ? keys.map((key) => inputs[key])
        : flatten(Object.fromEntries(keys.map((key) => [key, inputs[key]])) as Nested<unknown>);
    }
  }
  const flat = flatten(inputs);
  if (flat.length === owned.length) return flat;
  if (flat.some((leaf) => typeof leaf === "number" || typeof leaf === "boolean")) {
    throw new ModelError(
      placeOf(model),
      `expected inputs to be tensors, received ${inspect(inputs)}. tensor(x) makes one of nested arrays.`,
    );
  }
  throw new ModelError(
    placeOf(model),
    `expected inputs of the structure ${formatStructure(own)}, received ${formatStructure(inputs)}.`,
  );
}

/**
 * An input of a call with the dtype and the rank of the model's own: a last dimension of 1 may be missing or too much.
 * Any batch will do. Null where an optional one is absent.
 */
export function fitInput(model: Operation, own: KerasTensor, input: unknown): Numeric | null {
  if (input == null && isOptional(own.node!.operation)) return null;
  if (!isTensor(input)) {
    throw new ModelError(
      placeOf(model),
      `expected a tensor for input ${quote(nameOf(own))}, received ${inspect(input)}.`,
    );
  }
  const given = input as Numeric;
  const shape = fittingShape(given.shape, own.shape);
  if (shape === null) {
    const isOneSample = fittingShape([1, ...given.shape], own.shape) !== null;
    const help = isOneSample
      ? " Wrap it in a list: a batch of one sample is [x], of a tensor expandDims(x, { axis: 0 })."
      : "";
    throw new ShapeError(
      placeOf(model),
      `expected shape ${formatShape(own.shape)} for input ${quote(nameOf(own))}, received ${formatShape(given.shape)}.${help}`,
    );
  }
  if ((given.dtype === "string") !== (own.dtype === "string")) {
    const expected = own.dtype === "string" ? "texts" : "numbers";
    throw new ModelError(
      placeOf(model),
      `expected ${expected} for input ${quote(nameOf(own))}, received ${given.dtype}.`,
    );
  }
  const cast = given.dtype === own.dtype ? given : withDType(given, own.dtype);
  return shape.length === cast.shape.length ? cast : withShape(cast, shape);
}

/** The inputs of a call as the model's own, in their order, with their masks. */
export function standardizeInputs(
  model: Operation,
  own: Nested<KerasTensor>,
  inputs: Nested<unknown>,
  mask: unknown,
): (Numeric | null)[] {
  const masks = mask == null ? [] : flatten(mask as Nested<Numeric | null>);
  const owned = flatten(own);
  return matchInputs(model, own, inputs).map((input, i) => {
    const fitted = fitInput(model, owned[i]!, input);
    const attached = fitted && (masks[i] ?? maskOf(input));
    if (!attached || maskOf(fitted) === attached) return fitted;
    // The tensor of the caller keeps the mask it has.
    const masked = fitted === input ? withShape(fitted, fitted.shape) : fitted;
    setMask(masked, attached);
    return masked;
  });
}

function isTensor(input: unknown): boolean {
  return input instanceof Tensor || input instanceof Value || input instanceof Variable;
}

function nameOf({ node }: KerasTensor): string {
  return node!.operation.name;
}

function isOptional(operation: object): boolean {
  return "optional" in operation && operation.optional === true;
}

/** `shape`, or it with a last dimension of 1 more or less, where that fits; null where nothing does. */
function fittingShape(shape: Shape, expected: Shape): Shape | null {
  const fits = (a: Shape) =>
    a.length === expected.length &&
    a.every((n, axis) => axis === 0 || n === null || expected[axis] === null || n === expected[axis]);
  if (fits(shape)) return shape;
  const shorter = shape.slice(0, -1);
  if (shape.at(-1) === 1 && fits(shorter)) return shorter;
  const longer = [...shape, 1];
  return expected.at(-1) === 1 && fits(longer) ? longer : null;
}

function withDType(value: Numeric, dtype: DType): Numeric {
  return value instanceof Tensor ? castTensor(value, dtype) : prim("cast", [value], { dtype });
}

/** With a last dimension of 1 more or less; several unknown dimensions stay themselves. */
function withShape(value: Numeric, shape: Shape): Numeric {
  if (value instanceof Tensor && isStatic(shape))
    return new Tensor(value.dtype, shape, value.data, value.strings);
  const unknown = shape.flatMap((n, axis) => (n === null ? [axis] : []));
  const dimensions = unknown.map((axis) => prim("dim", [value], { axis }));
  const spec = shape.map((n, axis) => n ?? -2 - unknown.indexOf(axis));
  return prim("reshape", [value, ...dimensions], { shape: spec });
}
