import { choice } from "../../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { gatherPrim } from "../../program/rules/gather.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { calculate, type Dimension } from "../dimensions.ts";
import { asDType, rankOf } from "../operands.ts";
import { expandDims } from "../reshaping.ts";

/** What stands outside: a value, the border, the image repeated, or mirrored with its border once or twice. */
export type FillMode = "constant" | "nearest" | "wrap" | "mirror" | "reflect";

export const fillMode = choice("constant", "nearest", "wrap", "mirror", "reflect");

/** What is read at places between elements. */
export interface Sampling {
  /** Whether the four elements around count by their distance; else the nearest one counts alone. */
  readonly isLinear: boolean;
  readonly mode: FillMode;
  /** What stands outside, for the mode `constant`. */
  readonly fill: number;
}

/** Where is read along one axis: coordinates, of a float dtype, and how long the axis is. */
export interface Coordinate {
  readonly at: Numeric;
  readonly size: Dimension;
}

/** An element that counts: its index along the axis, whether it is inside (null: it is), how much (null: wholly). */
interface Neighbor {
  readonly index: Numeric;
  readonly isInside: Numeric | null;
  readonly weight: Numeric | null;
}

/** Where the elements are in a table: the first row, and how many rows lie from one to the next. */
export interface Rows {
  readonly row: Numeric;
  readonly step?: Dimension;
}

/**
 * Reads at coordinates from a table whose rows are the elements of several axes, in order. The result has the shape of
 * the coordinates, and behind it that of a row. Source: `jax/_src/scipy/ndimage.py`.
 */
export function sample(
  table: Operand,
  coordinates: readonly Coordinate[],
  sampling: Sampling,
  rows: Rows | null = null,
): Numeric {
  const dtype = dtypeOf(table);
  const around = coordinates.map((coordinate) => neighborsOf(coordinate, sampling));
  let total: Numeric | null = null;
  for (const chosen of everyChoice(around)) {
    const row = rowOf(chosen, coordinates, rows);
    let value = gatherPrim("gather", [table, row], { axis: 0 });
    const behind = rankOf(value) - rankOf(row);
    const inside = productOf("and", chosen, "isInside");
    if (inside) value = prim("select", [widened(inside, behind), value, asDType(sampling.fill, dtype)]);
    const weight = productOf("mul", chosen, "weight");
    if (weight) value = prim("mul", [widened(weight, behind), asDType(value, dtypeOf(weight))]);
    total = total === null ? value : prim("add", [total, value]);
  }
  const result = total as Numeric;
  return asDType(isFloat(dtype) || dtypeOf(result) === dtype ? result : roundHalfUp(result), dtype);
}

/** One of each list, in every combination. */
function everyChoice(lists: readonly (readonly Neighbor[])[]): Neighbor[][] {
  return lists.reduce<Neighbor[][]>(
    (chosen, list) => chosen.flatMap((before) => list.map((next) => [...before, next])),
    [[]],
  );
}

function rowOf(chosen: readonly Neighbor[], coordinates: readonly Coordinate[], rows: Rows | null): Numeric {
  let row = rows?.row ?? null;
  for (const [i, { index }] of chosen.entries()) {
    const stride = coordinates
      .slice(i + 1)
      .reduce<Dimension>((a, { size }) => calculate("mul", a, size), rows?.step ?? 1);
    const step = stride === 1 ? index : prim("mul", [index, asDType(stride, "int32")]);
    row = row === null ? step : prim("add", [row, step]);
  }
  return row as Numeric;
}

function productOf(
  primitive: "and" | "mul",
  chosen: readonly Neighbor[],
  key: "isInside" | "weight",
): Numeric | null {
  const factors = chosen.map(({ [key]: factor }) => factor).filter((factor) => factor !== null);
  return factors.length === 0 ? null : factors.reduce((a, b) => prim(primitive, [a, b]));
}

function widened(x: Numeric, axes: number): Numeric {
  return axes === 0 ? x : expandDims(x, { axis: Array.from({ length: axes }, (_, i) => rankOf(x) + i) });
}

function neighborsOf({ at, size }: Coordinate, { isLinear, mode }: Sampling): Neighbor[] {
  const neighbor = (index: Numeric, weight: Numeric | null): Neighbor => ({
    index: within(index, size, mode),
    isInside: mode === "constant" ? isInside(index, size) : null,
    weight,
  });
  if (!isLinear) return [neighbor(asDType(roundHalfUp(at), "int32"), null)];
  const lower = prim("floor", [at]);
  const above = prim("sub", [at, lower]);
  const below = prim("sub", [asDType(1, dtypeOf(at)), above]);
  const index = asDType(lower, "int32");
  const next = prim("add", [index, asDType(1, "int32")]);
  return [neighbor(index, below), neighbor(next, above)];
}

function isInside(index: Numeric, size: Dimension): Numeric {
  const [zero, end] = [asDType(0, "int32"), asDType(size, "int32")];
  return prim("and", [prim("ge", [index, zero]), prim("lt", [index, end])]);
}

/** An index that is in range: what is outside counts by the mode. */
function within(index: Numeric, size: Dimension, mode: FillMode): Numeric {
  const last = calculate("sub", size, 1);
  switch (mode) {
    case "constant":
    case "nearest":
      return prim("min", [prim("max", [index, asDType(0, "int32")]), asDType(last, "int32")]);
    case "wrap":
      return prim("mod", [index, asDType(size, "int32")]);
    case "mirror":
      return mirrored(index, last);
    case "reflect": {
      const whole = calculate("mul", size, 2);
      const place = prim("mod", [index, asDType(whole, "int32")]);
      return prim("min", [place, prim("sub", [asDType(calculate("sub", whole, 1), "int32"), place])]);
    }
  }
}

/** A triangular wave between 0 and `last`. */
function mirrored(index: Numeric, last: Dimension): Numeric {
  const half = asDType(last, "int32");
  const whole = asDType(calculate("max", calculate("mul", last, 2), 1), "int32");
  return prim("abs", [prim("sub", [prim("mod", [prim("add", [index, half]), whole]), half])]);
}

/** Rounds to the nearest integer, halves away from zero. */
export function roundHalfUp(x: Numeric): Numeric {
  const dtype = dtypeOf(x);
  const size = prim("abs", [x]);
  const whole = prim("floor", [size]);
  const isUp = prim("ge", [prim("sub", [size, whole]), asDType(0.5, dtype)]);
  return prim("mul", [prim("sign", [x]), prim("add", [whole, asDType(isUp, dtype)])]);
}
