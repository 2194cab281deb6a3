import type { DType } from "../../tensor/dtype.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { Attributes, Reduction } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { expectAxis, expectDtype, expectFloat, withDimension, withoutDimension } from "./check.ts";

function reducedShape(input: Spec, { axes, keepdims }: Reduction, context: string): Shape {
  for (const axis of axes) expectAxis(input, axis, context);
  const { shape } = input;
  if (keepdims) return shape.map((dimension, i) => (axes.includes(i) ? 1 : dimension));
  return shape.filter((_, i) => !axes.includes(i));
}

function reduction(name: string, expected?: "bool" | "float") {
  return (inputs: readonly Spec[], attributes: Reduction): Spec[] => {
    const input = inputs[0]!;
    if (expected === "bool") expectDtype(input, "bool", "an operand", name);
    if (expected === "float") expectFloat(input, name);
    return [{ shape: reducedShape(input, attributes, name), dtype: input.dtype }];
  };
}

function position(name: string) {
  return (inputs: readonly Spec[], { axis, keepdims }: Attributes["argmax"]): Spec[] => {
    const input = inputs[0]!;
    expectAxis(input, axis, name);
    const shape = keepdims ? withDimension(input.shape, axis, 1) : withoutDimension(input.shape, axis);
    return [{ shape, dtype: "int32" }];
  };
}

/** Same shape and dtype out, working along one axis. */
export function along(name: string, expected: "any" | "float", dtype?: DType) {
  return (inputs: readonly Spec[], { axis }: { readonly axis: number }): Spec[] => {
    const input = inputs[0]!;
    expectAxis(input, axis, name);
    if (expected === "float") expectFloat(input, name);
    return [dtype ? { shape: input.shape, dtype } : input];
  };
}

export const reduceRules = {
  reduce_sum: reduction("reduce_sum"),
  reduce_mean: reduction("reduce_mean", "float"),
  reduce_prod: reduction("reduce_prod"),
  reduce_max: reduction("reduce_max"),
  reduce_min: reduction("reduce_min"),
  reduce_any: reduction("reduce_any", "bool"),
  reduce_all: reduction("reduce_all", "bool"),
  argmax: position("argmax"),
  argmin: position("argmin"),
  softmax: along("softmax", "float"),
  log_softmax: along("log_softmax", "float"),
};
