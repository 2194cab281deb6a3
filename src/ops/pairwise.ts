import { bool, float } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { type DType, isFloat } from "../tensor/dtype.ts";
import { arange } from "./creation.ts";
import { type BinaryOp, binary } from "./define.ts";
import { dimensions, reshapeTo } from "./dimensions.ts";
import { isclose } from "./nearness.ts";
import { asDType, asOperand, floatDType, promote, rankOf } from "./operands.ts";
import { reduce } from "./reduction.ts";
import { scan } from "./scan.ts";

/** The larger of each two; NaN only where both are. */
export const fmax = /* @__PURE__ */ pastNaN("Fmax", "max");
/** The smaller of each two; NaN only where both are. */
export const fmin = /* @__PURE__ */ pastNaN("Fmin", "min");

function pastNaN(className: string, primitive: "max" | "min"): BinaryOp<Record<never, never>> {
  return binary(`numpy.${className}`, (x1, x2) => {
    const [a, b] = promote([x1, x2]);
    const dtype = dtypeOf(a);
    if (dtype === "bool") return prim(primitive === "max" ? "or" : "and", [a, b]);
    const both = prim(primitive, [a, b]);
    if (!isFloat(dtype)) return both;
    return prim("select", [prim("is_nan", [a]), b, prim("select", [prim("is_nan", [b]), a, both])]);
  });
}

/** What a division towards 0 leaves; it has the sign of `x1`. */
export const fmod = /* @__PURE__ */ binary("numpy.Fmod", (x1, x2) => {
  const [a, b] = promote([x1, x2], noBool);
  const rest = prim("mod", [prim("abs", [a]), prim("abs", [b])]);
  return prim("mul", [prim("sign", [a]), rest]);
});

/** 0 below 0, 1 above, and `x2` at 0. */
export const heaviside = /* @__PURE__ */ binary("numpy.Heaviside", (x1, x2) => {
  const [a, b] = promote([x1, x2], floatDType);
  const like = (value: number) => asDType(value, dtypeOf(a));
  const step = prim("select", [prim("lt", [a, like(0)]), like(0), like(1)]);
  const result = prim("select", [prim("eq", [a, like(0)]), b, step]);
  return prim("select", [prim("is_nan", [a]), a, result]);
});

/** The length of the hypotenuse: `√(x1² + x2²)`, also where the squares are too large. */
export const hypot = /* @__PURE__ */ binary("numpy.Hypot", (x1, x2) => {
  const [a, b] = promote([x1, x2], floatDType).map((side) => prim("abs", [side])) as [Numeric, Numeric];
  const like = (value: number) => asDType(value, dtypeOf(a));
  const long = prim("max", [a, b]);
  const isPlain = prim("and", [
    prim("gt", [long, like(0)]),
    prim("lt", [long, like(Number.POSITIVE_INFINITY)]),
  ]);
  const share = prim("div", [prim("min", [a, b]), prim("select", [isPlain, long, like(1)])]);
  const root = prim("sqrt", [prim("add", [like(1), prim("mul", [share, share])])]);
  return prim("select", [isPlain, prim("mul", [long, root]), long]);
});

/** `x1 · 2^x2`; `x2` are integers. */
export const ldexp = /* @__PURE__ */ binary("numpy.Ldexp", (x1, x2) => {
  const dtype = floatDType(dtypeOf(promote([x1])[0]));
  const exponent = asDType(asOperand(x2), "int32");
  const half = prim("floor_div", [exponent, asDType(2, "int32")]);
  const power = (by: Operand) => prim("pow", [asDType(2, dtype), asDType(by, dtype)]);
  const near = prim("mul", [asDType(asOperand(x1), dtype), power(half)]);
  return prim("mul", [near, power(prim("sub", [exponent, half]))]);
});

/** `log2(2^x1 + 2^x2)`. */
export const logaddexp2 = /* @__PURE__ */ binary("numpy.Logaddexp2", (x1, x2) => {
  const [a, b] = promote([x1, x2], floatDType);
  const like = (value: number) => asDType(value, dtypeOf(a));
  const distance = prim("mul", [prim("abs", [prim("sub", [a, b])]), like(-Math.LN2)]);
  const rest = prim("div", [prim("log1p", [prim("exp", [distance])]), like(Math.LN2)]);
  const ofEquals = prim("select", [prim("eq", [a, b]), like(1), rest]);
  return prim("add", [prim("max", [a, b]), ofEquals]);
});

/** The greatest integer that divides both. */
export const gcd = /* @__PURE__ */ binary("numpy.Gcd", (x1, x2) => {
  const [a, b] = promote([x1, x2]);
  return commonDivisor(a, b);
});

/** The least integer that both divide; 0 where one of them is 0. */
export const lcm = /* @__PURE__ */ binary("numpy.Lcm", (x1, x2) => {
  const [a, b] = promote([x1, x2]).map((x) => prim("abs", [x])) as [Numeric, Numeric];
  const zero = asDType(0, dtypeOf(a));
  const divisor = prim("max", [commonDivisor(a, b), asDType(1, dtypeOf(a))]);
  const product = prim("mul", [prim("floor_div", [a, divisor]), b]);
  return prim("select", [prim("or", [prim("eq", [a, zero]), prim("eq", [b, zero])]), zero, product]);
});

/** Euclid's algorithm, as many steps as the largest numbers of the dtype need. */
function commonDivisor(a: Operand, b: Operand): Numeric {
  const zero = asDType(0, dtypeOf(a));
  const sum = prim("add", [prim("mul", [a, zero]), prim("mul", [b, zero])]);
  const [first, second] = [a, b].map((x) => prim("add", [prim("abs", [x]), sum])) as [Numeric, Numeric];
  const steps = dtypeOf(a).endsWith("64") ? 94 : 48;
  const { carries } = scan(
    ([x, y]) => {
      const isDone = prim("eq", [y, zero]);
      const rest = prim("mod", [x, prim("max", [y, asDType(1, dtypeOf(y))])]);
      return {
        carries: [prim("select", [isDone, x, y]), prim("select", [isDone, zero, rest])],
        outputs: [],
      };
    },
    { carries: [first, second], xs: [arange(steps)] },
  );
  return carries[0];
}

/** Whether all of two tensors are equal within `atol + rtol · |x2|`. */
export const allclose = /* @__PURE__ */ binary(
  "numpy.AllClose",
  (x1, x2, { rtol, atol, equal_nan }) =>
    reduce("reduce_all", isclose(x1, x2, { rtol, atol, equal_nan }), null, false),
  () => ({
    /** How far apart two numbers may be, as a share of the second. Defaults to 0.00001. */
    rtol: float(1e-5),
    /** How far apart they may be beside that. Defaults to 0.00000001. */
    atol: float(1e-8),
    /** Whether NaN is near NaN. Defaults to false. */
    equal_nan: bool(false),
  }),
);

/** Whether each element of `x1` is one of `x2`. */
export const isin = /* @__PURE__ */ binary(
  "numpy.IsIn",
  (x1, x2, { invert }) => {
    const [values, among] = promote([x1, x2]);
    const rank = rankOf(values);
    const same = prim("eq", [reshapeTo(values, [...dimensions(values), 1]), reshapeTo(among, [-1])]);
    const found = prim("reduce_any", [same], { axes: [rank], keepdims: false });
    return invert ? prim("not", [found]) : found;
  },
  () => ({
    /** Whether no element is in a tensor twice; that changes no result. Defaults to false. */
    assume_unique: bool(false),
    /** Whether the answer is turned around. Defaults to false. */
    invert: bool(false),
  }),
);

/** The products of all pairs of elements, in blocks: `x2` for each element of `x1`. */
export const kron = /* @__PURE__ */ binary("numpy.Kron", (x1, x2) => {
  const [a, b] = promote([x1, x2]);
  const rank = Math.max(rankOf(a), rankOf(b));
  const wide = (x: Operand) => [...new Array<number>(rank - rankOf(x)).fill(1), ...dimensions(x)];
  const [rows, columns] = [wide(a), wide(b)];
  const blocks = reshapeTo(
    a,
    rows.flatMap((size) => [size, 1]),
  );
  const inside = reshapeTo(
    b,
    columns.flatMap((size) => [1, size]),
  );
  const products = prim(dtypeOf(a) === "bool" ? "and" : "mul", [blocks, inside]);
  let result: Numeric = products;
  for (let axis = 0; axis < rank; axis++) {
    const sizes = dimensions(result);
    const [outer, inner] = [sizes[axis], sizes[axis + 1]];
    const joined = typeof outer === "number" && typeof inner === "number" ? outer * inner : -1;
    result = reshapeTo(result, sizes.toSpliced(axis, 2, joined));
  }
  return result;
});

/** The sums of products over the last axes; with a number, the product. */
export const inner = /* @__PURE__ */ binary("numpy.Inner", (x1, x2) => {
  const [a, b] = promote([x1, x2]);
  if (rankOf(a) === 0 || rankOf(b) === 0) return prim("mul", [a, b]);
  const flat = (x: Operand) => reshapeTo(x, [-1, dimensions(x).at(-1) ?? 1]);
  const turned = prim("transpose", [flat(b)], { perm: [1, 0] });
  const product = prim("matmul", [flat(a), turned]);
  return reshapeTo(product, [...dimensions(a).slice(0, -1), ...dimensions(b).slice(0, -1)]);
});

/** The mean square error of signals of which `max_val` is the largest value, in decibels below it. */
export const psnr = /* @__PURE__ */ binary(
  "nn.PSNR",
  (x1, x2, { max_val }) => {
    const [a, b] = promote([x1, x2], floatDType);
    const distance = prim("sub", [a, b]);
    const error = reduce("reduce_mean", prim("mul", [distance, distance]), null, false);
    const decibels = (x: Operand) => prim("div", [prim("log", [x]), asDType(Math.LN10, dtypeOf(x))]);
    const peak = prim("mul", [asDType(20, dtypeOf(a)), decibels(asDType(max_val, dtypeOf(a)))]);
    return prim("sub", [peak, prim("mul", [asDType(10, dtypeOf(a)), decibels(error)])]);
  },
  () => ({
    /** The largest value that a signal can have. */
    max_val: float(),
  }),
);

function noBool(dtype: DType): DType {
  return dtype === "bool" ? "int32" : dtype;
}
