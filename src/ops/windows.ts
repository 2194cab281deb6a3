import { ShapeError } from "../errors.ts";
import type { Kind } from "../fields/kinds.ts";
import type { JsonValue } from "../json/json.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import type { DType } from "../tensor/dtype.ts";
import { formatShape } from "../tensor/shape.ts";
import { made } from "./made.ts";
import { asDType, isOperand, type NumberList, shapeOf, tensorOfList } from "./operands.ts";

/** What frames of a signal are multiplied by: the name of a window, or its numbers. */
export type Window = "hann" | "hamming" | NumberList | Operand;

const names: readonly unknown[] = ["hann", "hamming"];
const expected = '"hann", "hamming" or a list of numbers';

/** A window. As in Keras, one that is a tensor has no place in a config; a list of its numbers has. */
export const aWindow: Kind<Window, Window> = {
  kind: "window",
  expected,
  schema: { anyOf: [{ enum: ["hann", "hamming"] }, { type: "array", items: { type: "number" } }] },
  parse: (input, problems) =>
    names.includes(input) || isOperand(tensorOfList(input))
      ? (input as Window)
      : problems.expected(expected, input),
  toJson: (value) => value as JsonValue,
};

/** The numbers of a window: one period of a raised cosine, or those given. */
export function windowOf(where: string, window: Window, length: number, dtype: DType): Numeric {
  if (window === "hann" || window === "hamming") {
    const share = window === "hann" ? 0.5 : 0.54;
    const angle = (i: number) => -Math.PI + (2 * Math.PI * i) / length;
    return made(where, [length], dtype, () =>
      Array.from({ length }, (_, i) => (length === 1 ? 1 : share + (1 - share) * Math.cos(angle(i)))),
    );
  }
  const given = tensorOfList(window) as Operand;
  const shape = shapeOf(given);
  if (shape.length !== 1 || shape[0] !== length)
    throw new ShapeError(where, `expected a window of ${length} numbers, received ${formatShape(shape)}.`);
  return asDType(given, dtype) as Numeric;
}
