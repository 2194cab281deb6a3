import { ShapeError } from "../../errors.ts";
import { anInteger, type Kind } from "../../fields/kinds.ts";
import { type Shorthand, shorthand, size } from "../../fields/shorthands.ts";
import { type Operation, placeOf } from "../../graph/graph.ts";
import { inspect } from "../../json/inspect.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { piecePrim } from "../../program/rules/piece.ts";
import { formatShape } from "../../tensor/shape.ts";

/** What is taken or added before and behind a dimension. */
export type Sides = readonly number[];

type SidesLike = number | readonly (number | Sides)[];

const isCount = (input: unknown): input is number => Number.isInteger(input) && (input as number) >= 0;

function aPairPerDimension(rank: number): Kind<SidesLike, readonly Sides[]> {
  const expected = `an integer of at least 0, ${rank} of them, or ${rank} pairs of them`;
  const pair = (item: unknown): Sides | null => {
    if (isCount(item)) return [item, item];
    return Array.isArray(item) && item.length === 2 && item.every(isCount) ? [...item] : null;
  };
  const side = { type: "array", items: { type: anInteger.kind, minimum: 0 }, minItems: 2, maxItems: 2 };
  return {
    kind: "sides",
    expected,
    schema: { type: "array", items: side, minItems: rank, maxItems: rank },
    parse(input, problems) {
      const items = isCount(input) ? new Array<unknown>(rank).fill(input) : input;
      const pairs = Array.isArray(items) && items.length === rank ? items.map(pair) : [null];
      return pairs.includes(null) ? problems.expected(expected, input) : (pairs as Sides[]);
    },
    toJson: (pairs) => pairs.map((item) => [...item]),
  };
}

/** How much of each dimension: one number for all sides, one per dimension, or a pair of before and behind. */
export function sides(rank: number): Shorthand<SidesLike, readonly Sides[]> {
  return shorthand(aPairPerDimension(rank));
}

/** Before and behind of the only dimension. */
export const bothSides = size(2, 0);

/** Cuts off the sides of the dimensions from `first` on. */
export function crop(layer: Operation, x: Operand, first: number, cropping: readonly Sides[]): Numeric {
  const start = x.shape.map((): number | null => null);
  const stop = start.slice();
  for (const [i, [before, behind]] of (cropping as readonly [number, number][]).entries()) {
    const size = x.shape[first + i] ?? null;
    if (size !== null && before + behind >= size) {
      throw new ShapeError(
        placeOf(layer),
        `expected an input larger than its cropping ${inspect(cropping)}, received shape ${formatShape(x.shape)}.`,
      );
    }
    start[first + i] = before;
    stop[first + i] = behind === 0 ? null : -behind;
  }
  return piecePrim("slice", [x], { start, stop, step: x.shape.map(() => 1) });
}

/** Adds zeros at the sides of the dimensions from `first` on. */
export function padZeros(x: Operand, first: number, padding: readonly Sides[]): Numeric {
  const pairs = x.shape.map((_, axis) => (padding[axis - first] ?? [0, 0]) as readonly [number, number]);
  return piecePrim("pad", [x], { padding: pairs, mode: "constant", value: 0 });
}
