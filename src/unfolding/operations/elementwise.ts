import type { KerasTensor } from "../../graph/graph.ts";
import * as ops from "../../ops/index.ts";
import { isFloat } from "../../tensor/dtype.ts";
import type { OperationRows } from "./operation-row.ts";

const DEGREE = Math.PI / 180;

/** Functions of each element, or of each two. */
export const elementwise: OperationRows = {
  "math.Erfc": ({ x }) => ops.subtract(1, ops.erf(x)),
  "numpy.Cbrt": ({ x }) => ops.multiply(ops.sign(x), ops.power(ops.absolute(x), 1 / 3)),
  "numpy.Deg2rad": ({ x }) => ops.multiply(x, DEGREE),
  "numpy.Exp2": ({ x }) => ops.power(2, floats(x)),
  "numpy.Fabs": ({ x }) => ops.absolute(x),
  "numpy.Fmax": ({ x1, x2 }) => ops.maximum(numberOr(x1, x2), numberOr(x2, x1)),
  "numpy.Fmin": ({ x1, x2 }) => ops.minimum(numberOr(x1, x2), numberOr(x2, x1)),
  "numpy.Heaviside": ({ x1, x2 }) =>
    ops.where(ops.equal(x1, 0), x2, ops.multiply(ops.add(ops.sign(x1), 1), 0.5)),
  "numpy.Hypot": ({ x1, x2 }) => {
    const [first, second] = [floats(ops.absolute(x1)), floats(ops.absolute(x2))];
    // The larger one times a root, as the square of a side may be more than its dtype holds.
    const [less, more] = [ops.minimum(first, second), ops.maximum(first, second)];
    const isSame = ops.equal(less, more);
    const ratio = ops.where(isSame, 1, ops.divide(less, ops.where(isSame, 1, more)));
    return ops.multiply(more, ops.sqrt(ops.add(ops.multiply(ratio, ratio), 1)));
  },
  "numpy.Isneginf": ({ x }) => ops.logicalAnd(ops.isinf(x), ops.less(x, 0)),
  "numpy.Isposinf": ({ x }) => ops.logicalAnd(ops.isinf(x), ops.greater(x, 0)),
  "numpy.Logaddexp2": ({ x1, x2 }) =>
    ops.divide(ops.logaddexp(ops.multiply(x1, Math.LN2), ops.multiply(x2, Math.LN2)), Math.LN2),
  "numpy.Rad2deg": ({ x }) => ops.multiply(x, 1 / DEGREE),
  "numpy.Sinc": ({ x }) => {
    const isZero = ops.equal(x, 0);
    const angle = ops.where(isZero, 1, ops.multiply(x, Math.PI));
    return ops.where(isZero, 1, ops.divide(ops.sin(angle), angle));
  },
  "numpy.Trunc": ({ x }) => ops.multiply(ops.sign(x), ops.floor(ops.absolute(x))),
};

/** Integers as float32. */
function floats(x: KerasTensor): KerasTensor {
  return isFloat(x.dtype) ? x : ops.cast(x, { dtype: "float32" });
}

/** The first of two where it is a number. */
function numberOr(x: KerasTensor, other: KerasTensor): KerasTensor {
  return ops.where(ops.isnan(x), other, x);
}
