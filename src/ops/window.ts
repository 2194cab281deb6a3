import { ShapeError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import type { Padding } from "../program/primitives.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { formatShape } from "../tensor/shape.ts";
import { broadcastTo, calculate, type Dimension, dimension, dimensions } from "./dimensions.ts";
import { asDType, rankOf } from "./operands.ts";

/** Where the channels are. */
export type DataFormat = "channels_last" | "channels_first";
export type PaddingName = "valid" | "same";

/** Runs `body` on channels-last images, whatever form they have. They have a batch, channels, and something between. */
export function inChannelsLast(
  x: Operand,
  format: DataFormat | null,
  body: (x: Operand) => Numeric,
): Numeric {
  const rank = rankOf(x);
  if (rank < 3)
    throw new ShapeError("inputs", `expected at least 3 dimensions, received ${formatShape(x.shape)}.`);
  if (format !== "channels_first") return body(x);
  const spatial = Array.from({ length: rank - 2 }, (_, i) => i);
  const moved = prim("transpose", [x], { perm: [0, ...spatial.map((i) => i + 2), 1] });
  return prim("transpose", [body(moved)], { perm: [0, rank - 1, ...spatial.map((i) => i + 1)] });
}

/** A size per spatial dimension; one number stands for all. */
export function perDimension(size: number | readonly number[], spatial: number): readonly number[] {
  return typeof size === "number" ? new Array<number>(spatial).fill(size) : size;
}

/** The same of an option that has as many, of which the least is 1. */
export function stepsOf(
  option: string,
  given: number | readonly number[],
  spatial: number,
  least = 1,
): readonly number[] {
  const sizes = perDimension(given, spatial);
  if (sizes.length === spatial && sizes.every((size) => size >= least)) return sizes;
  const expected = `an integer of at least ${least}, or ${spatial} of them`;
  throw new ShapeError(option, `expected ${expected}, received ${inspect(given)}.`);
}

/** What a window looks at in one dimension. */
export interface Span {
  /** From its first element to its last. */
  readonly extent: number;
  readonly stride: number;
}

/**
 * An image with the padding it still needs. `same` padding that depends on sizes nobody knows yet is put on here, by
 * `fill`; all other is left to the primitive.
 */
export function withPadding(
  x: Operand,
  padding: PaddingName,
  spans: readonly Span[],
  fill: number,
): { x: Operand; padding: Padding } {
  if (padding === "valid") return { x, padding: spans.map(() => [0, 0]) };
  let padded = x;
  const pairs = spans.map(({ extent, stride }, i): readonly [number, number] => {
    const size = padded.shape[i + 1]!;
    if (size === null && stride > 1) {
      padded = padOpen(padded, i + 1, extent, stride, fill);
      return [0, 0];
    }
    const total =
      size === null ? extent - 1 : Math.max(0, (Math.ceil(size / stride) - 1) * stride + extent - size);
    return [Math.floor(total / 2), total - Math.floor(total / 2)];
  });
  return { x: padded, padding: pairs };
}

/** `same` padding of an axis whose size is known when the program runs. */
function padOpen(x: Operand, axis: number, extent: number, stride: number, fill: number): Numeric {
  const size = dimension(x, axis);
  const steps = calculate("floor_div", calculate("sub", size, 1), stride);
  const reach = calculate("add", calculate("mul", steps, stride), extent);
  const total = calculate("max", calculate("sub", reach, size), 0);
  const low = calculate("floor_div", total, 2);
  const block = (count: Dimension) => broadcastTo(asDType(fill, dtypeOf(x)), dimensions(x).with(axis, count));
  return piecePrim("concat", [block(low), x, block(calculate("sub", total, low))], { axis });
}
