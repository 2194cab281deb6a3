import { int } from "../fields/shorthands.ts";
import { axisOf } from "./axes.ts";
import { binary, listed } from "./define.ts";
import { dimensions, reshapeTo } from "./dimensions.ts";
import { join } from "./joining.ts";
import { rankOf } from "./operands.ts";

/** One after the other along a new axis. */
export const stack = /* @__PURE__ */ listed(
  "numpy.Stack",
  (xs, { axis }) => {
    const at = axisOf(axis, rankOf(xs[0]!) + 1, "stack");
    return join(
      xs.map((x) => reshapeTo(x, dimensions(x).toSpliced(at, 0, 1))),
      at,
    );
  },
  () => ({
    /** The axis along which they are joined. Defaults to 0. */
    axis: int(0),
  }),
);

/** One behind the other: along the second axis, or the only one. */
export const hstack = /* @__PURE__ */ listed("numpy.Hstack", (xs) => {
  const wide = xs.map((x) => (rankOf(x) === 0 ? reshapeTo(x, [1]) : x));
  return join(wide, rankOf(wide[0]!) === 1 ? 0 : 1);
});

/** One below the other: along the first axis; a vector is a row. */
export const vstack = /* @__PURE__ */ listed("numpy.Vstack", (xs) =>
  join(
    xs.map((x) => (rankOf(x) < 2 ? reshapeTo(x, [1, ...(rankOf(x) === 0 ? [1] : dimensions(x))]) : x)),
    0,
  ),
);

/** `x2` behind `x1` along an axis; without one, both flattened. */
export const append = /* @__PURE__ */ binary(
  "numpy.Append",
  (x1, x2, { axis }) =>
    axis === null ? join([reshapeTo(x1, [-1]), reshapeTo(x2, [-1])], 0) : join([x1, x2], axis),
  () => ({
    /** The axis along which they are joined. Defaults to null: both are flattened. */
    axis: int(null),
  }),
);
