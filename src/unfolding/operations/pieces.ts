import type { KerasTensor } from "../../graph/graph.ts";
import * as ops from "../../ops/index.ts";
import type { OperationRows } from "./operation-row.ts";

/** Functions that layers have as activations, too. */
export const pieces: OperationRows = {
  "nn.Celu": ({ x, alpha }) =>
    alpha === 1 ? ops.elu(x) : ops.multiply(ops.elu(ops.divide(x, alpha)), alpha),
  "nn.Glu": ({ x, axis }) => {
    const [value, gate] = ops.split(x, { indices_or_sections: 2, axis });
    return value && gate ? ops.multiply(value, ops.sigmoid(gate)) : null;
  },
  "nn.HardShrink": ({ x, threshold }) => ops.where(ops.greater(ops.absolute(x), threshold), x, 0),
  "nn.HardSigmoid": ({ x }) => opened(x),
  "nn.HardSilu": ({ x }) => ops.multiply(x, opened(x)),
  "nn.HardTanh": ({ x }) => ops.clip(x, { x_min: -1, x_max: 1 }),
  "nn.LogSigmoid": ({ x }) => ops.negative(ops.softplus(ops.negative(x))),
  "keras.src.activations.activations.Mish": ({ x }) => ops.multiply(x, ops.tanh(ops.softplus(x))),
  "nn.SoftShrink": ({ x, threshold }) =>
    ops.subtract(x, ops.clip(x, { x_min: -threshold, x_max: threshold })),
  "nn.SparsePlus": ({ x }) => {
    const root = ops.add(ops.clip(x, { x_min: -1, x_max: 1 }), 1);
    return ops.add(ops.multiply(ops.multiply(root, root), 0.25), ops.relu(ops.subtract(x, 1)));
  },
  "nn.SparseSigmoid": ({ x }) => ops.clip(ops.multiply(ops.add(x, 1), 0.5), { x_min: 0, x_max: 1 }),
  "nn.Sparsemax": ({ x, axis }) => {
    const sorted = ops.flip(ops.sort(x, { axis }), { axis });
    const sums = ops.cumsum(sorted, { axis });
    const place = ops.cumsum(ops.onesLike(x), { axis });
    const isAbove = ops.greater(ops.add(ops.multiply(place, sorted), 1), sums);
    const counts = ops.cast(isAbove, { dtype: x.dtype });
    const over = { axis, keepdims: true };
    // All running sums of the largest, as Keras adds them up.
    const total = ops.sum(ops.multiply(sums, counts), over);
    const limit = ops.divide(ops.subtract(total, 1), ops.sum(counts, over));
    return ops.relu(ops.subtract(x, limit));
  },
  "nn.Squareplus": ({ x, b }) => ops.multiply(ops.add(x, ops.sqrt(ops.add(ops.multiply(x, x), b))), 0.5),
  "nn.TanhShrink": ({ x }) => ops.subtract(x, ops.tanh(x)),
  "nn.Threshold": ({ x, threshold, default_value }) => ops.where(ops.greater(x, threshold), x, default_value),
};

/** `x / 6 + 0.5`, from 0 to 1. */
function opened(x: KerasTensor): KerasTensor {
  return ops.clip(ops.add(ops.multiply(x, 1 / 6), 0.5), { x_min: 0, x_max: 1 });
}
