import type { PrimitiveName } from "../../../program/primitives.ts";
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
import { shapeLowerings } from "./shape.ts";
import { unaryLowerings } from "./unary.ts";
import { windowLowerings } from "./window.ts";

const matmul: Lowering<"matmul"> = (scope, { inputs }) => {
  const [a, b] = inputs.map((input) => scope.name(input));
  const { dtype } = inputs[0]!;
  return [
    dtype === "int8" ? scope.node("MatMulInteger", [a!, b!]) : scope.compute("MatMul", dtype, [a!, b!]),
  ];
};

/** ONNX has the places as int64, row by row as well. */
const nonzero: Lowering<"nonzero"> = (scope, { inputs: [x] }) => [
  scope.cast(scope.node("NonZero", [scope.name(x!)]), "int64", "int32"),
];

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
  standardize_text: null,
  split_text: null,
  ngrams: null,
  lookup: null,
  hash_text: null,
  hash_cross: null,
};
