import { anInteger, nullable, optional } from "../fields/kinds.ts";
import { int } from "../fields/shorthands.ts";
import { dtypeOf, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { orderPrim } from "../program/rules/order.ts";
import { axisOf, invert } from "./axes.ts";
import { unary } from "./define.ts";
import { dimensions, filled, reshapeTo } from "./dimensions.ts";
import { permute } from "./moving.ts";
import { asDType, asOperand, type OperandLike, rankOf } from "./operands.ts";
import { scan } from "./scan.ts";
import { dtype as dtypeField } from "./value-kinds.ts";

const lastAxis = () => ({
  /** The axis along which it is sorted; null: flattened. Defaults to -1. */
  axis: optional(nullable(anInteger), -1),
});

/** In rising order along an axis; without one, flattened. */
export const sort = /* @__PURE__ */ unary(
  "numpy.Sort",
  (x, { axis }) => {
    const [operand, at] = along(x, axis, "sort");
    return orderPrim("sort", [operand], { axis: at });
  },
  lastAxis,
);

/** The places of the elements in rising order. */
export const argsort = /* @__PURE__ */ unary(
  "numpy.Argsort",
  (x, { axis }) => {
    const [operand, at] = along(x, axis, "argsort");
    return orderPrim("argsort", [operand], { axis: at });
  },
  lastAxis,
);

/** The places of the elements in an order in which the `kth` is where sorting puts it. */
export const argpartition = /* @__PURE__ */ unary(
  "numpy.Argpartition",
  (x, { axis }) => {
    const [operand, at] = along(x, axis, "argpartition");
    return orderPrim("argsort", [operand], { axis: at });
  },
  () => ({
    /** The place that has what sorting puts there. */
    kth: int(),
    ...lastAxis(),
  }),
);

const running = () => ({
  /** The axis along which it goes. Defaults to null: flattened. */
  axis: int(null),
  /** The dtype of the result. Defaults to that of the tensor. */
  dtype: dtypeField(null),
});

/** The sums so far along an axis; without one, flattened. */
export const cumsum = /* @__PURE__ */ unary(
  "numpy.Cumsum",
  (x, { axis, dtype }) => {
    const [operand, at] = along(x, axis, "cumsum");
    const number = dtype ? asDType(operand, dtype) : noBool(operand);
    return orderPrim("cumsum", [number], { axis: at, reverse: false, exclusive: false });
  },
  running,
);

/** The products so far along an axis; without one, flattened. */
export const cumprod = /* @__PURE__ */ unary(
  "numpy.Cumprod",
  (x, { axis, dtype }) => {
    const [operand, at] = along(x, axis, "cumprod");
    const number = dtype ? asDType(operand, dtype) : noBool(operand);
    const perm = [at, ...[...Array(rankOf(number)).keys()].filter((i) => i !== at)];
    const moved = permute(number, perm);
    const one = filled(dimensions(moved).slice(1), 1, dtypeOf(number));
    const { outputs } = scan(
      ([product], [factor]) => {
        const next = prim("mul", [product, factor]);
        return { carries: [next], outputs: [next] };
      },
      { carries: [one], xs: [moved] },
    );
    return permute(outputs[0], invert(perm));
  },
  running,
);

export function noBool(operand: Operand): Operand {
  return dtypeOf(operand) === "bool" ? asDType(operand, "int32") : operand;
}

function along(x: OperandLike, axis: number | null, context: string): [Operand, number] {
  if (axis === null) return [reshapeTo(x, [-1]), 0];
  return [asOperand(x), axisOf(axis, rankOf(x), context)];
}
