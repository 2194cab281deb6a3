import type { None } from "../../program/primitives.ts";
import type { DType } from "../../tensor/dtype.ts";
import { sizeOf } from "../../tensor/shape.ts";
import {
  allocate,
  bigints,
  type Elements,
  isBigint,
  type Kernel,
  type KernelWith,
  larger,
  notFor,
  numbers,
  result,
  smaller,
  staticShape,
} from "./kernel.ts";
import { broadcastLoop, forEachRow, type Loop } from "./loop.ts";

type Plain = KernelWith<None>;
type Compute<T, R> = (a: T, b: T) => R;

/** What to do with the elements of one dtype. */
interface Arithmetic {
  readonly numbers: Compute<number, number>;
  readonly bigints?: Compute<bigint, bigint>;
}

function zip<T, R>(
  compute: Compute<T, R>,
  loop: Loop,
  a: Elements<T>,
  b: Elements<T>,
  out: Elements<R>,
): void {
  const length = loop.shape.at(-1)!;
  const stepA = loop.strides[0]!.at(-1)!;
  const stepB = loop.strides[1]!.at(-1)!;
  forEachRow(loop, (offsets, before) => {
    let i = offsets[0]!;
    let j = offsets[1]!;
    for (let k = before; k < before + length; k++) {
      out[k] = compute(a[i]!, b[j]!);
      i += stepA;
      j += stepB;
    }
  });
}

function arithmetic(name: string, choose: (dtype: DType) => Arithmetic): Plain {
  return ([a, b], _, [spec]) => {
    const { dtype } = a!;
    const shape = staticShape(spec!.shape);
    const out = allocate(dtype, shape);
    const compute = choose(dtype);
    const loop = broadcastLoop([a!.shape, b!.shape], shape);
    if (!isBigint(dtype)) {
      zip(compute.numbers, loop, numbers(a!.data), numbers(b!.data), numbers(out));
    } else if (compute.bigints) {
      zip(compute.bigints, loop, bigints(a!.data), bigints(b!.data), bigints(out));
    } else {
      throw notFor(name, dtype);
    }
    if (dtype === "bool") for (let i = 0; i < out.length; i++) out[i] &&= 1;
    return [result(spec!, out)];
  };
}

function comparison(onNumbers: Compute<number, boolean>, onBigints: Compute<bigint, boolean>): Plain {
  return ([a, b], _, [spec]) => {
    const shape = staticShape(spec!.shape);
    const out = new Uint8Array(sizeOf(shape));
    const loop = broadcastLoop([a!.shape, b!.shape], shape);
    if (isBigint(a!.dtype)) {
      const compute: Compute<bigint, number> = (x, y) => (onBigints(x, y) ? 1 : 0);
      zip(compute, loop, bigints(a!.data), bigints(b!.data), out);
    } else {
      const compute: Compute<number, number> = (x, y) => (onNumbers(x, y) ? 1 : 0);
      zip(compute, loop, numbers(a!.data), numbers(b!.data), out);
    }
    return [result(spec!, out)];
  };
}

/** 32-bit products need more bits than a number has. */
function isWide(dtype: DType): boolean {
  return dtype === "int32" || dtype === "uint32";
}

function modulo(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

function floorDivide(a: number, b: number): number {
  if (b === 0 || !Number.isFinite(a) || !Number.isFinite(b)) return Math.floor(a / b);
  return Math.round((a - modulo(a, b)) / b);
}

/** 0 for a divisor of 0, as of smaller integers. */
function bigModulo(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n;
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

function bigFloorDivide(a: bigint, b: bigint): bigint {
  return b === 0n ? 0n : (a - bigModulo(a, b)) / b;
}

/** As in C, where JavaScript's `**` differs. */
function power(a: number, b: number): number {
  if (a === 1 || (a === -1 && (b === Infinity || b === -Infinity))) return 1;
  return a ** b;
}

/** Wraps around; 0 for a negative exponent of anything but 1 and -1. */
function integerPower(base: number, exponent: number): number {
  if (exponent < 0) return base === 1 ? 1 : base === -1 ? (exponent % 2 === 0 ? 1 : -1) : 0;
  let product = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) product = Math.imul(product, square);
    square = Math.imul(square, square);
  }
  return product;
}

function bigPower(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) return base === 1n ? 1n : base === -1n ? (exponent % 2n === 0n ? 1n : -1n) : 0n;
  let product = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) product = BigInt.asIntN(64, product * square);
    square = BigInt.asIntN(64, square * square);
  }
  return product;
}

const multiply: Arithmetic = { numbers: (a, b) => a * b, bigints: (a, b) => a * b };
const multiplyWrapping: Arithmetic = { numbers: Math.imul };
const raise: Arithmetic = { numbers: power, bigints: bigPower };
const raiseWrapping: Arithmetic = { numbers: integerPower };
const shiftUnsigned: Arithmetic = { numbers: (a, b) => (b > 31 ? 0 : a >>> b) };
const shiftSigned: Arithmetic = {
  numbers: (a, b) => a >> (b < 0 ? 31 : Math.min(b, 31)),
  bigints: (a, b) => a >> (isPlace(b) ? b : 63n),
};
const shiftLeft: Arithmetic = {
  numbers: (a, b) => (b < 0 || b > 31 ? 0 : a << b),
  bigints: (a, b) => (isPlace(b) ? a << b : 0n),
};

/** Shifts by less than 0 take all bits out, as those by too many do. */
function isPlace(count: bigint): boolean {
  return count >= 0n && count < 64n;
}

function same(name: string, compute: Arithmetic): Plain {
  return arithmetic(name, () => compute);
}

/** (condition, a, b): takes elements, whatever they are. */
const select: Kernel<"select"> = ([condition, a, b], _, [spec]) => {
  const shape = staticShape(spec!.shape);
  const out = allocate(spec!.dtype, shape);
  const loop = broadcastLoop([condition!.shape, a!.shape, b!.shape], shape);
  const length = loop.shape.at(-1)!;
  const [stepC, stepA, stepB] = loop.strides.map((steps) => steps.at(-1)!) as [number, number, number];
  const conditions = condition!.data;
  const yes = a!.data;
  const no = b!.data;
  forEachRow(loop, (offsets, before) => {
    const [c, i, j] = offsets as [number, number, number];
    for (let k = 0; k < length; k++) {
      out[before + k] = conditions[c + k * stepC] ? yes[i + k * stepA]! : no[j + k * stepB]!;
    }
  });
  return [result(spec!, out)];
};

export const binaryKernels = {
  add: same("add", { numbers: (a, b) => a + b, bigints: (a, b) => a + b }),
  sub: same("sub", { numbers: (a, b) => a - b, bigints: (a, b) => a - b }),
  mul: arithmetic("mul", (dtype) => (isWide(dtype) ? multiplyWrapping : multiply)),
  div: same("div", { numbers: (a, b) => a / b }),
  pow: arithmetic("pow", (dtype) => (dtype.includes("int") && !isBigint(dtype) ? raiseWrapping : raise)),
  mod: same("mod", { numbers: modulo, bigints: bigModulo }),
  floor_div: same("floor_div", { numbers: floorDivide, bigints: bigFloorDivide }),
  min: same("min", { numbers: Math.min, bigints: smaller }),
  max: same("max", { numbers: Math.max, bigints: larger }),
  atan2: same("atan2", { numbers: Math.atan2 }),
  and: same("and", { numbers: (a, b) => a & b, bigints: (a, b) => a & b }),
  or: same("or", { numbers: (a, b) => a | b, bigints: (a, b) => a | b }),
  xor: same("xor", { numbers: (a, b) => a ^ b, bigints: (a, b) => a ^ b }),
  shift_left: same("shift_left", shiftLeft),
  shift_right: arithmetic("shift_right", (dtype) => (dtype === "uint32" ? shiftUnsigned : shiftSigned)),
  eq: comparison(
    (a, b) => a === b,
    (a, b) => a === b,
  ),
  ne: comparison(
    (a, b) => a !== b,
    (a, b) => a !== b,
  ),
  lt: comparison(
    (a, b) => a < b,
    (a, b) => a < b,
  ),
  le: comparison(
    (a, b) => a <= b,
    (a, b) => a <= b,
  ),
  gt: comparison(
    (a, b) => a > b,
    (a, b) => a > b,
  ),
  ge: comparison(
    (a, b) => a >= b,
    (a, b) => a >= b,
  ),
};

export const selectKernels = { select };
