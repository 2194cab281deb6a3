import { ModelError, ShapeError } from "../errors.ts";
import { maskOf, setMask } from "../graph/mask.ts";
import { flatten, formatStructure, isDict, type Nested, sameStructure } from "../graph/nested.ts";
import { placeOf } from "../graph/operation.ts";
import { inspect } from "../json/inspect.ts";
import { prim, type Result } from "../program/emit.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { FunctionalParts } from "./model-parts.ts";

/**
 * Brings the inputs of a call into the model's order, dtypes and ranks: a dict may give a list-built model's inputs
 * by their names, and a last dimension of 1 may be missing or too much.
 */
export function standardizeInputs(
  model: FunctionalParts,
  inputs: Nested<unknown>,
  mask: unknown,
): (Result | null)[] {
  const flat = pick(model, inputs);
  const masks = mask == null ? [] : flatten(mask as Nested<Result | null>);
  return flat.map((value, i) => {
    const reference = model.inputs[i]!;
    const { name } = reference.node!.operation;
    if (value === null || value === undefined) {
      if (isOptional(reference.node!.operation)) return null;
      throw new ModelError(
        placeOf(model),
        `expected a tensor for input ${JSON.stringify(name)}, received ${inspect(value)}.`,
      );
    }
    let tensor = value as Result;
    const attached = masks[i] ?? maskOf(tensor);
    if (tensor.dtype !== reference.dtype) tensor = prim("cast", [tensor], { dtype: reference.dtype });
    tensor = fitRank(model, name, tensor, reference.shape);
    if (attached) setMask(tensor, attached);
    return tensor;
  });
}

/** The inputs in the model's order. */
function pick(model: FunctionalParts, inputs: Nested<unknown>): unknown[] {
  const { inputStructure } = model;
  if (isDict(inputs)) {
    const names = isDict(inputStructure) ? null : model.inputs.map(({ node }) => node!.operation.name);
    const keys = names ?? Object.keys(inputStructure as object).sort();
    const flatDict =
      names !== null || Object.values(inputStructure).every((leaf) => !Array.isArray(leaf) && !isDict(leaf));
    if (flatDict) {
      const missing = keys.filter((key) => !Object.hasOwn(inputs, key));
      if (missing.length > 0) {
        throw new ModelError(
          placeOf(model),
          `expected inputs ${inspect(keys)}, received ${inspect(Object.keys(inputs))}; missing: ${missing.map((key) => JSON.stringify(key)).join(", ")}.`,
        );
      }
      return names
        ? keys.map((key) => inputs[key])
        : flatten(Object.fromEntries(keys.map((key) => [key, inputs[key]])) as Nested<unknown>);
    }
  }
  const flat = flatten(inputs);
  if (flat.length !== model.inputs.length) {
    throw new ModelError(
      placeOf(model),
      `expected inputs of the structure ${formatStructure(inputStructure)}, received ${formatStructure(inputs)}.`,
    );
  }
  if (isDict(inputStructure) && !isDict(inputs) && !sameStructure(inputStructure, inputs)) return flat;
  return flat;
}

function fitRank(model: FunctionalParts, name: string, tensor: Result, expected: Shape): Result {
  const { shape } = tensor;
  const fits = (a: Shape) =>
    a.length === expected.length &&
    a.every((n, i) => n === null || expected[i] === null || n === expected[i]);
  if (fits(shape)) return tensor;
  if (shape.length === expected.length + 1 && shape.at(-1) === 1 && fits(shape.slice(0, -1)))
    return reshape(tensor, shape.slice(0, -1));
  if (shape.length === expected.length - 1 && expected.at(-1) === 1 && fits([...shape, 1]))
    return reshape(tensor, [...shape, 1]);
  throw new ShapeError(
    placeOf(model),
    `expected shape ${formatShape(expected)} for input ${JSON.stringify(name)}, received ${formatShape(shape)}.`,
  );
}

/** A reshape that only adds or drops a last dimension of 1; several unknown dimensions stay themselves. */
function reshape(tensor: Result, shape: Shape): Result {
  const unknown = shape.flatMap((n, axis) => (n === null ? [axis] : []));
  const dimensions = unknown.map((axis) => prim("dim", [tensor], { axis }));
  const spec = shape.map((n, axis) => n ?? -2 - unknown.indexOf(axis));
  return prim("reshape", [tensor, ...dimensions], { shape: spec });
}

function isOptional(operation: object): boolean {
  return "optional" in operation && operation.optional === true;
}
