import { type Kind, same } from "../fields/kinds.ts";
import { currentReading } from "../fields/reading.ts";
import type { JsonValue } from "../json/json.ts";
import { serialize } from "../registry/serialize.ts";
import { castTensor } from "../tensor/cast.ts";
import { fromNested, type NestedArray } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";

/** A number, numbers in nested arrays, or a tensor (written `__numpy__` where it was read so). */
export type NumberOrArray = number | NestedArray | Tensor;

export const aNumberOrArray: Kind<NumberOrArray, NumberOrArray> = {
  kind: "number-or-array",
  expected: "a number, nested arrays of numbers or a tensor",
  float: true,
  schema: { anyOf: [{ type: "number" }, { type: "array" }, { type: "object", required: ["class_name"] }] },
  parse(input, problems) {
    if (typeof input === "number" || input instanceof Tensor) return input;
    if (Array.isArray(input)) return input as NestedArray;
    const made =
      typeof input === "object" && input !== null ? currentReading()?.resolver.deserialize(input) : undefined;
    return made instanceof Tensor ? made : problems.expected(this.expected, input);
  },
  copy: same,
  toJson: (value): JsonValue => serialize(value),
};

/** The tensor that a field's value stands for. */
export function asTensor(value: NumberOrArray, dtype: DType): Tensor {
  return value instanceof Tensor ? castTensor(value, dtype) : fromNested(value, dtype);
}
