import { ShapeError } from "../errors.ts";
import type { KerasTensor } from "../graph/graph.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { defineOp, type Op, type TensorLike } from "./define.ts";
import { asBool, asOperand, type OperandLike, promote } from "./operands.ts";

type Choices = readonly TensorLike[];

/** An op that chooses by several conditions. */
export interface SelectOp extends Op {
  (condlist: readonly OperandLike[], choicelist: readonly OperandLike[], fallback?: OperandLike): Numeric;
  (condlist: Choices, choicelist: Choices, fallback?: TensorLike): KerasTensor | Numeric;
}

/** For each element what the first condition that holds chooses, and `fallback`, which is Keras's `default`, where none does. Defaults to 0. */
export const select = /* @__PURE__ */ defineSelect();

function defineSelect(): SelectOp {
  const op = defineOp<Op & ((...args: unknown[]) => KerasTensor | Numeric)>({
    path: "numpy.Select",
    tensors: ["condlist", "choicelist", "default"],
    keepsLists: true,
    compute: (conditions: readonly OperandLike[], choices: readonly OperandLike[], fallback: OperandLike) => {
      if (conditions.length !== choices.length || choices.length === 0) {
        const received = `${conditions.length} and ${choices.length}`;
        throw new ShapeError("select", `expected a choice for each condition, received ${received}.`);
      }
      const [last, ...values] = promote([fallback, ...choices]);
      return values.reduceRight<Operand>(
        (result, value, i) => prim("select", [asBool(asOperand(conditions[i]!)), value, result]),
        last,
      );
    },
  });
  const select = (conditions: Choices, choices: Choices, fallback: TensorLike = 0) =>
    op(conditions, choices, fallback);
  return Object.assign(select, { Operation: op.Operation }) as SelectOp;
}
