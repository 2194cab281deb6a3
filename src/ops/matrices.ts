import "../engines/reference/at-once/linalg.ts";
import { ModelError } from "../errors.ts";
import { bool, choice } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { factorsOf, linalgPrim } from "../program/rules/linalg.ts";
import type { DType } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import { arange } from "./creation.ts";
import { binary, unary } from "./define.ts";
import { diagonal } from "./diagonal.ts";
import { type Dimension, dimension, dimensions, reshapeTo } from "./dimensions.ts";
import { matrixProduct } from "./matmul.ts";
import { turned } from "./moving.ts";
import { asDType, asFloat, floatDType, type OperandLike, promote, rankOf } from "./operands.ts";

type Symbols = [first: KerasTensor, second: KerasTensor];
type Values = [first: Numeric, second: Numeric];
type NoFields = Record<never, never>;

const upperField = () => ({
  /** Whether the factor is the upper triangle. Defaults to false. */
  upper: bool(false, { since: "3.12" }),
});

/** The triangular factor of symmetric positive definite matrices, whose product with its transpose they are. */
export const cholesky = /* @__PURE__ */ unary(
  "linalg.Cholesky",
  (x, { upper }) => {
    const factor = linalgPrim("cholesky", [asFloat(x)]);
    if (factor instanceof Tensor && hasNaN(factor)) {
      throw new ModelError(
        "cholesky",
        "expected positive definite matrices, received one that is not positive definite.",
      );
    }
    return upper ? turned(factor) : factor;
  },
  upperField,
);

/** The inverse of the matrices whose Cholesky factor is given. */
export const choleskyInverse = /* @__PURE__ */ unary(
  "linalg.CholeskyInverse",
  (x, { upper }) => {
    const factor = asFloat(x);
    const identity = identityOf(dimension(factor, -1), dtypeOf(factor));
    const inverse = linalgPrim("solve_triangular", [factor, identity], { lower: !upper });
    return upper ? matrixProduct(inverse, turned(inverse)) : matrixProduct(turned(inverse), inverse);
  },
  upperField,
);

/** The determinants of square matrices. */
export const det = /* @__PURE__ */ unary("linalg.Det", (x) => {
  const [pivots, swaps] = pivotsOf(x);
  const over = { axes: [rankOf(pivots) - 1], keepdims: false };
  return prim("mul", [swaps, prim("reduce_prod", [pivots], over)]);
});

/** The signs of determinants, and the logarithms of their absolute values. */
export const slogdet = /* @__PURE__ */ unary<NoFields, Symbols, Values>("numpy.Slogdet", (x) => signedLog(x));

/** The logarithms of the absolute values of determinants. */
export const logdet = /* @__PURE__ */ unary("math.Logdet", (x) => signedLog(x)[1]);

/** The inverses of square matrices. */
export const inv = /* @__PURE__ */ unary("linalg.Inv", (x) => {
  const matrix = asFloat(x);
  return linalgPrim("solve", [matrix, identityOf(dimension(matrix, -1), dtypeOf(matrix))]);
});

/** Eigenvalues and vectors of square matrices; an error where some are complex, for which there is no dtype. */
export const eig = /* @__PURE__ */ unary<NoFields, Symbols, Values>(
  "linalg.Eig",
  (x) => factorsOf("eig", asFloat(x), {}) as Values,
);

/** Eigenvalues, smallest first, and vectors of symmetric matrices. */
export const eigh = /* @__PURE__ */ unary<NoFields, Symbols, Values>(
  "linalg.Eigh",
  (x) => factorsOf("eigh", asFloat(x), {}) as Values,
);

/** L below the diagonal and U above, and which row each was swapped with. */
export const luFactor = /* @__PURE__ */ unary<NoFields, Symbols, Values>(
  "linalg.LuFactor",
  (x) => factorsOf("lu", asFloat(x), {}) as Values,
);

const modeField = () => ({
  /** "reduced": Q is not wider than it must be; "complete": Q is square. Defaults to "reduced". */
  mode: choice("reduced", "complete")("reduced"),
});

/** Q, whose columns are orthogonal, and R, an upper triangle. */
export const qr = /* @__PURE__ */ unary<ReturnType<typeof modeField>, Symbols, Values>(
  "linalg.Qr",
  (x, { mode }) => factorsOf("qr", asFloat(x), { complete: mode === "complete" }) as Values,
  modeField,
);

const onSides = { tensors: ["a", "b"] } as const;

/** The `x` for which `a x = b`; `b` has matrices, or is one vector. */
export const solve = /* @__PURE__ */ binary(
  "linalg.Solve",
  (a, b) => solved(a, b, rankOf(b) === 1, (sides) => linalgPrim("solve", sides)),
  undefined,
  onSides,
);

/** The same for triangular matrices, of which the other triangle is not read; `b` may have vectors for matrices. */
export const solveTriangular = /* @__PURE__ */ binary(
  "linalg.SolveTriangular",
  (a, b, { lower }) =>
    solved(a, b, rankOf(b) === 1 || rankOf(b) === rankOf(a) - 1, (sides) =>
      linalgPrim("solve_triangular", sides, { lower }),
    ),
  () => ({
    /** Whether the lower triangle counts. Defaults to false. */
    lower: bool(false),
  }),
  onSides,
);

function identityOf(size: Dimension, dtype: DType): Numeric {
  const places = arange(size);
  return asDType(prim("eq", [reshapeTo(places, [size, 1]), places]), dtype);
}

function hasNaN({ data }: Tensor): boolean {
  return data.some((value: number | bigint) => Number.isNaN(value));
}

/** The diagonal of U, and 1 or -1 for an even or odd number of swaps. */
function pivotsOf(x: OperandLike): Values {
  const [factors, swaps] = factorsOf("lu", asFloat(x), {}) as Values;
  const pivots = diagonal(factors, { axis1: -2, axis2: -1 });
  const axis = rankOf(swaps) - 1;
  const isSwap = prim("ne", [swaps, arange(dimension(swaps, axis))]);
  const count = prim("reduce_sum", [asDType(isSwap, "int32")], { axes: [axis], keepdims: false });
  const isOdd = prim("mod", [count, asDType(2, "int32")]);
  const { dtype } = pivots;
  return [pivots, prim("sub", [asDType(1, dtype), prim("mul", [asDType(isOdd, dtype), asDType(2, dtype)])])];
}

function signedLog(x: OperandLike): Values {
  const [pivots, swaps] = pivotsOf(x);
  const over = { axes: [rankOf(pivots) - 1], keepdims: false };
  const sign = prim("mul", [swaps, prim("reduce_prod", [prim("sign", [pivots])], over)]);
  return [sign, prim("reduce_sum", [prim("log", [prim("abs", [pivots])])], over)];
}

function solved(
  a: OperandLike,
  b: OperandLike,
  isVector: boolean,
  solve: (sides: readonly Operand[]) => Numeric,
): Numeric {
  const [left, right] = promote([a, b], floatDType);
  if (!isVector) return solve([left, right]);
  const result = solve([left, reshapeTo(right, [...dimensions(right), 1])]);
  return reshapeTo(result, dimensions(result).slice(0, -1));
}
