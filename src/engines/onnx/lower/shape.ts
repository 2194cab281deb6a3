import { EngineError } from "../../../errors.ts";
import type { PadMode } from "../../../program/primitives.ts";
import { arrayType } from "../../../tensor/dtype.ts";
import { isStatic, sizeOf } from "../../../tensor/shape.ts";
import { Tensor } from "../../../tensor/tensor.ts";
import { onnxType } from "../data-type.ts";
import { transposeTensor } from "./constant-transpose.ts";
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
    const tensor = scope.tensor(x!);
    if (tensor && tensor.size === sizeOf(known)) {
      const folded = new Tensor(tensor.dtype, known, tensor.data);
      scope.bindTensor(outputs[0]!, scope.constant(folded), folded);
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
  const tensor = scope.tensor(x!);
  if (!tensor) return [scope.transpose(scope.name(x!), perm)];
  const folded = transposeTensor(tensor, perm);
  scope.bindTensor(outputs[0]!, scope.constant(folded), folded);
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

const padModes: Readonly<Record<Exclude<PadMode, "symmetric">, string>> = {
  constant: "constant",
  reflect: "reflect",
  edge: "edge",
};

const pad: Lowering<"pad"> = (scope, { inputs: [x], attributes: { padding, mode, value } }) => {
  const name = scope.name(x!);
  if (padding.every(([low, high]) => low === 0 && high === 0)) return [name];
  if (mode === "symmetric") {
    for (const [axis, [low, high]] of padding.entries()) {
      const size = x!.shape[axis]!;
      if (size !== null && Math.max(low, high) > size) {
        throw new EngineError(
          "pad",
          `expected at most ${size} elements of symmetric padding along axis ${axis}, ` +
            `received ${Math.max(low, high)}.`,
        );
      }
    }
    return [padding.reduce((result, [low, high], axis) => mirror(scope, result, axis, low, high), name)];
  }
  const pads = scope.int64([...padding.map(([low]) => low), ...padding.map(([, high]) => high)]);
  if (mode !== "constant") {
    return [scope.compute("Pad", x!.dtype, [name], { mode: padModes[mode] }, [pads])];
  }
  return [scope.pad(name, x!.dtype, pads, value)];
};

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
