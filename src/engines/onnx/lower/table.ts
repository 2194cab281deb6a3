import type { PrimitiveName } from "../../../program/primitives.ts";
import type { Value } from "../../../program/value.ts";
import { binaryLowerings } from "./binary.ts";
import { controlLowerings } from "./control.ts";
import { einsum } from "./einsum.ts";
import { fourierLowerings } from "./fourier.ts";
import { gatherLowerings } from "./gather.ts";
import type { Lowering, PartialLowerings } from "./lowering.ts";
import { orderLowerings } from "./order.ts";
import { randomLowerings } from "./random.ts";
import { reduceLowerings } from "./reduce.ts";
import { scanLowerings } from "./scan.ts";
import type { Scope } from "./scope.ts";
import { shapeLowerings } from "./shape.ts";
import { unaryLowerings } from "./unary.ts";
import { windowLowerings } from "./window.ts";

const matmul: Lowering<"matmul"> = (scope, { inputs }) => {
  const [a, b] = inputs as [Value, Value];
  if (a.dtype === "int8") return [integerProduct(scope, a, b)];
  return [scope.compute("MatMul", a.dtype, [scope.name(a), scope.name(b)])];
};

/** ONNX has the places as int64, row by row as well. */
const nonzero: Lowering<"nonzero"> = (scope, { inputs: [x] }) => [
  scope.cast(scope.node("NonZero", [scope.name(x!)]), "int64", "int32"),
];

/**
 * A product of int8. ONNX Runtime (1.30) is slow where the left factor has a sign, so it gets none: 128 is added, and named
 * as its zero point. Bytes without and with a sign may overflow where a processor lacks the instructions for them; the
 * runtime mends that where the right factor is constant (`onnxruntime/byte-products.ts`), else that has no sign either.
 */
function integerProduct(scope: Scope, a: Value, b: Value): string {
  const zero = scope.scalar("uint8", 128);
  const left = unsigned(scope, a);
  if (scope.known(b) !== undefined) return scope.node("MatMulInteger", [left, scope.name(b), zero]);
  return scope.node("MatMulInteger", [left, unsigned(scope, b), zero, zero]);
}

/** 128 more than an int8: its bits without a sign, the first one turned over. */
function unsigned(scope: Scope, value: Value): string {
  const bits = scope.cast(scope.name(value), "int8", "uint8");
  return scope.node("BitwiseXor", [bits, scope.scalar("uint8", 128)]);
}

/** How each primitive is said in ONNX; null where it has no such operator. */
export const lowerings: PartialLowerings<PrimitiveName> = {
  ...unaryLowerings,
  ...binaryLowerings,
  ...reduceLowerings,
  ...shapeLowerings,
  ...gatherLowerings,
  matmul,
  einsum,
  ...windowLowerings,
  ...orderLowerings,
  ...randomLowerings,
  ...scanLowerings,
  ...controlLowerings,
  nonzero,
  bitcast: null,
  ...fourierLowerings,
  cholesky: null,
  lu: null,
  solve: null,
  solve_triangular: null,
  qr: null,
  svd: null,
  eigh: null,
  eig: null,
  ctc_beam_search: null,
  random_gamma: null,
  random_binomial: null,
  standardize_text: null,
  split_text: null,
  ngrams: null,
  lookup: null,
  hash_text: null,
  hash_cross: null,
};
