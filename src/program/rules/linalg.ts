import { ShapeError } from "../../errors.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { emit, type Numeric, type Operand, primOf } from "../emit.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { broadcastShapes } from "./broadcast.ts";
import { expectFloat, mayEqual, oneDtype } from "./check.ts";

type Sides = readonly [rows: number | null, columns: number | null];

/** Matrices: the axes in front of theirs, and how many rows and columns they have. */
function matrices(name: string, x: Spec): [lead: Shape, ...sides: Sides] {
  expectFloat(x, name);
  const [rows, columns] = x.shape.slice(-2);
  if (rows !== undefined && columns !== undefined) return [x.shape.slice(0, -2), rows, columns];
  throw new ShapeError(name, `expected matrices, received ${formatShape(x.shape)}.`);
}

function squareOnes(name: string, x: Spec): [lead: Shape, size: number | null] {
  expectFloat(x, name);
  const [rows, columns] = x.shape.slice(-2);
  if (x.shape.length < 2 || !mayEqual(rows!, columns!))
    throw new ShapeError(name, `expected square matrices, received ${formatShape(x.shape)}.`);
  return [x.shape.slice(0, -2), rows ?? columns!];
}

function square(name: string) {
  return (inputs: readonly Spec[]): Spec[] => {
    squareOnes(name, inputs[0]!);
    return [inputs[0]!];
  };
}

function less(rows: number | null, columns: number | null): number | null {
  return rows === null || columns === null ? null : Math.min(rows, columns);
}

function lu([x]: readonly Spec[]): Spec[] {
  const [lead, rows, columns] = matrices("lu", x!);
  return [x!, { shape: [...lead, less(rows, columns)], dtype: "int32" }];
}

function qr([x]: readonly Spec[], { complete }: Attributes["qr"]): Spec[] {
  const [lead, rows, columns] = matrices("qr", x!);
  const inner = complete ? rows : less(rows, columns);
  const { dtype } = x!;
  return [
    { shape: [...lead, rows, inner], dtype },
    { shape: [...lead, inner, columns], dtype },
  ];
}

function svd([x]: readonly Spec[], { full }: Attributes["svd"]): Spec[] {
  const [lead, rows, columns] = matrices("svd", x!);
  const { dtype } = x!;
  const count = less(rows, columns);
  return [
    { shape: [...lead, rows, full ? rows : count], dtype },
    { shape: [...lead, count], dtype },
    { shape: [...lead, full ? columns : count, columns], dtype },
  ];
}

function eigen(name: string) {
  return ([x]: readonly Spec[]): Spec[] => {
    const [lead, size] = squareOnes(name, x!);
    return [{ shape: [...lead, size], dtype: x!.dtype }, x!];
  };
}

function solving(name: string) {
  return (inputs: readonly Spec[]): Spec[] => {
    const [a, b] = inputs as [Spec, Spec];
    const dtype = oneDtype(inputs, name);
    const [leadA, size] = squareOnes(name, a);
    const [leadB, rows, columns] = matrices(name, b);
    if (!mayEqual(size, rows)) {
      throw new ShapeError(name, `expected right sides of ${size} rows, received ${formatShape(b.shape)}.`);
    }
    return [{ shape: [...broadcastShapes(leadA, leadB, name), rows ?? size, columns], dtype }];
  };
}

const singleRules = {
  cholesky: square("cholesky"),
  solve: solving("solve"),
  solve_triangular: solving("solve_triangular"),
};
const factorRules = { lu, qr, svd, eigh: eigen("eigh"), eig: eigen("eig") };

export const linalgRules = { ...singleRules, ...factorRules };

/** Applies what gives one matrix for each. */
export const linalgPrim = /* @__PURE__ */ primOf(singleRules);

/** Takes matrices apart: LU with its pivots, QR, the singular values between their vectors, eigenvalues and vectors. */
export function factorsOf<K extends keyof typeof factorRules>(
  primitive: K,
  x: Operand,
  attributes: Attributes[K],
): Numeric[] {
  return emit<K>(factorRules as never, primitive, [x], attributes);
}
