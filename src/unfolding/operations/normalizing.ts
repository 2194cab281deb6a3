import type { KerasTensor } from "../../graph/graph.ts";
import * as ops from "../../ops/index.ts";
import type { OperationRows } from "./operation-row.ts";

const EPSILON = 1e-7;

/** What brings samples to one size. */
export const normalizing: OperationRows = {
  "nn.LayerNorm": ({ x: given, gamma, beta, axis, epsilon, rms_scaling }) => {
    const over = [axis].flat();
    const isOverLast = over.length === 1 && (over[0] === -1 || over[0] === given.rank - 1);
    if (!isOverLast && (gamma !== null || beta !== null)) return null;
    const x = wide(given);
    const spread = ops.variance(x, { axis, keepdims: true });
    const inverse = ops.rsqrt(ops.add(spread, epsilon ?? EPSILON));
    const centered = rms_scaling ? x : ops.subtract(x, ops.mean(x, { axis, keepdims: true }));
    let result = ops.multiply(centered, inverse);
    if (gamma !== null) result = ops.multiply(result, gamma);
    return beta === null || rms_scaling ? result : ops.add(result, beta);
  },
  "nn.RMSNorm": ({ x, scale, axis, epsilon }) => {
    const result = dividedByRoot(wide(x), axis, epsilon ?? EPSILON);
    return scale === null ? result : ops.multiply(result, scale);
  },
};

/** A tensor divided by the root of the mean of its squares. */
export function dividedByRoot(x: KerasTensor, axis: number | number[] | null, epsilon: number): KerasTensor {
  const squares = ops.mean(ops.square(x), { axis, keepdims: true });
  return ops.multiply(x, ops.rsqrt(ops.add(squares, epsilon)));
}

/** A tensor in float32 or more. */
export function wide(x: KerasTensor): KerasTensor {
  return x.dtype === "float64" || x.dtype === "float32" ? x : ops.cast(x, { dtype: "float32" });
}
