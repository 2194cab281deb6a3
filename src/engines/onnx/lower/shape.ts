import { arrayType } from "../../../tensor/dtype.ts";
import { isStatic, sizeOf } from "../../../tensor/shape.ts";
import { Tensor } from "../../../tensor/tensor.ts";
import { onnxType } from "../data-type.ts";
import { reshapeConstant, transposeConstant } from "./constants.ts";
import type { Lowering } from "./lowering.ts";
import type { Scope } from "./scope.ts";

const end = 2n ** 63n - 1n;
const beforeStart = -(2n ** 63n);

const dim: Lowering<"dim"> = (scope, { inputs: [x], outputs: [output], attributes: { axis } }) => {
  const size = scope.dimension(x!, axis);
  scope.bindSize(output!, size);
  return [scope.cast(scope.node("Squeeze", [size, scope.int64([0])]), "int64", "int32")];
};

const iota: Lowering<"iota"> = (scope, { inputs, attributes: { length, dtype } }) => {
  const type = onnxType(dtype);
  if (length < 0) {
    const count = scope.cast(scope.name(inputs[-2 - length]!), inputs[-2 - length]!.dtype, "int32");
    const range = scope.node("Range", [scope.scalar("int32", 0), count, scope.scalar("int32", 1)]);
    return [scope.cast(range, "int32", type)];
  }
  const computed = type === "float16" ? "float32" : type;
  const data = new (arrayType(computed))(length);
  for (let i = 0; i < length; i++) data[i] = typeof data[i] === "bigint" ? BigInt(i) : i;
  return [scope.cast(scope.constant(new Tensor(computed, [length], data)), computed, type)];
};

const reshape: Lowering<"reshape"> = (scope, { inputs: [x, ...sizes], outputs, attributes }) => {
  const name = scope.name(x!);
  const known = outputs[0]!.shape;
  if (isStatic(known)) {
    const constant = scope.known(x!);
    if (constant && sizeOf(constant.shape) === sizeOf(known)) {
      const folded = reshapeConstant(constant, known);
      scope.bindConstant(outputs[0]!, scope.constant(folded), folded);
      return [scope.name(outputs[0]!)];
    }
    return [scope.node("Reshape", [name, scope.int64(known)], { allowzero: 1 })];
  }
  const open = known.filter((size) => size === null).length;
  if (open === 1 && !known.includes(0)) {
    return [scope.node("Reshape", [name, scope.int64(known.map((size) => size ?? -1))])];
  }
  const parts = attributes.shape.map((dimension, i) => {
    if (known[i] !== null) return known[i]!;
    return dimension === -1 ? -1 : scope.size(sizes[-2 - dimension]!);
  });
  const allowzero = parts.includes(-1) ? 0 : 1;
  return [scope.node("Reshape", [name, scope.concatSizes(parts)], { allowzero })];
};

const broadcastTo: Lowering<"broadcast_to"> = (scope, { inputs: [x, ...sizes], outputs, attributes }) => {
  const shape = scope.shape(attributes.shape, sizes, outputs[0]!.shape);
  return [scope.node("Expand", [scope.name(x!), shape])];
};

const transpose: Lowering<"transpose"> = (scope, { inputs: [x], outputs, attributes: { perm } }) => {
  const constant = scope.known(x!);
  if (!constant) return [scope.transpose(scope.name(x!), perm)];
  const folded = transposeConstant(constant, perm);
  scope.bindConstant(outputs[0]!, scope.constant(folded), folded);
  return [scope.name(outputs[0]!)];
};

const slice: Lowering<"slice"> = (scope, { inputs: [x], attributes: { start, stop, step } }) => {
  const axes = start
    .map((_, axis) => axis)
    .filter((axis) => step[axis] !== 1 || (start[axis] ?? 0) !== 0 || stop[axis] !== null);
  if (axes.length === 0) return [scope.name(x!)];
  const starts = axes.map((axis) => start[axis] ?? (step[axis]! > 0 ? 0 : end));
  const stops = axes.map((axis) => stop[axis] ?? (step[axis]! > 0 ? end : beforeStart));
  const lists = [starts, stops, axes, axes.map((axis) => step[axis]!)];
  return [scope.node("Slice", [scope.name(x!), ...lists.map((list) => scope.int64(list))])];
};

const pad: Lowering<"pad"> = (scope, { inputs: [x], attributes: { padding, mode, value } }) => {
  const name = scope.name(x!);
  const pads = (by: readonly Pair[]) =>
    scope.int64([...by.map(([low]) => low), ...by.map(([, high]) => high)]);
  const padWith = (kind: string, by: readonly Pair[]) =>
    by.every(([low, high]) => low === 0 && high === 0)
      ? name
      : scope.compute("Pad", x!.dtype, [name], { mode: kind }, [pads(by)]);
  if (mode === "edge") return [padWith(mode, padding)];
  if (mode === "constant") {
    const isNone = padding.every(([low, high]) => low === 0 && high === 0);
    return [isNone ? name : scope.pad(name, x!.dtype, pads(padding), value)];
  }
  const shared = mode === "reflect" ? 1 : 0;
  const isOne = padding.map(([low, high], axis) => Math.max(low, high) <= (x!.shape[axis] ?? 0) - shared);
  const once = padding.map((pair, axis): Pair => (isOne[axis] ? pair : [0, 0]));
  let result = mode === "reflect" ? padWith(mode, once) : name;
  for (const [axis, [low, high]] of padding.entries()) {
    if (low + high === 0) continue;
    if (!isOne[axis]) result = mirrors(scope, result, scope.dimension(x!, axis), axis, [low, high], shared);
    else if (mode === "symmetric") result = mirror(scope, result, axis, low, high);
  }
  return [result];
};

type Pair = readonly [low: number, high: number];

/**
 * Padding of one axis that shows as many mirrors as it takes, or of an open size: elements by their numbers, which run to
 * and fro. `shared` is 1 where the element at an end is not there twice.
 */
function mirrors(
  scope: Scope,
  x: string,
  size: string,
  axis: number,
  [low, high]: Pair,
  shared: number,
): string {
  const number = (value: number) => scope.scalar("int64", value);
  const count = scope.node("Squeeze", [size, scope.int64([0])]);
  const once = scope.node("Mul", [scope.node("Sub", [count, number(shared)]), number(2)]);
  const period = scope.node("Max", [once, number(1)]);
  const stop = scope.node("Add", [count, number(high)]);
  const turn = scope.node("Mod", [scope.node("Range", [number(-low), stop, number(1)]), period]);
  const back = scope.node("Sub", [scope.node("Sub", [period, number(1 - shared)]), turn]);
  const places = scope.node("Where", [scope.node("Less", [turn, count]), turn, back]);
  return scope.node("Gather", [x, places], { axis });
}

/** Symmetric padding of one axis: both ends, turned round, beside the whole. */
function mirror(scope: Scope, x: string, axis: number, low: number, high: number): string {
  const turned = (start: number | bigint, stop: number | bigint) =>
    scope.node("Slice", [x, ...[[start], [stop], [axis], [-1]].map((list) => scope.int64(list))]);
  const parts = [x];
  if (low > 0) parts.unshift(turned(low - 1, beforeStart));
  if (high > 0) parts.push(turned(end, -1 - high));
  return parts.length === 1 ? x : scope.node("Concat", parts, { axis });
}

const concat: Lowering<"concat"> = (scope, { inputs, attributes: { axis } }) => {
  const names = inputs.map((input) => scope.name(input));
  return [names.length === 1 ? names[0]! : scope.node("Concat", names, { axis })];
};

export const shapeLowerings = {
  dim,
  iota,
  reshape,
  broadcast_to: broadcastTo,
  transpose,
  slice,
  pad,
  concat,
};
