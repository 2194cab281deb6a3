import { expect } from "vitest";
import { flatten, mapNested, type Nested } from "../../src/graph/nested.ts";
import {
  builtins,
  CeratopsError,
  type CustomObjects,
  deserialize,
  Model,
  parsePythonJson,
  serialize,
  stringifyPythonJson,
  type Tensor,
  tensor,
  toNested,
} from "../../src/index.ts";
import { Layer } from "../../src/layers/layer.ts";

/** The message of the error that is thrown, one of ours. */
export function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof CeratopsError) return error.message;
    throw error;
  }
  throw new Error("expected an error");
}

/** A float32 tensor of a shape, of one number or of numbers between -1 and 1 that are always the same. */
export function numbers(shape: readonly number[], value?: number): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  const data = Float32Array.from({ length: size }, (_, i) => value ?? ((i * 37 + 11) % 101) / 50 - 1);
  return tensor(data, { shape });
}

/** Tensors of a structure as numbers. */
export function values(structure: unknown): unknown {
  return flatten(structure as Nested<Tensor>).map(toNested);
}

/** The same objects in the same order: two tensors, layers or variables of one name are equal, and yet two. */
export function expectIdentical(received: readonly unknown[], expected: readonly unknown[]): void {
  expect(received).toHaveLength(expected.length);
  for (const [i, item] of expected.entries()) expect(received[i]).toBe(item);
}

/** JSON text of anything that can be serialized. */
export function textOf(value: unknown): string {
  return stringifyPythonJson(serialize(value));
}

/** What Keras's `run_class_serialization_test` asks: the same config after `fromConfig`, and after the way through text. */
export function checkSerialization<T extends Layer>(object: T, customObjects: CustomObjects = {}): T {
  const text = textOf(object);
  const revived = object.constructor.fromConfig(object.getConfig(), { customObjects }) as T;
  expect(stringifyPythonJson(revived.getConfig())).toBe(stringifyPythonJson(object.getConfig()));
  expect(revived.constructor).toBe(object.constructor);
  const again = deserialize(parsePythonJson(text), { registry: builtins, customObjects }) as T;
  expect(again.constructor).toBe(object.constructor);
  expect(textOf(again)).toBe(text);
  expect(Object.keys(again).sort()).toEqual(Object.keys(object).sort());
  for (const copy of [revived, again]) expectRead(copy, object);
  return again;
}

/**
 * What was read is written back as it stood, so that equal texts do not show whether it was understood: the fields
 * themselves have the values of the original, and a model computes what it computes.
 */
function expectRead(copy: Layer, original: Layer): void {
  for (const name of Object.keys(original.constructor.fields)) {
    const [read, made] = [copy, original].map((layer) => seen((layer as unknown as Bare)[name]));
    expect(read, name).toEqual(made);
  }
  if (!(original instanceof Model)) return;
  expect(copy.built).toBe(original.built);
  expectAllRead((copy as Model).layers, original.layers);
  if (!original.built || original.weights.length === 0) return;
  copy.setWeights(original.getWeights());
  const x = mapNested(original.input, ({ shape }) => numbers(shape.map((n) => n ?? 2)));
  expect(values(copy.apply(x as never))).toEqual(values(original.apply(x as never)));
}

function expectAllRead(copies: readonly Layer[], originals: readonly Layer[]): void {
  expect(copies).toHaveLength(originals.length);
  for (const [i, original] of originals.entries()) expectRead(copies[i]!, original);
}

type Bare = Readonly<Record<string, unknown>>;

/** A field's value without what lies behind it: an object by its class and fields, a layer by its class and name. */
function seen(value: unknown): unknown {
  if (value instanceof Layer) return [value.constructor, value.name];
  if (typeof value !== "object" || value === null) return value;
  const { fields } = value.constructor as { fields?: Bare };
  if (fields === undefined) return value;
  return [value.constructor, ...Object.keys(fields).map((name) => seen((value as Bare)[name]))];
}

/** To JSON text, back, and again to JSON. */
export function roundTrip(
  value: unknown,
  customObjects: CustomObjects = {},
): { first: string; revived: unknown } {
  const first = textOf(value);
  const revived = deserialize(parsePythonJson(first), { customObjects });
  expect(textOf(revived)).toBe(first);
  return { first, revived };
}
