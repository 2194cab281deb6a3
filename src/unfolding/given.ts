import type { Operation } from "../graph/graph.ts";
import { maskOf } from "../graph/mask.ts";
import type { JsonObject } from "../json/json.ts";
import { copyMarks } from "../json/marks.ts";
import type { Layer } from "../layers/layer.ts";
import type { Shape } from "../tensor/shape.ts";

/** What a layer is called with, by the names of its arguments. */
export type Given = Readonly<Record<string, unknown>>;

/** All that a layer is called with, by the names of its arguments. */
export function callsOf(layer: Layer): readonly Given[] {
  return layer.inboundNodes.map(({ args, kwargs }) => givenBy(layer, [...args, kwargs]));
}

/** What a call gives, by the names of the arguments; the last may be those that it names. */
export function givenBy({ constructor: { signature } }: Operation, args: readonly unknown[]): Given {
  const last = args.at(-1);
  const isNamed = Object.getPrototypeOf(last ?? []) === Object.prototype;
  const placed = isNamed ? args.slice(0, -1) : args;
  const named = Object.fromEntries(placed.map((value, i) => [signature.names[i] ?? i, value]));
  return isNamed ? { ...named, ...(last as object) } : named;
}

/** Whether a call says nothing but tensors, under these names. */
export function saysOnly(given: Given, ...names: readonly string[]): boolean {
  return Object.entries(given).every(
    ([name, value]) => names.includes(name) || value == null || value === false,
  );
}

/**
 * The shape of what a layer is called on, where that is one tensor with nothing said besides (a mask, `training`), and like
 * another in all its calls; null otherwise.
 */
export function shapeOf(layer: Layer): Shape | null {
  const [takes = ""] = layer.constructor.signature.names;
  if (!callsOf(layer).every((given) => saysOnly(given, takes))) return null;
  const shapes = layer.inboundNodes.map(({ inputs }) =>
    inputs.length === 1 ? (inputs[0]?.shape ?? null) : null,
  );
  const [first = null] = shapes;
  const isOne = shapes.every((shape) => shape !== null && String(shape.slice(1)) === String(first?.slice(1)));
  return isOne ? first : null;
}

/** Whether a tensor that a layer or operation is called on carries a mask. */
export function isMasked({ inboundNodes }: Operation): boolean {
  return inboundNodes.some(({ inputs }) => inputs.some((input) => maskOf(input.value) !== null));
}

/** Whether what a layer gives carries a mask. */
export function handsMaskOn({ inboundNodes }: Layer): boolean {
  return inboundNodes.some(({ outputs }) => outputs.some(({ value }) => maskOf(value) !== null));
}

/** A layer like another one but for some options. */
export function withOptions<L extends Layer>(layer: L, options: JsonObject): L {
  const config = layer.getConfig();
  const given: JsonObject = { ...config, ...options };
  // Whichever Keras wrote it, which says how it is read.
  copyMarks(config, given);
  return layer.constructor.fromConfig(given) as L;
}
