import "../engines/reference/at-once/usual.ts";
import { FileError, type Issue, printableIssue } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { quote } from "../json/quote.ts";
import type { Layer } from "../layers/layer.ts";
import type { Model } from "../models/model.ts";
import type { Variable } from "../program/variable.ts";
import { isNumericDType } from "../tensor/dtype.ts";
import { sameShape } from "../tensor/shape.ts";
import { type StoredArray, StoredTensor } from "./stored-tensor.ts";
import { keepsState } from "./weight-tree.ts";
import { errorFor, whyUnbuilt } from "./why-unbuilt.ts";

/** An array of a layer, by the name that the file has for it. */
export interface NamedArray {
  readonly name: string;
  readonly array: StoredArray;
}

/** The arrays of one layer of a model, in the order of its weights; a model inside is one layer with all its weights. */
export interface LayerArrays {
  readonly name: string;
  readonly arrays: readonly NamedArray[];
}

export interface ByLayerOptions {
  /** What errors call the file. */
  readonly name: string;
  /** Leave the layers that do not fit as they are. */
  readonly skipMismatch?: boolean;
  /** Gets to know of layers without code, whose weights are not kept. */
  readonly onUnknown?: ((issue: Issue) => void) | null | undefined;
  /** What gets which array of the weights that are of no layer, and what of them does not fit. */
  readonly beside?: { readonly issues: readonly Issue[]; readonly fitting: readonly Fitting[] } | undefined;
  /** What older files have for a layer, as its weights have it now. Defaults to what they have. */
  readonly turn?: ((layer: Layer, arrays: readonly NamedArray[]) => readonly NamedArray[]) | undefined;
}

/**
 * Connects a model's variables to arrays that a file lists by layers, as Keras 1 and 2 do: the layers that have weights
 * in their order, whatever they are called, and the weights of each in theirs: trained ones first, then the others.
 * Throws one FileError with all that does not fit, and changes nothing then; or gives what was skipped. Source:
 * Keras 3.6 `legacy/saving/legacy_h5_format.py`, `load_weights_from_hdf5_group`.
 */
export function connectByLayer(
  model: Model,
  layers: readonly LayerArrays[],
  options: ByLayerOptions,
): readonly Issue[] {
  const { name, skipMismatch = false, beside, turn = (_, arrays) => arrays } = options;
  const full = layers.filter(({ arrays }) => arrays.some(({ name }) => !isState(name)));
  if (keepsState(model) && full.length > 0) return tell(model, options);
  const opaque = new Map(model.layers.filter(hasOpaque).map((layer) => [layer.name, layer]));
  for (const { name } of full) if (opaque.has(name)) tell(opaque.get(name)!, options);
  const own = model.layers.flatMap((layer) => {
    const weights = opaque.has(layer.name) ? [] : weightsOf(layer);
    return weights.length > 0 ? [{ layer, weights }] : [];
  });
  const given = full.filter(({ name }) => !opaque.has(name));
  if (own.length !== given.length) {
    // Too few weights are for another reason.
    const why = given.length > own.length ? whyUnbuilt(model) : "";
    const message = `expected the weights of ${own.length} layers ${names(own.map(({ layer }) => layer))}, received those of ${given.length} ${names(given)}.${why}`;
    const issues = [...(beside?.issues ?? []), { path: name, message }];
    if (!skipMismatch) throw errorFor(issues, why);
    assignAll(beside?.fitting ?? []);
    return issues;
  }
  const issues: Issue[] = [...(beside?.issues ?? [])];
  const fitting: Fitting[] = [...(beside?.fitting ?? [])];
  for (const [i, { layer, weights }] of own.entries()) {
    const { name: called, arrays } = given[i]!;
    const usable = turn(layer, withoutStates(arrays));
    const path = `${name} ${called}`;
    const count = countProblem(path, layer.name, weights, usable);
    const found = count
      ? [count]
      : weights.flatMap((variable, at) => arrayProblem(path, variable, usable[at]!) ?? []);
    if (found.length > 0) for (const issue of found) issues.push(issue);
    else for (const [at, variable] of weights.entries()) fitting.push([variable, usable[at]!.array]);
  }
  if (issues.length > 0 && !skipMismatch) throw new FileError(issues);
  assignAll(fitting);
  return issues;
}

/** Whether there is no code for a layer, or for one in it, so that its weights have no place here. */
function hasOpaque(layer: Layer): boolean {
  return keepsState(layer) || layer.sublayers().some(hasOpaque);
}

function tell({ name: called }: Layer, { name, onUnknown }: ByLayerOptions): readonly Issue[] {
  const message = `the weights of ${quote(called)} are not read, because there is no code for its class, or for one inside.`;
  onUnknown?.(printableIssue({ path: name, message }));
  return [];
}

/** A variable, and the array that it gets. */
export type Fitting = readonly [Variable, StoredArray];

/** The weights of a layer in the order of such files. */
export function weightsOf({ trainable, weights }: Layer): readonly Variable[] {
  const trained = trainable ? weights.filter((variable) => variable.trainable) : [];
  return [...new Set([...trained, ...weights])];
}

/** The arrays of weights; not those of random numbers. */
export function withoutStates(arrays: readonly NamedArray[]): readonly NamedArray[] {
  return arrays.filter(({ name }) => !isState(name));
}

/** Gives variables their arrays, each read when first needed. */
export function assignAll(fitting: readonly Fitting[]): void {
  for (const [variable, array] of fitting) {
    if (array.dtype === "int64") variable.widen();
    variable.assignLazily(new StoredTensor(array, variable.dtype, undefined));
  }
}

/** The states of random numbers, which Keras 2 counts among the weights. */
function isState(name: string): boolean {
  return /(?:^|\/)(?:StateVar|random_generator|seed_generator_state)(?::0)?$/.test(name);
}

/** What is wrong with how many arrays there are for weights, and whose they are; null where nothing is. */
export function countProblem(
  path: string,
  name: string,
  weights: readonly Variable[],
  arrays: readonly NamedArray[],
): Issue | null {
  if (weights.length === arrays.length) return null;
  const expected = `${weights.length} variables (${weights.map(({ name }) => name).join(", ")})`;
  const message = `expected ${expected} of ${quote(name)}, received ${arrays.length} ${names(arrays)}.`;
  return { path, message };
}

/** What is wrong with an array for a variable; null where nothing is. */
export function arrayProblem(path: string, variable: Variable, { name, array }: NamedArray): Issue | null {
  const message = problemOf(variable, array);
  return message ? { path: `${path}/${name}`, message } : null;
}

function problemOf(variable: Variable, { dtype, shape }: StoredArray): string | undefined {
  if (!isNumericDType(dtype)) return `expected ${variable.dtype} numbers, received ${dtype}.`;
  if (sameShape(shape, variable.shape)) return undefined;
  return `expected shape ${inspect(variable.shape)} of ${quote(variable.path)}, received ${inspect(shape)}.`;
}

function names(all: readonly { readonly name: string }[]): string {
  return inspect(all.map(({ name }) => name));
}
