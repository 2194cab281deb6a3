import { ShapeError } from "../errors.ts";
import { aNumber, optional, required } from "../fields/kinds.ts";
import { float, int } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { orderPrim } from "../program/rules/order.ts";
import { axisOf } from "./axes.ts";
import { choose } from "./choose.ts";
import { unary } from "./define.ts";
import { dimension, reshapeTo } from "./dimensions.ts";
import { asDType, asFloat, rankOf, shapeOf } from "./operands.ts";
import { sliceAxis } from "./slice-axis.ts";

// Activations that are of pieces, or made of such. Source: Keras 3.15 `backend/jax/nn.py` and `jax.nn`.

function like(operand: Operand, value: number): Operand {
  return asDType(value, dtypeOf(operand));
}

/** `x` where it is positive, else `alpha · (exp(x / alpha) − 1)`. */
export const celu = /* @__PURE__ */ unary(
  "nn.Celu",
  (x, { alpha }) => {
    const operand = asFloat(x);
    const zero = like(operand, 0);
    const bent = prim("expm1", [prim("div", [prim("min", [operand, zero]), like(operand, alpha)])]);
    return choose(prim("gt", [operand, zero]), operand, prim("mul", [bent, like(operand, alpha)]));
  },
  () => ({
    /** The output goes down to `-alpha`. Defaults to 1. */
    alpha: float(1),
  }),
);

/** The first half of an axis times the sigmoid of the second. */
export const glu = /* @__PURE__ */ unary(
  "nn.Glu",
  (x, { axis }) => {
    const operand = asFloat(x);
    const at = axisOf(axis, rankOf(operand), "glu");
    const size = shapeOf(operand)[at];
    if (typeof size !== "number" || size % 2 !== 0) {
      throw new ShapeError("glu", `expected axis ${at} to have an even size, received ${size ?? "None"}.`);
    }
    const gate = prim("sigmoid", [sliceAxis(operand, at, size / 2, null)]);
    return prim("mul", [sliceAxis(operand, at, 0, size / 2), gate]);
  },
  () => ({
    /** The axis that is split into halves. Defaults to -1. */
    axis: int(-1),
  }),
);

/** `x` where it is further from 0 than `threshold`, else 0. */
export const hardShrink = /* @__PURE__ */ unary(
  "nn.HardShrink",
  (x, { threshold: limit }) => {
    const operand = asFloat(x);
    return choose(prim("gt", [prim("abs", [operand]), like(operand, limit)]), operand, 0);
  },
  () => ({
    /** Values nearer to 0 become 0. Defaults to 0.5. */
    threshold: float(0.5),
  }),
);

/** `x`, at least -1 and at most 1. */
export const hardTanh = /* @__PURE__ */ unary("nn.HardTanh", (x) =>
  prim("clamp", [asFloat(x)], { min: -1, max: 1 }),
);

/** `x` moved to 0 by `threshold`, and 0 where it is nearer. */
export const softShrink = /* @__PURE__ */ unary(
  "nn.SoftShrink",
  (x, { threshold: limit }) => {
    const operand = asFloat(x);
    const by = like(operand, limit);
    const below = choose(prim("lt", [operand, like(operand, -limit)]), prim("add", [operand, by]), 0);
    return choose(prim("gt", [operand, by]), prim("sub", [operand, by]), below);
  },
  () => ({
    /** Values nearer to 0 become 0, others move that much towards 0. Defaults to 0.5. */
    threshold: float(0.5),
  }),
);

/** 0 up to -1, `x` from 1 on, a parabola between. */
export const sparsePlus = /* @__PURE__ */ unary("nn.SparsePlus", (x) => {
  const operand = asFloat(x);
  const [one, minusOne] = [like(operand, 1), like(operand, -1)];
  const root = prim("add", [operand, one]);
  const curve = prim("div", [prim("mul", [root, root]), like(operand, 4)]);
  return choose(prim("le", [operand, minusOne]), 0, choose(prim("ge", [operand, one]), operand, curve));
});

/** 0 up to -1, 1 from 1 on, a line between. */
export const sparseSigmoid = /* @__PURE__ */ unary("nn.SparseSigmoid", (x) => {
  const operand = asFloat(x);
  const shifted = prim("clamp", [prim("add", [operand, like(operand, 1)])], { min: 0, max: 2 });
  return prim("mul", [shifted, like(operand, 0.5)]);
});

/** Like `softmax`, but exactly 0 for what is below a threshold. */
export const sparsemax = /* @__PURE__ */ unary(
  "nn.Sparsemax",
  (x, { axis }) => sparsemaxOf(asFloat(x), axis),
  () => ({
    /** The axis along which the numbers add up to 1. Defaults to -1. */
    axis: int(-1),
  }),
);

/** A smooth `relu` without exponentials; `b` is how round it is. */
export const squareplus = /* @__PURE__ */ unary(
  "nn.Squareplus",
  (x, { b }) => {
    const operand = asFloat(x);
    const root = prim("sqrt", [prim("add", [prim("mul", [operand, operand]), like(operand, b)])]);
    return prim("div", [prim("add", [operand, root]), like(operand, 2)]);
  },
  () => ({
    /** How smooth it is around 0; 0 gives `relu`. Defaults to 4. */
    b: optional(aNumber, 4),
  }),
);

/** `x − tanh(x)`. */
export const tanhShrink = /* @__PURE__ */ unary("nn.TanhShrink", (x) => {
  const operand = asFloat(x);
  return prim("sub", [operand, prim("tanh", [operand])]);
});

/** `x` where it is above `threshold`, else `default_value`. */
export const threshold = /* @__PURE__ */ unary(
  "nn.Threshold",
  (x, { threshold: limit, default_value }) => {
    const operand = asFloat(x);
    return prim("select", [
      prim("gt", [operand, like(operand, limit)]),
      operand,
      like(operand, default_value),
    ]);
  },
  () => ({
    /** Values above it stay. */
    threshold: required(aNumber),
    /** What all others become. */
    default_value: required(aNumber),
  }),
);

/**
 * As Keras 3.15 computes it in `backend/jax/nn.py`: it adds up all running sums of the largest where the last one is
 * meant, so that the results need not add up to 1.
 */
function sparsemaxOf(operand: Operand, axis: number): Numeric {
  const rank = rankOf(operand);
  const at = axisOf(axis, rank, "sparsemax");
  const one = like(operand, 1);
  const falling = prim("neg", [orderPrim("sort", [prim("neg", [operand])], { axis: at })]);
  const sums = orderPrim("cumsum", [falling], { axis: at, reverse: false, exclusive: false });
  const size = dimension(operand, at);
  const places =
    typeof size === "number"
      ? prim("iota", [], { length: size, dtype: "int32" })
      : prim("iota", [size], { length: -2, dtype: "int32" });
  const counts = prim("add", [asDType(places, dtypeOf(operand)), one]);
  const place = reshapeTo(
    counts,
    Array.from({ length: rank }, (_, i) => (i === at ? -1 : 1)),
  );
  const above = prim("sub", [falling, prim("div", [prim("sub", [sums, one]), place])]);
  const isIn = prim("gt", [above, like(operand, 0)]);
  const total = (x: Operand) => prim("reduce_sum", [x], { axes: [at], keepdims: true });
  const count = total(asDType(isIn, dtypeOf(operand)));
  const sum = total(prim("select", [isIn, sums, like(operand, 0)]));
  return prim("relu", [prim("sub", [operand, prim("div", [prim("sub", [sum, one]), count])])]);
}
