import { anInteger, nullable, optional } from "../fields/kinds.ts";
import { bool, int, positiveInt } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/keras-tensor.ts";
import { dtypeOf, emit, type Operand, type Result } from "../program/emit.ts";
import { axisOf } from "./axes.ts";
import { unary } from "./define.ts";
import { reshapeTo } from "./dimensions.ts";
import { dtype as dtypeField } from "./kinds.ts";
import { asDType, asOperand, type Input, prim, rankOf } from "./operands.ts";

/** The `k` largest along the last axis, largest first, and where they are. */
export const topK = /* @__PURE__ */ unary<TopKFields, KerasTensor[], Result[]>(
  "math.TopK",
  (x, { k }) => {
    const operand = asOperand(x);
    const number = dtypeOf(operand) === "bool" ? asDType(operand, "int32") : operand;
    return emit("top_k", [number], { k });
  },
  topKFields,
);

type TopKFields = ReturnType<typeof topKFields>;
function topKFields() {
  return { k: positiveInt(), sorted: bool(true) };
}

/** In rising order along an axis; without one, flattened. */
export const sort = /* @__PURE__ */ unary(
  "numpy.Sort",
  (x, { axis }) => {
    const [operand, at] = along(x, axis, "sort");
    return prim("sort", [operand], { axis: at });
  },
  () => ({ axis: optional(nullable(anInteger), -1) }),
);

/** The places of the elements in rising order. */
export const argsort = /* @__PURE__ */ unary(
  "numpy.Argsort",
  (x, { axis }) => {
    const [operand, at] = along(x, axis, "argsort");
    return prim("argsort", [operand], { axis: at });
  },
  () => ({ axis: optional(nullable(anInteger), -1) }),
);

/** The sums so far along an axis; without one, flattened. */
export const cumsum = /* @__PURE__ */ unary(
  "numpy.Cumsum",
  (x, { axis, dtype }) => {
    const [operand, at] = along(x, axis, "cumsum");
    const number = dtypeOf(operand) === "bool" ? asDType(operand, "int32") : operand;
    return prim("cumsum", [dtype ? asDType(operand, dtype) : number], {
      axis: at,
      reverse: false,
      exclusive: false,
    });
  },
  () => ({ axis: int(null), dtype: dtypeField(null) }),
);

function along(x: Input, axis: number | null, context: string): [Operand, number] {
  if (axis === null) return [reshapeTo(x, [-1]), 0];
  return [asOperand(x), axisOf(axis, rankOf(x), context)];
}
