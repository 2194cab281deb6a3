import { expect } from "vitest";
import { flatten, type Nested } from "../../src/graph/nested.ts";
import {
  builtins,
  CeratopsError,
  type CustomObjects,
  deserialize,
  parsePythonJson,
  serialize,
  stringifyPythonJson,
  type Tensor,
  tensor,
  toNested,
} from "../../src/index.ts";
import type { Layer } from "../../src/layers/layer.ts";

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
  return again;
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
