import { dtypeOf, type Numeric } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { Value } from "../../program/value.ts";
import { Variable } from "../../program/variable.ts";
import { Tensor } from "../../tensor/tensor.ts";

/**
 * A variable or tensor as a value of the computation that `like` belongs to, for where nothing else says which one
 * that is: to cut a part out of it, or to begin a loop with it.
 */
export function readIn(like: Numeric, operand: Variable | Numeric): Numeric {
  const dtype = dtypeOf(operand);
  if (operand instanceof Value) return operand;
  if (like instanceof Tensor) return cast(operand instanceof Variable ? operand.value : operand);
  if (!like.builder) return new Value(operand.shape, dtype);
  const { builder } = like;
  return cast(operand instanceof Variable ? builder.variable(operand) : builder.constant(operand));

  function cast(value: Numeric): Numeric {
    return value.dtype === dtype ? value : prim("cast", [value], { dtype });
  }
}
