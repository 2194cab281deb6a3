import { ModelError, ShapeError } from "../errors.ts";
import { type KerasTensor, type Operation, placeOf } from "../graph/graph.ts";
import { flatten, isDict, mapNested, type Nested, sortedKeys } from "../graph/nested.ts";
import { checkLevel } from "../json/depth.ts";
import { inspect } from "../json/inspect.ts";
import { quote } from "../json/quote.ts";
import { pairs } from "../pairs.ts";
import { firstShape, fromNested, type NestedArray } from "../tensor/create.ts";
import { isDType } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import { memberOf, membersOf } from "./own-inputs.ts";
import { fitInput, matchInputs } from "./standardize-inputs.ts";

/** A tensor, numbers in nested arrays, or a list or dict of them as the model takes them; null for an optional one. */
export type PredictInput =
  | Tensor
  | NestedArray
  | null
  | { readonly [key: string]: PredictInput }
  | readonly PredictInput[];

/** What `predict` is given as the model's inputs: in their order, of their dtypes and ranks. */
export function readInputs(model: Operation, own: Nested<KerasTensor>, x: PredictInput): (Tensor | null)[] {
  const owned = flatten(own);
  return pairs(matchInputs(model, own, markNumbers(x, own)), owned).map(([leaf, expected]) => {
    const where = () => `${placeOf(model)}: input ${quote(expected.node!.operation.name)}`;
    const input = leaf instanceof Numbers ? leaf.toTensor(where(), expected) : leaf;
    return fitInput(model, expected, input) as Tensor | null;
  });
}

/** The same for a model that has no graph and takes what it is given. */
export function readAnyInputs(model: Operation, x: PredictInput): Nested<Tensor | null> {
  const marked = markNumbers(x, undefined);
  const paths = pathsOf(marked);
  return mapNested(marked, (leaf) => {
    const where = `${placeOf(model)}: inputs${paths.shift()}`;
    const input = leaf instanceof Numbers ? leaf.toTensor(where) : leaf;
    if (input === null) return input;
    if (!(input instanceof Tensor))
      throw new ModelError(where, `expected a tensor or arrays of numbers, received ${inspect(input)}.`);
    if (input.shape.length === 0)
      throw new ShapeError(where, "expected a batch of samples, received a scalar. Wrap it in a list.");
    return input;
  });
}

/** Where each leaf of a structure is, in the order in which they are visited: `.age`, `[0]`. */
function pathsOf(structure: Nested<unknown>, path = ""): string[] {
  if (Array.isArray(structure)) return structure.flatMap((item, i) => pathsOf(item, `${path}[${i}]`));
  if (!isDict(structure)) return [path];
  return sortedKeys(structure).flatMap((key) => pathsOf(structure[key], `${path}.${key}`));
}

/** Numbers in nested arrays that are one input, and no list of inputs. */
class Numbers {
  readonly #values: NestedArray;

  constructor(values: NestedArray) {
    this.#values = values;
  }

  toTensor(where: string, like?: KerasTensor): Tensor {
    return fromNested(this.#values, isDType(like?.dtype) ? like.dtype : undefined, where);
  }
}

/** Tells lists of inputs from arrays of numbers, by what is in them and by what the model takes there. */
function markNumbers(x: PredictInput, own: Nested<KerasTensor> | undefined, level = 0): Nested<unknown> {
  checkLevel(level);
  if (x instanceof Tensor || x === null || x === undefined) return x;
  if (isDict(x)) {
    const entries = Object.entries(x as Readonly<Record<string, PredictInput>>);
    return Object.fromEntries(
      entries.map(([key, item]) => [key, markNumbers(item, memberOf(own, key), level + 1)]),
    );
  }
  if (!Array.isArray(x) || !isListOfInputs(x, own)) return new Numbers(x as NestedArray);
  return x.map((item: PredictInput, i) => markNumbers(item, memberOf(own, i), level + 1));
}

function isListOfInputs(x: readonly unknown[], own: Nested<KerasTensor> | undefined): boolean {
  if (holdsInputs(x)) return true;
  if (own === undefined) return false;
  const [only, ...others] = flatten(own);
  if (!only || others.length > 0) return x.length === membersOf(own).length;
  // One input in a list: one array deeper than the input is, with rows as long as the input's.
  const shape = firstShape(x as NestedArray);
  const last = only.shape.at(-1);
  const isOneDeeper = x.length === 1 && shape.length === only.shape.length + 1;
  return isOneDeeper && (last === null || last === shape.at(-1));
}

/** Whether there is something in a list that is no number: a tensor, a dict, null for an absent input. */
function holdsInputs(x: readonly unknown[], level = 0): boolean {
  checkLevel(level);
  return x.some((item) =>
    Array.isArray(item)
      ? holdsInputs(item, level + 1)
      : item instanceof Tensor || item === null || isDict(item),
  );
}
