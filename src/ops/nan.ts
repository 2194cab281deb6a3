import type { Fields, ValuesOf } from "../fields/field.ts";
import { bool, int } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { isFloat } from "../tensor/dtype.ts";
import { type UnaryOp, unary } from "./define.ts";
import { axes } from "./kinds.ts";
import { asDType, asOperand, asResult, type OperandLike } from "./operands.ts";
import { cumprod, cumsum } from "./order.ts";
import { max, min, prod, reduce, sum } from "./reduction.ts";
import { argmax, argmin } from "./searching.ts";
import { dtype as dtypeField } from "./value-kinds.ts";

const reduction = () => ({
  /** The axis, or axes, that are reduced. Defaults to all. */
  axis: axes(),
  /** Whether reduced axes stay, with size 1. Defaults to false. */
  keepdims: bool(false),
});

const position = () => ({
  /** The axis that is searched. Defaults to null: the tensor is flattened. */
  axis: int(null),
  /** Whether the axis stays, with size 1. Defaults to false. */
  keepdims: bool(false),
});

const running = () => ({
  /** The axis along which it goes. Defaults to null: flattened. */
  axis: int(null),
  /** The dtype of the result. Defaults to that of the tensor. */
  dtype: dtypeField(null),
});

/** What is NaN becomes a value that changes nothing; integers have no NaN. */
function replaced(operand: Operand, value: number): Numeric {
  if (!isFloat(dtypeOf(operand))) return asResult(operand);
  return prim("select", [prim("is_nan", [operand]), asDType(value, dtypeOf(operand)), operand]);
}

/** An op that does on what is no NaN what another does on all. */
function without<F extends Fields>(
  className: string,
  value: number,
  compute: (x: Numeric, options: ValuesOf<F>, given: Operand) => Numeric,
  fields: () => F,
): UnaryOp<F> {
  return unary(
    `numpy.${className}`,
    (x, options: ValuesOf<F>) => compute(replaced(asOperand(x), value), options, asOperand(x)),
    fields,
  );
}

/** The sum of what is no NaN. */
export const nansum = /* @__PURE__ */ without(
  "Nansum",
  0,
  (x, { axis, keepdims }) => sum(x, { axis, keepdims }),
  reduction,
);
/** The product of what is no NaN. */
export const nanprod = /* @__PURE__ */ without(
  "Nanprod",
  1,
  (x, { axis, keepdims }) => prod(x, { axis, keepdims }),
  reduction,
);
/** The sums so far of what is no NaN. */
export const nancumsum = /* @__PURE__ */ without(
  "Nancumsum",
  0,
  (x, { axis, dtype }) => cumsum(x, { axis, dtype }),
  running,
);
/** The products so far of what is no NaN. */
export const nancumprod = /* @__PURE__ */ without(
  "Nancumprod",
  1,
  (x, { axis, dtype }) => cumprod(x, { axis, dtype }),
  running,
);

/** The largest of what is no NaN; NaN where all are. */
export const nanmax = /* @__PURE__ */ without(
  "Nanmax",
  Number.NEGATIVE_INFINITY,
  (x, { axis, keepdims }, given) => orNaN(given, max(x, { axis, keepdims }), { axis, keepdims }),
  reduction,
);
/** The smallest of what is no NaN; NaN where all are. */
export const nanmin = /* @__PURE__ */ without(
  "Nanmin",
  Number.POSITIVE_INFINITY,
  (x, { axis, keepdims }, given) => orNaN(given, min(x, { axis, keepdims }), { axis, keepdims }),
  reduction,
);

/** Where the largest is that is no NaN; -1 where all are. */
export const nanargmax = /* @__PURE__ */ without(
  "Nanargmax",
  Number.NEGATIVE_INFINITY,
  (x, { axis, keepdims }, given) => orNowhere(given, argmax(x, { axis, keepdims }), { axis, keepdims }),
  position,
);
/** Where the smallest is that is no NaN; -1 where all are. */
export const nanargmin = /* @__PURE__ */ without(
  "Nanargmin",
  Number.POSITIVE_INFINITY,
  (x, { axis, keepdims }, given) => orNowhere(given, argmin(x, { axis, keepdims }), { axis, keepdims }),
  position,
);

/** The mean of what is no NaN; NaN where all are. */
export const nanmean = /* @__PURE__ */ unary(
  "numpy.Nanmean",
  (x, options) => asDType(meanOf(wide(x), options), resultDType(x)),
  reduction,
);
/** The mean square distance from the mean of what is no NaN; NaN where all are. */
export const nanvar = /* @__PURE__ */ unary(
  "numpy.Nanvar",
  (x, options) => asDType(varianceOf(wide(x), options), resultDType(x)),
  reduction,
);
/** The square root of the variance of what is no NaN; NaN where all are. */
export const nanstd = /* @__PURE__ */ unary(
  "numpy.Nanstd",
  (x, options) => prim("sqrt", [asDType(varianceOf(wide(x), options), resultDType(x))]),
  reduction,
);

type Options = ValuesOf<ReturnType<typeof reduction>>;

function meanOf(x: Operand, { axis, keepdims }: Options): Numeric {
  const count = prim("cast", [prim("not", [prim("is_nan", [x])])], { dtype: dtypeOf(x) });
  const total = reduce("reduce_sum", replaced(x, 0), axis, keepdims);
  return prim("div", [total, reduce("reduce_sum", count, axis, keepdims)]);
}

function varianceOf(x: Operand, options: Options): Numeric {
  const distance = prim("sub", [x, meanOf(x, { ...options, keepdims: true })]);
  return meanOf(prim("mul", [distance, distance]), options);
}

/** What a mean is computed in: half floats and integers as float32. */
function wide(x: OperandLike): Operand {
  const operand = asOperand(x);
  return asDType(operand, dtypeOf(operand) === "float64" ? "float64" : "float32");
}

function resultDType(x: OperandLike) {
  const own = dtypeOf(asOperand(x));
  return isFloat(own) ? own : "float32";
}

function orNaN(given: Operand, result: Numeric, { axis, keepdims }: Options): Numeric {
  if (!isFloat(dtypeOf(given))) return result;
  const isNowhere = reduce("reduce_all", prim("is_nan", [given]), axis, keepdims);
  return prim("select", [isNowhere, asDType(Number.NaN, dtypeOf(given)), result]);
}

function orNowhere(given: Operand, result: Numeric, { axis, keepdims }: Options): Numeric {
  if (!isFloat(dtypeOf(given))) return result;
  const isNowhere = reduce("reduce_all", prim("is_nan", [given]), axis, keepdims);
  return prim("select", [isNowhere, asDType(-1, "int32"), result]);
}
