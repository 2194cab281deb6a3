import { subtract } from "../../ops/arithmetic.ts";
import { greaterEqual, less, logicalAnd } from "../../ops/comparison.ts";
import { cast } from "../../ops/core.ts";
import { arange } from "../../ops/creation.ts";
import { dimension } from "../../ops/dimensions.ts";
import { absolute } from "../../ops/elementwise.ts";
import { expandDims } from "../../ops/reshaping.ts";
import type { Numeric, Operand } from "../../program/emit.ts";

/** Positions along axis 1 of queries, as `(1, T, 1)`, and of values, as `(1, 1, S)`. */
function positions(query: Operand, value: Operand): [rows: Numeric, columns: Numeric] {
  const rows = expandDims(arange(dimension(query, 1)), { axis: [0, 2] });
  const columns = expandDims(arange(dimension(value, 1)), { axis: [0, 1] });
  return [rows, columns];
}

/** `(1, T, S)`: whether a value is not behind the query. */
export function causalMask(query: Operand, value: Operand): Numeric {
  const [rows, columns] = positions(query, value);
  return greaterEqual(rows, columns);
}

/** `(1, T, S)`: whether a value is less than `size` steps from the query. */
export function windowMask(query: Operand, value: Operand, size: number): Numeric {
  const [rows, columns] = positions(query, value);
  return less(absolute(subtract(rows, columns)), size);
}

/** What holds everywhere that all masks hold; null where there are none. */
export function allOf(...masks: readonly (Operand | null | undefined)[]): Numeric | null {
  let result: Numeric | null = null;
  for (const mask of masks) {
    if (!mask) continue;
    const flags = cast(mask, { dtype: "bool" });
    result = result ? logicalAnd(result, flags) : flags;
  }
  return result;
}
