import * as ops from "../../ops/index.ts";
import type { Given, OperationRows } from "./operation-row.ts";

/** What leaves out NaN. */
export const pastNan: OperationRows = {
  "numpy.Nancumprod": ({ x, axis }) => ops.cumprod(without(x, 1), { axis }),
  "numpy.Nancumsum": ({ x, axis }) => ops.cumsum(without(x, 0), { axis }),
  "numpy.Nanmean": ({ x, axis, keepdims }) => mean(x, { axis, keepdims }),
  "numpy.Nanprod": ({ x, axis, keepdims }) => ops.prod(without(x, 1), { axis, keepdims }),
  "numpy.Nanstd": (given) => ops.sqrt(variance(given)),
  "numpy.Nansum": ({ x, axis, keepdims }) => ops.sum(without(x, 0), { axis, keepdims }),
  "numpy.Nanvar": variance,
};

type X = Given["x"];

function without(x: X, number: number): X {
  return ops.where(ops.isnan(x), number, x);
}

function mean(x: X, over: { axis: number | number[] | null; keepdims: boolean }): X {
  const counts = ops.cast(ops.logicalNot(ops.isnan(x)), { dtype: x.dtype });
  return ops.divide(ops.sum(without(x, 0), over), ops.sum(counts, over));
}

function variance({ x, axis, keepdims }: Given): X {
  const deviation = ops.subtract(x, mean(x, { axis, keepdims: true }));
  return mean(ops.multiply(deviation, deviation), { axis, keepdims });
}
