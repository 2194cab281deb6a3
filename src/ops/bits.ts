import { ShapeError } from "../errors.ts";
import { dtypeOf } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { bitPrim } from "../program/rules/bits.ts";
import { bytesPerElement, type DType } from "../tensor/dtype.ts";
import { binary, unary } from "./define.ts";
import { asDType, asOperand, asResult, floatDType, promote } from "./operands.ts";
import { dtype as dtypeField } from "./value-kinds.ts";

/** The same bits as another dtype; the last axis is as much longer or shorter as that is smaller or larger. */
export const view = /* @__PURE__ */ unary(
  "numpy.View",
  (x, { dtype }) => {
    const operand = asOperand(x);
    if (dtype === null || dtype === dtypeOf(operand)) return asResult(operand);
    if (dtypeOf(operand) === "bool" || dtype === "bool")
      throw new ShapeError("view", `expected numbers, received ${dtypeOf(operand)} as ${dtype}.`);
    return bitPrim("bitcast", [operand], { dtype });
  },
  () => ({
    /** The dtype of the result. Defaults to null: that of the tensor. */
    dtype: dtypeField(null),
  }),
);

/** The number next to `x1` that its dtype has, in the direction of `x2`. */
export const nextafter = /* @__PURE__ */ binary("numpy.Nextafter", (x1, x2) => {
  const [a, b] = promote([x1, x2], floatDType);
  const dtype = dtypeOf(a);
  const bits: DType =
    bytesPerElement(dtype) === 2 ? "int16" : bytesPerElement(dtype) === 4 ? "int32" : "int64";
  const zero = asDType(0, dtype);
  const isUp = prim("gt", [b, a]);
  const one = asDType(1, bits);
  const isAway = prim("eq", [isUp, prim("gt", [a, zero])]);
  const step = prim("select", [isAway, one, prim("neg", [one])]);
  const moved = bitPrim("bitcast", [prim("add", [bitPrim("bitcast", [a], { dtype: bits }), step])], {
    dtype,
  });
  const least = bitPrim("bitcast", [one], { dtype });
  const fromZero = prim("select", [isUp, least, prim("neg", [least])]);
  const next = prim("select", [prim("eq", [a, zero]), fromZero, moved]);
  const isGap = prim("or", [prim("is_nan", [a]), prim("is_nan", [b])]);
  return prim("select", [isGap, prim("add", [a, b]), prim("select", [prim("eq", [a, b]), b, next])]);
});
