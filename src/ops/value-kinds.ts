import type { Field } from "../fields/field.ts";
import { type Kind, nullable, required } from "../fields/kinds.ts";
import { shorthand } from "../fields/shorthands.ts";
import type { JsonValue } from "../json/json.ts";
import type { Operand } from "../program/emit.ts";
import { Value } from "../program/value.ts";
import { type DType, isNumericDType } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Dimension } from "./dimensions.ts";
import { isOperand, type NumberList, tensorOfList } from "./operands.ts";

const aDType: Kind<DType, DType> = {
  kind: "dtype",
  expected: "a dtype",
  schema: { type: "string" },
  parse: (input, problems) => (isNumericDType(input) ? input : problems.expected("a dtype", input)),
  toJson: (value) => value,
};

/** A dtype's name. */
export const dtype = shorthand(aDType);

const isDimension = (item: unknown): item is Dimension =>
  Number.isInteger(item) || item instanceof Value || item instanceof Tensor;

const aTargetShape: Kind<readonly Dimension[], readonly Dimension[]> = {
  kind: "shape",
  expected: "a list of integers",
  schema: { type: "array", items: { type: "integer" } },
  parse: (input, problems) => {
    const list = Number.isInteger(input) ? [input] : input;
    if (Array.isArray(list) && list.every(isDimension)) return [...list];
    return problems.expected("a list of integers", input);
  },
  toJson: (value) => [...(value as readonly number[])] as JsonValue,
};

/** A shape to make: integers, where a program knows them only when it runs also scalars (see `dimension`). */
export function targetShape(): Field<readonly Dimension[], readonly Dimension[], true> {
  return required(aTargetShape);
}

/** A number, numbers in lists, or a value. */
export type Bound = number | NumberList | Operand;

const aBound: Kind<Bound, Bound> = {
  kind: "number",
  expected: "a number or a tensor",
  schema: { type: "number" },
  parse: (input, problems) =>
    typeof input === "number" || Array.isArray(input) || isOperand(input)
      ? (input as Bound)
      : problems.expected("a number or a tensor", input),
  toJson: (value) => value as JsonValue,
};

/** A number or tensor that must be given, or null. */
export function bound(): Field<Bound | null, Bound | null, true> {
  return required(nullable(aBound));
}

/** A value that a call takes by name; numbers in lists are a tensor. */
export const operand: Kind<Operand | NumberList, Operand> = {
  kind: "tensor",
  expected: "a tensor",
  schema: true,
  parse: (input, problems) => {
    const tensor = tensorOfList(input);
    return isOperand(tensor) ? tensor : problems.expected("a tensor", input);
  },
  toJson: () => null,
};
