import type { OnnxType } from "../data-type.ts";

const floats: readonly OnnxType[] = ["float16", "float32", "float64"];
const single: readonly OnnxType[] = ["float16", "float32"];
const wide: readonly OnnxType[] = ["int32", "int64", ...floats];
const integers: readonly OnnxType[] = [
  "uint8",
  "int8",
  "uint16",
  "int16",
  "uint32",
  "int32",
  "uint64",
  "int64",
];
const numbers: readonly OnnxType[] = [...integers, ...floats];
const all: readonly OnnxType[] = ["bool", ...numbers];
const added: readonly OnnxType[] = [...integers, "float32", "float64"];
const without16: readonly OnnxType[] = ["uint8", "int8", "uint32", "int32", "uint64", "int64", ...floats];

/**
 * The types that ONNX Runtime's CPU kernels (native and WebAssembly, 1.30) take; the runtime itself computes float16
 * through float32 where it has to.
 */
const kernels: Readonly<Record<string, readonly OnnxType[]>> = {
  Neg: ["int8", "int16", "int32", "int64", ...floats],
  Abs: numbers,
  Sign: numbers,
  Floor: floats,
  Ceil: floats,
  Round: floats,
  Exp: floats,
  Log: floats,
  Sqrt: floats,
  Reciprocal: floats,
  Sin: floats,
  Cos: floats,
  Tan: single,
  Asin: single,
  Acos: single,
  Atan: single,
  Sinh: single,
  Cosh: single,
  Tanh: floats,
  Asinh: single,
  Acosh: single,
  Atanh: single,
  Erf: single,
  Sigmoid: floats,
  Relu: ["int8", "int32", ...floats],
  LeakyRelu: single,
  Clip: without16,
  Not: ["bool"],
  BitwiseNot: integers,
  IsNaN: floats,
  IsInf: floats,
  Add: numbers,
  Sub: numbers,
  Mul: numbers,
  Div: numbers,
  Mod: numbers,
  Pow: wide,
  Min: without16,
  Max: without16,
  And: ["bool"],
  Or: ["bool"],
  Xor: ["bool"],
  BitwiseAnd: integers,
  BitwiseOr: integers,
  BitwiseXor: integers,
  BitShift: ["uint8", "uint32", "uint64"],
  Equal: all,
  Less: numbers,
  LessOrEqual: numbers,
  Greater: numbers,
  GreaterOrEqual: numbers,
  Where: ["uint8", "int32", "int64", ...floats],
  ReduceSum: wide,
  ReduceMean: wide,
  ReduceProd: wide,
  ReduceMax: ["bool", "uint8", "int8", ...wide],
  ReduceMin: ["bool", "uint8", "int8", ...wide],
  ArgMax: ["uint8", "int8", ...wide],
  ArgMin: ["uint8", "int8", ...wide],
  Softmax: floats,
  LogSoftmax: floats,
  BatchNormalization: floats,
  Pad: ["bool", ...without16],
  MatMul: ["uint32", "int32", "uint64", "int64", ...floats],
  Einsum: wide,
  Conv: single,
  ConvTranspose: single,
  MaxPool: ["uint8", "int8", ...floats],
  AveragePool: single,
  Resize: ["uint8", "int8", "int32", ...single],
  TopK: ["uint8", "int8", "int16", ...wide],
  CumSum: wide,
  ScatterND: added,
  ScatterElements: added,
};

/** Where to go from a type that has no kernel: the first of these that has one. */
const wider: Readonly<Record<OnnxType, readonly OnnxType[]>> = {
  bool: ["uint8", "int32", "float32"],
  uint8: ["int32", "float64", "float32"],
  int8: ["int32", "float64", "float32"],
  uint16: ["int32", "uint32", "float64", "float32"],
  int16: ["int32", "float64", "float32"],
  uint32: ["int64", "uint64", "float64", "float32"],
  int32: ["uint32", "float64", "float32"],
  uint64: ["int64", "float64", "float32"],
  int64: ["uint64", "float64", "float32"],
  float16: ["float32"],
  float32: ["float64"],
  float64: ["float32"],
};

/** The type in which to compute an operator on operands of `type`: the type itself, or one to cast to. */
export function kernelType(op: string, type: OnnxType): OnnxType {
  const types = kernels[op];
  if (types === undefined || types.includes(type)) return type;
  return wider[type].find((candidate) => types.includes(candidate)) ?? type;
}
