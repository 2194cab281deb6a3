import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { asBool, asOperand, type OperandLike, promote } from "./operands.ts";

/** `x1` where the condition holds, else `x2`; for values only. */
export function choose(condition: OperandLike, x1: OperandLike, x2: OperandLike): Numeric {
  return prim("select", [asBool(asOperand(condition)), ...promote([x1, x2])]);
}
