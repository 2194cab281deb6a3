import { ShapeError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { calling } from "../program/calling.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import type { DimensionSpec } from "../program/primitives.ts";
import { Value } from "../program/value.ts";
import type { DType } from "../tensor/dtype.ts";
import { newArray } from "../tensor/new-array.ts";
import { formatShape, type StaticShape, sameShape, sizeOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { asDType, asOperand, isOperand, type OperandLike } from "./operands.ts";

/** One dimension of a shape: a number, or a scalar that is known when the program runs. */
export type Dimension = number | Numeric;

/** The dimension of an axis: a number where it is known already. */
export function dimension(x: OperandLike, axis: number): Dimension {
  const { shape } = asOperand(x);
  const at = axis < 0 ? axis + shape.length : axis;
  if (!(Number.isInteger(at) && at >= 0 && at < shape.length)) {
    throw new ShapeError(
      "dimension",
      `expected an axis of ${formatShape(shape)}, received ${inspect(axis)}.`,
    );
  }
  return shape[at] ?? prim("dim", [asOperand(x)], { axis: at });
}

/** All dimensions of a shape. */
export function dimensions(x: OperandLike): Dimension[] {
  return asOperand(x).shape.map((_, axis) => dimension(x, axis));
}

type Arithmetic = "add" | "sub" | "mul" | "floor_div" | "max" | "min" | "mod";

const arithmetic: { readonly [K in Arithmetic]: (a: number, b: number) => number } = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  floor_div: (a, b) => Math.floor(a / b),
  max: Math.max,
  min: Math.min,
  mod: (a, b) => a - b * Math.floor(a / b),
};

/** Calculates with dimensions: now where both are numbers, else when the program runs. */
export function calculate(operation: Arithmetic, a: Dimension, b: Dimension): Dimension {
  if (typeof a === "number" && typeof b === "number") return arithmetic[operation](a, b);
  if (b === 1 && (operation === "mul" || operation === "floor_div")) return a;
  if (a === 1 && operation === "mul") return b;
  if (b === 0 && (operation === "add" || operation === "sub")) return a;
  return prim(operation, [asDType(a, "int32"), asDType(b, "int32")]);
}

/** The product of dimensions. */
export function product(factors: readonly Dimension[]): Dimension {
  return factors.reduce((a, b) => calculate("mul", a, b), 1);
}

/** Dimensions as a primitive takes them: a spec, and the scalars it refers to. */
export function split(target: readonly Dimension[]): { shape: DimensionSpec[]; scalars: Operand[] } {
  const scalars: Operand[] = [];
  const shape = target.map((n) => (typeof n === "number" ? n : -1 - scalars.push(n)));
  return { shape, scalars };
}

/** Reshapes; one dimension may be -1, which is worked out. */
export function reshapeTo(x: OperandLike, target: readonly Dimension[]): Numeric {
  const operand = asOperand(x);
  if (isShape(target) && isPlain(operand) && sameShape(operand.shape, target)) return operand;
  const { shape, scalars } = split(target);
  if (scalars.length === 1 && !shape.includes(-1)) {
    return prim("reshape", [operand], { shape: shape.map((n) => (n < 0 ? -1 : n)) });
  }
  return prim("reshape", [operand, ...scalars], { shape });
}

/** Repeats along dimensions of size 1, and along new ones in front. */
export function broadcastTo(x: OperandLike, target: readonly Dimension[]): Numeric {
  const operand = asOperand(x);
  if (isShape(target)) {
    if (isPlain(operand) && sameShape(operand.shape, target)) return operand;
    if (operand instanceof Tensor && operand.size === 1 && operand.shape.length <= target.length) {
      return repeated(operand, target);
    }
  }
  checkTarget(target);
  const { shape, scalars } = split(target);
  return prim("broadcast_to", [operand, ...scalars], { shape });
}

/** A tensor of one value. */
export function filled(target: readonly Dimension[], value: number, dtype: DType): Numeric {
  return broadcastTo(asDType(value, dtype), target);
}

/** Complains about what is no shape to broadcast to. */
function checkTarget(target: unknown): void {
  const isDimension = (n: unknown) => Number.isInteger(n) || isOperand(n);
  if (Array.isArray(target) && target.every(isDimension)) return;
  throw new ShapeError("shape", `expected a list of dimensions, received ${inspect(target)}.`);
}

function repeated({ dtype, data }: Tensor, shape: StaticShape): Numeric {
  const size = sizeOf(shape);
  // Where only shapes are worked out, no memory is taken for what a file says.
  if (size > 2 ** 16 && calling().within?.builder === null) return new Value(shape, dtype);
  const array = newArray("shape", dtype, shape) as Float32Array;
  return new Tensor(dtype, shape, array.fill(data[0] as number));
}

function isShape(target: readonly Dimension[]): target is readonly number[] {
  return Array.isArray(target) && target.every((n) => typeof n === "number" && n >= 0);
}

function isPlain(operand: Operand): operand is Numeric {
  return operand instanceof Value || operand instanceof Tensor;
}
