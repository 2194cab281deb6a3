import type { Value } from "../../../program/value.ts";
import { bytesPerElement, type DType, isFloat } from "../../../tensor/dtype.ts";
import type { OnnxType } from "../data-type.ts";
import { kernelType } from "./kernels.ts";
import { type Scope, typeOf } from "./scope.ts";

type Binary = (scope: Scope, instruction: { readonly inputs: readonly Value[] }) => readonly string[];

function binary(compute: (scope: Scope, a: string, b: string, dtype: DType) => string): Binary {
  return (scope, { inputs: [a, b] }) => [compute(scope, scope.name(a!), scope.name(b!), a!.dtype)];
}

/** One operator. */
function plain(op: string): Binary {
  return binary((scope, a, b, dtype) => scope.compute(op, dtype, [a, b]));
}

/** A logical operator on bool, a bitwise one on integers. */
function bits(op: string): Binary {
  return binary((scope, a, b, dtype) => scope.node(dtype === "bool" ? op : `Bitwise${op}`, [a, b]));
}

function comparison(op: string): Binary {
  return binary((scope, a, b, dtype) => {
    const type = dtype === "bool" && op !== "Equal" ? "uint8" : dtype;
    return scope.node(op, [scope.cast(a, dtype, type), scope.cast(b, dtype, type)]);
  });
}

/**
 * Operands of an integer division, whose result is 0 where the divisor is 0: there 0 is divided by 1. ONNX Runtime
 * would refuse to go on.
 */
function dividing(scope: Scope, a: Value, b: Value): readonly [string, string] {
  const { dtype } = a;
  const divisor = scope.name(b);
  const known = scope.elements(b);
  if (known && !Array.from<number | bigint>(known.data).some((x) => Number(x) === 0)) {
    return [scope.name(a), divisor];
  }
  const isZero = scope.node("Equal", [divisor, scope.scalar(dtype, 0)]);
  const kept = scope.cast(scope.node("Not", [isZero]), "bool", dtype);
  const dividend = scope.node("Mul", [scope.name(a), kept]);
  return [dividend, scope.node("Add", [divisor, scope.cast(isZero, "bool", dtype)])];
}

/** For floats the remainder with the sign of the dividend, then moved to that of the divisor. */
const mod: Binary = (scope, { inputs: [x, divisor] }) => {
  const { dtype } = x!;
  if (!isFloat(dtype)) return [scope.node("Mod", dividing(scope, x!, divisor!))];
  const a = scope.name(x!);
  const b = scope.name(divisor!);
  const remainder = scope.node("Mod", [a, b], { fmod: 1 });
  const product = scope.node("Mul", [scope.node("Sign", [remainder]), b]);
  const signsDiffer = scope.node("Less", [product, scope.scalar(dtype, 0)]);
  return [scope.node("Where", [signsDiffer, scope.node("Add", [remainder, b]), remainder])];
};

/** For integers the quotient towards zero, one less where the two kinds of remainder differ. */
const floorDiv: Binary = (scope, { inputs: [x, divisor] }) => {
  const { dtype } = x!;
  if (isFloat(dtype)) {
    return [scope.node("Floor", [scope.node("Div", [scope.name(x!), scope.name(divisor!)])])];
  }
  const [a, b] = dividing(scope, x!, divisor!);
  const quotient = scope.node("Div", [a, b]);
  if (dtype.startsWith("u")) return [quotient];
  const same = scope.node("Equal", [scope.node("Mod", [a, b]), scope.node("Mod", [a, b], { fmod: 1 })]);
  return [scope.node("Sub", [quotient, scope.cast(scope.node("Not", [same]), "bool", dtype)])];
};

/** A square in float64 is a product: ONNX Runtime (1.30) forgets the epsilon of the norm that it makes of a power. */
const pow: Binary = (scope, { inputs: [x, exponent] }) => {
  const { dtype } = x!;
  const known = scope.elements(exponent!);
  if (
    dtype === "float64" &&
    known?.size === 1 &&
    known.data[0] === 2 &&
    known.shape.length <= x!.shape.length
  )
    return [scope.node("Mul", [scope.name(x!), scope.name(x!)])];
  return [scope.compute("Pow", dtype, [scope.name(x!), scope.name(exponent!)])];
};

/** From the arc tangent of y / x, by the quadrant; on the y axis the quotient is infinite and its arc a quarter. */
function atan2(scope: Scope, y: string, x: string, dtype: DType): string {
  const zero = scope.scalar(dtype, 0);
  const pi = scope.scalar(dtype, Math.PI);
  const arc = scope.compute("Atan", dtype, [scope.node("Div", [y, x])]);
  const below = scope.node("Less", [y, zero]);
  const half = scope.node("Where", [below, scope.node("Neg", [pi]), pi]);
  const left = scope.node("Less", [x, zero]);
  const turned = scope.node("Where", [left, scope.node("Add", [arc, half]), arc]);
  const origin = scope.node("And", [scope.node("Equal", [x, zero]), scope.node("Equal", [y, zero])]);
  return scope.node("Where", [origin, zero, turned]);
}

function unsignedOf(type: OnnxType): OnnxType {
  return bytesPerElement(type) === 8 ? "uint64" : "uint32";
}

function signedOf(type: OnnxType): OnnxType {
  return bytesPerElement(type) === 8 ? "int64" : "int32";
}

function shift(direction: "LEFT" | "RIGHT"): Binary {
  return (scope, { inputs: [x, count] }) => {
    const type = typeOf(x!);
    const unsigned = unsignedOf(type);
    const signed = signedOf(type);
    const shifted = (bits: string) => scope.node("BitShift", [bits, counts], { direction });
    const counts = scope.cast(scope.name(count!), type, unsigned);
    const name = scope.name(x!);
    if (direction === "LEFT" || type.startsWith("u")) {
      return [scope.cast(shifted(scope.cast(name, type, unsigned)), unsigned, type)];
    }
    // Negative numbers are shifted as their complement, so that ones come in from the left.
    const wide = scope.cast(name, type, signed);
    const negative = scope.cast(scope.node("Less", [wide, scope.scalar(signed, 0)]), "bool", signed);
    const mask = scope.node("Neg", [negative]);
    const positive = scope.cast(scope.node("BitwiseXor", [wide, mask]), signed, unsigned);
    const back = scope.cast(shifted(positive), unsigned, signed);
    return [scope.cast(scope.node("BitwiseXor", [back, mask]), signed, type)];
  };
}

function select(
  scope: Scope,
  { inputs: [condition, a, b] }: { readonly inputs: readonly Value[] },
): string[] {
  const own = typeOf(a!);
  const type = kernelType("Where", own);
  const [yes, no] = [a!, b!].map((value) => scope.cast(scope.name(value), own, type));
  return [scope.cast(scope.node("Where", [scope.name(condition!), yes!, no!]), type, own)];
}

export const binaryLowerings = {
  add: plain("Add"),
  sub: plain("Sub"),
  mul: plain("Mul"),
  div: plain("Div"),
  pow,
  mod,
  floor_div: floorDiv,
  min: plain("Min"),
  max: plain("Max"),
  atan2: binary(atan2),
  and: bits("And"),
  or: bits("Or"),
  xor: bits("Xor"),
  shift_left: shift("LEFT"),
  shift_right: shift("RIGHT"),
  eq: comparison("Equal"),
  ne: binary((scope, a, b) => scope.node("Not", [scope.node("Equal", [a, b])])),
  lt: comparison("Less"),
  le: comparison("LessOrEqual"),
  gt: comparison("Greater"),
  ge: comparison("GreaterOrEqual"),
  select,
};
