import { bool, positiveInt } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { emit, type Numeric } from "../program/emit.ts";
import { topKRules } from "../program/rules/top-k.ts";
import { unary } from "./define.ts";
import { asOperand } from "./operands.ts";
import { noBool } from "./order.ts";

/** The `k` largest along the last axis, largest first, and where they are. */
export const topK = /* @__PURE__ */ unary<ReturnType<typeof topKFields>, KerasTensor[], Numeric[]>(
  "math.TopK",
  (x, { k }) => emit(topKRules, "top_k", [noBool(asOperand(x))], { k }),
  topKFields,
);

function topKFields() {
  return {
    /** How many. */
    k: positiveInt(),
    /** Whether they come in falling order. Defaults to true. */
    sorted: bool(true),
  };
}
