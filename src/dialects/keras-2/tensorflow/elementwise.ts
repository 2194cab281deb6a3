import type { Call, Row, Rows } from "./call.ts";
import { type Part, part } from "./part.ts";

/** A function of one tensor that is one operation of Keras 3. */
export function unary(path: string): Row {
  return (call) => void call.emit(path, [call.x]);
}

/** A function of two tensors; the second is `y` unless named otherwise. */
export function binary(path: string, ...second: string[]): Row {
  return (call) => void call.emit(path, [call.x, call.any(...second, "y")]);
}

/** What is 0 where `isZero` is, and else what `value` gives. */
function zeroWhere(call: Call, isZero: Part, value: () => Part): undefined {
  const where = call.emit("numpy.Equal", [isZero, part(0)]);
  call.emit("numpy.Where", [where, part(0), value()]);
}

/** The dtypes that TensorFlow divides in float64, where Keras 3 takes float32. */
const wide = ["int32", "int64", "uint32", "uint64"];

function trueDivide(call: Call): undefined {
  const widened = (operand: Part) =>
    wide.includes(call.dtypeOf(operand) ?? "")
      ? call.emit("core.Cast", [operand], { dtype: "float64" })
      : operand;
  call.emit("numpy.TrueDivide", [widened(call.x), widened(call.any("y"))]);
}

/** TensorFlow 1 divides integers by flooring. */
function oldDivide(call: Call): string | undefined {
  const dtype = call.dtypeOf(call.x) ?? call.dtypeOf(call.any("y"));
  if (dtype === null) return "divides integers otherwise than floats, and the file does not say which it has";
  call.emit(dtype.includes("int") ? "numpy.FloorDivide" : "numpy.TrueDivide", [call.x, call.any("y")]);
  return undefined;
}

function sum(call: Call): string | undefined {
  const given = Array.isArray(call.x.value) ? call.x.value : [];
  const [first, ...rest] = given;
  if (first === undefined) return "needs a list of tensors";
  if (rest.length === 0) call.emit("numpy.Copy", [part(first)]);
  rest.reduce<Part>((total, next) => call.emit("numpy.Add", [total, part(next)]), part(first));
  return undefined;
}

function clipByValue(call: Call): undefined {
  const [low, high] = [call.any("clip_value_min", "min"), call.any("clip_value_max", "max")];
  if (typeof low.value === "number" && typeof high.value === "number")
    call.emit("numpy.Clip", [call.x], { x_min: low, x_max: high });
  else call.emit("numpy.Maximum", [call.emit("numpy.Minimum", [call.x, high]), low]);
}

function cast(path: string): Row {
  return (call) => {
    const dtype = call.value("dtype");
    if (typeof dtype !== "string" || !/^(bool|u?int(8|16|32|64)|b?float(16|32|64))$/.test(dtype))
      return "casts to a dtype that is not one of numbers";
    call.emit(path, [call.x], { dtype });
    return undefined;
  };
}

/** The same numbers; where a dtype is given, in that. */
function same(call: Call): string | undefined {
  if (call.has("dtype")) return cast("core.Cast")(call);
  call.emit("numpy.Copy", [call.x]);
  return undefined;
}

function like(path: string): Row {
  return (call) => void call.emit(path, [call.x], {}, { dtype: call.part("dtype") });
}

function where(call: Call): string | undefined {
  if (!call.has("x") || !call.has("y"))
    return "gives the places where a condition holds, of which the number is not known";
  call.emit("numpy.Where", [call.x, call.part("x"), call.part("y")]);
  return undefined;
}

/** Bits of integers; of booleans, what holds. */
function bitwise(name: string, logical: string): Row {
  return (call) =>
    void call.emit(call.dtypeOf(call.x) === "bool" ? `numpy.${logical}` : `numpy.${name}`, [
      call.x,
      call.any("y"),
    ]);
}

export const comparisons = {
  equal: "Equal",
  not_equal: "NotEqual",
  less: "Less",
  less_equal: "LessEqual",
  greater: "Greater",
  greater_equal: "GreaterEqual",
  logical_and: "LogicalAnd",
  logical_or: "LogicalOr",
  logical_xor: "LogicalXor",
};

export const functions = {
  abs: "numpy.Absolute",
  acos: "numpy.Arccos",
  acosh: "numpy.Arccosh",
  asin: "numpy.Arcsin",
  asinh: "numpy.Arcsinh",
  atan: "numpy.Arctan",
  atanh: "numpy.Arctanh",
  bessel_i0: "numpy.I0",
  ceil: "numpy.Ceil",
  conj: "numpy.Conjugate",
  cos: "numpy.Cos",
  cosh: "numpy.Cosh",
  erf: "math.Erf",
  erfc: "math.Erfc",
  erfinv: "math.Erfinv",
  exp: "numpy.Exp",
  expm1: "numpy.Expm1",
  floor: "numpy.Floor",
  is_finite: "numpy.Isfinite",
  is_inf: "numpy.Isinf",
  is_nan: "numpy.Isnan",
  log: "numpy.Log",
  log1p: "numpy.Log1p",
  log_sigmoid: "nn.LogSigmoid",
  logical_not: "numpy.LogicalNot",
  negative: "numpy.Negative",
  real: "numpy.Real",
  reciprocal: "numpy.Reciprocal",
  rint: "numpy.Round",
  round: "numpy.Round",
  rsqrt: "math.Rsqrt",
  sigmoid: "nn.Sigmoid",
  sign: "numpy.Sign",
  sin: "numpy.Sin",
  sinh: "numpy.Sinh",
  softplus: "nn.Softplus",
  sqrt: "numpy.Sqrt",
  square: "numpy.Square",
  tan: "numpy.Tan",
  tanh: "numpy.Tanh",
};

/** The names that functions of the same kind have in a module of TensorFlow. */
export function within<T>(module: string, record: Readonly<Record<string, T>>, row: (value: T) => Row): Rows {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [`${module}.${key}`, row(value)]));
}

/** Functions that take numbers one by one. */
export const elementwise: Rows = {
  ...within("math", functions, unary),
  ...within("math", comparisons, (name) => binary(`numpy.${name}`)),
  "__operators__.add": binary("numpy.Add"),
  "math.add": binary("numpy.Add"),
  "math.subtract": binary("numpy.Subtract"),
  "math.multiply": binary("numpy.Multiply"),
  "math.maximum": binary("numpy.Maximum"),
  "math.minimum": binary("numpy.Minimum"),
  "math.pow": binary("numpy.Power"),
  "math.floordiv": binary("numpy.FloorDivide"),
  "compat.v1.floor_div": binary("numpy.FloorDivide"),
  "math.floormod": binary("numpy.Mod"),
  "math.mod": binary("numpy.Mod"),
  truncatemod: binary("numpy.Fmod"),
  realdiv: binary("numpy.TrueDivide"),
  "math.truediv": trueDivide,
  "math.divide": trueDivide,
  "compat.v1.div": oldDivide,
  "math.divide_no_nan": binary("numpy.DivideNoNan"),
  "math.reciprocal_no_nan": (call) => void call.emit("numpy.DivideNoNan", [part(1), call.x]),
  "math.multiply_no_nan": (call) => {
    const y = call.part("y");
    return zeroWhere(call, y, () => call.emit("numpy.Multiply", [call.x, y]));
  },
  "math.xlogy": (call) =>
    zeroWhere(call, call.x, () =>
      call.emit("numpy.Multiply", [call.x, call.emit("numpy.Log", [call.part("y")])]),
    ),
  "math.xlog1py": (call) =>
    zeroWhere(call, call.x, () =>
      call.emit("numpy.Multiply", [call.x, call.emit("numpy.Log1p", [call.part("y")])]),
    ),
  "math.xdivy": (call) =>
    zeroWhere(call, call.x, () => call.emit("numpy.TrueDivide", [call.x, call.part("y")])),
  "math.squared_difference": (call) =>
    void call.emit("numpy.Square", [call.emit("numpy.Subtract", [call.x, call.part("y")])]),
  "math.scalar_mul": binary("numpy.Multiply", "x"),
  "compat.v1.math.scalar_mul": binary("numpy.Multiply", "x"),
  "math.add_n": sum,
  "math.accumulate_n": sum,
  "math.atan2": binary("numpy.Arctan2", "x"),
  "math.nextafter": binary("numpy.Nextafter", "x2"),
  clip_by_value: clipByValue,
  cast: cast("core.Cast"),
  "compat.v1.to_float": (call) => void call.emit("core.Cast", [call.x], { dtype: "float32" }),
  "compat.v1.to_int32": (call) => void call.emit("core.Cast", [call.x], { dtype: "int32" }),
  "dtypes.saturate_cast": cast("core.SaturateCast"),
  stop_gradient: unary("core.StopGradient"),
  identity: unary("numpy.Copy"),
  convert_to_tensor: same,
  "compat.v1.convert_to_tensor": same,
  zeros_like: like("numpy.ZerosLike"),
  ones_like: like("numpy.OnesLike"),
  "compat.v1.zeros_like": like("numpy.ZerosLike"),
  "compat.v1.ones_like": like("numpy.OnesLike"),
  where,
  "compat.v1.where": where,
  "bitwise.bitwise_and": bitwise("BitwiseAnd", "LogicalAnd"),
  "bitwise.bitwise_or": bitwise("BitwiseOr", "LogicalOr"),
  "bitwise.bitwise_xor": bitwise("BitwiseXor", "LogicalXor"),
  "bitwise.left_shift": binary("numpy.BitwiseLeftShift"),
  "bitwise.right_shift": binary("numpy.BitwiseRightShift"),
  "bitwise.invert": unary("numpy.BitwiseNot"),
};
