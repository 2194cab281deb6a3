import { ShapeError } from "../errors.ts";
import { aNumber, nullable, optional } from "../fields/kinds.ts";
import { bool } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { factorsOf } from "../program/rules/linalg.ts";
import type { DType } from "../tensor/dtype.ts";
import { formatShape } from "../tensor/shape.ts";
import { binary, defineOp, type Op, type TensorLike, unary } from "./define.ts";
import { calculate, dimension, dimensions, reshapeTo } from "./dimensions.ts";
import { matrixProduct } from "./matmul.ts";
import { turned } from "./moving.ts";
import { asDType, asFloat, floatDType, type OperandLike, promote, rankOf, shapeOf } from "./operands.ts";
import { sliceAxis } from "./slice-axis.ts";

/** What `svd` takes beside the matrices. */
export interface SVDOptions {
  /** Whether the vectors are square matrices. Defaults to true. */
  readonly full_matrices?: boolean;
  /** Whether the vectors are given, too. Defaults to true. */
  readonly compute_uv?: boolean;
}

type Three<T> = [left: T, values: T, right: T];

export interface SVDOp extends Op {
  (x: KerasTensor, options: SVDOptions & { readonly compute_uv: false }): KerasTensor;
  (x: OperandLike, options: SVDOptions & { readonly compute_uv: false }): Numeric;
  (x: KerasTensor, options?: SVDOptions): Three<KerasTensor>;
  (x: OperandLike, options?: SVDOptions): Three<Numeric>;
  (x: TensorLike, options?: SVDOptions): Three<KerasTensor> | Three<Numeric>;
}

/** Left vectors as columns, singular values, largest first, and right vectors as rows; or the values alone. */
export const svd = /* @__PURE__ */ defineOp<SVDOp>({
  path: "linalg.SVD",
  tensors: ["x"],
  fields: () => ({
    full_matrices: bool(true),
    compute_uv: bool(true),
  }),
  compute: (x: OperandLike, { full_matrices, compute_uv }: Required<SVDOptions>) => {
    const factors = factorsOf("svd", asFloat(x), { full: full_matrices && compute_uv });
    return compute_uv ? factors : factors[1];
  },
});

/** The `x` for which `a x` is nearest to `b`, and of those the shortest. */
export const lstsq = /* @__PURE__ */ binary(
  "linalg.Lstsq",
  (a, b, { rcond }) => {
    const [matrix, sides] = promote([a, b], floatDType);
    if (rankOf(matrix) !== 2 || rankOf(sides) < 1 || rankOf(sides) > 2) {
      throw new ShapeError(
        "lstsq",
        `expected a matrix and a matrix or vector, received ${formatShape(shapeOf(matrix))} and ${formatShape(shapeOf(sides))}.`,
      );
    }
    const [left, values, right] = factorsOf("svd", matrix, { full: false }) as Three<Numeric>;
    const { dtype } = values;
    const share =
      rcond === null ? roundingOf(matrix, dtype) : asDType(rcond < 0 ? epsilonOf(dtype) : rcond, dtype);
    const least = prim("mul", [share, sliceAxis(values, 0, 0, 1)]);
    const zero = asDType(0, dtype);
    const counts = prim("and", [prim("gt", [values, zero]), prim("ge", [values, least])]);
    const inverse = prim("select", [counts, prim("div", [asDType(1, dtype), values]), zero]);
    const isVector = rankOf(sides) === 1;
    const columns = isVector ? reshapeTo(sides, [...dimensions(sides), 1]) : sides;
    const inner = prim("mul", [reshapeTo(inverse, [-1, 1]), matrixProduct(turned(left), columns)]);
    const result = matrixProduct(turned(right), inner);
    return isVector ? reshapeTo(result, [-1]) : result;
  },
  () => ({
    /** Singular values below this share of the largest count as 0. Defaults to the rounding error of the dtype. */
    rcond: optional(nullable(aNumber), null),
  }),
  { tensors: ["a", "b"] },
);

/** The pseudo-inverses of matrices. */
export const pinv = /* @__PURE__ */ unary(
  "linalg.Pinv",
  (x, { rcond }) => {
    const matrix = asFloat(x);
    const [left, values, right] = factorsOf("svd", matrix, { full: false }) as Three<Numeric>;
    const { dtype } = values;
    const share =
      rcond === null ? prim("mul", [roundingOf(matrix, dtype), asDType(10, dtype)]) : asDType(rcond, dtype);
    const axis = rankOf(values) - 1;
    const least = prim("mul", [share, sliceAxis(values, axis, 0, 1)]);
    const counted = prim("select", [
      prim("gt", [values, least]),
      values,
      asDType(Number.POSITIVE_INFINITY, dtype),
    ]);
    const columns = reshapeTo(counted, [...dimensions(counted), 1]);
    return matrixProduct(turned(right), prim("div", [turned(left), columns]));
  },
  () => ({
    /** Singular values that are not above this share of the largest count as 0. Defaults to ten times the rounding error. */
    rcond: optional(nullable(aNumber), null),
  }),
);

/** How many singular values of matrices are not 0. */
export const matrixRank = /* @__PURE__ */ unary(
  "linalg.MatrixRank",
  (x, { tol }) => {
    const matrix = asFloat(x);
    const values = factorsOf("svd", matrix, { full: false })[1]!;
    const { dtype } = values;
    const over = { axes: [rankOf(values) - 1], keepdims: true };
    const largest = () => prim("reduce_max", [values], over);
    const least = tol === null ? prim("mul", [largest(), roundingOf(matrix, dtype)]) : asDType(tol, dtype);
    const counts = asDType(prim("gt", [values, least]), "int32");
    return prim("reduce_sum", [counts], { ...over, keepdims: false });
  },
  () => ({
    /** What a singular value must be above. Defaults to the rounding error of the largest. */
    tol: optional(nullable(aNumber), null),
  }),
);

/** The distance of 1 from the next number. */
function epsilonOf(dtype: DType): number {
  const bits = { float64: 52, float32: 23, float16: 10, bfloat16: 7 } as Partial<Record<DType, number>>;
  return 2 ** -(bits[dtype] ?? 23);
}

/** The longer side of matrices times the rounding error of the dtype. */
function roundingOf(x: Operand, dtype: DType): Numeric {
  const side = calculate("max", dimension(x, -2), dimension(x, -1));
  return prim("mul", [asDType(side, dtype), asDType(epsilonOf(dtype), dtype)]);
}
