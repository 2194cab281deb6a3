import { ShapeError } from "../errors.ts";
import { positiveInt } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { arange } from "./creation.ts";
import { unary } from "./define.ts";
import {
  calculate,
  type Dimension,
  dimension,
  dimensions,
  filled,
  product,
  reshapeTo,
} from "./dimensions.ts";
import { asDType, asOperand, rankOf } from "./operands.ts";

/** Pieces of the last axis, each `sequence_stride` behind the one before: `(…, pieces, sequence_length)`. */
export const extractSequences = /* @__PURE__ */ unary(
  "math.ExtractSequences",
  (x, { sequence_length, sequence_stride }) =>
    sequencesOf("extract_sequences", asOperand(x), sequence_length, sequence_stride),
  () => ({
    /** How long each piece is. */
    sequence_length: positiveInt(),
    /** How far apart their beginnings are. */
    sequence_stride: positiveInt(),
  }),
);

/** The pieces of the last axis that are whole. */
export function sequencesOf(where: string, x: Operand, length: number, stride: number): Numeric {
  const axis = rankOf(x) - 1;
  if (axis < 0) throw new ShapeError(where, "expected at least 1 axis, received a scalar.");
  const size = dimension(x, axis);
  if (typeof size === "number" && size < length)
    throw new ShapeError(where, `expected a last axis of at least ${length}, received ${size}.`);
  const count = calculate("add", calculate("floor_div", calculate("sub", size, length), stride), 1);
  return gatherPrim("gather", [x, placesOf(count, length, stride)], { axis });
}

/** The sum of sequences, each `stride` behind the one before: the transpose of taking them. */
export function overlapped(frames: Operand, stride: number): Numeric {
  const shape = dimensions(frames);
  const [count, length] = shape.slice(-2) as [Dimension, number];
  const lead = shape.slice(0, -2);
  const whole = calculate("add", calculate("mul", calculate("sub", count, 1), stride), length);
  const [batch, places] = [product(lead), calculate("mul", count, length)];
  const rows = prim("transpose", [reshapeTo(frames, [batch, places])], { perm: [1, 0] });
  const index = reshapeTo(placesOf(count, length, stride), [places, 1]);
  const sums = gatherPrim("scatter_add", [filled([whole, batch], 0, dtypeOf(frames)), index, rows]);
  return reshapeTo(prim("transpose", [sums], { perm: [1, 0] }), [...lead, whole]);
}

/** Where the elements of sequences are in the whole: `(count, length)`. */
function placesOf(count: Dimension, length: number, stride: number): Numeric {
  const starts = prim("mul", [arange(count), asDType(stride, "int32")]);
  return prim("add", [reshapeTo(starts, [count, 1]), arange(length)]);
}
