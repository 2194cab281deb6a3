import { ShapeError } from "../errors.ts";
import { bool, positiveInt } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { mayEqual } from "../program/rules/check.ts";
import { scalar } from "../tensor/create.ts";
import { type DType, isFloat } from "../tensor/dtype.ts";
import { formatShape } from "../tensor/shape.ts";
import { binary } from "./define.ts";
import { dimension, dimensions, filled, reshapeTo } from "./dimensions.ts";
import { oneHotOf } from "./indexing.ts";
import { asDType, asOperand, type OperandLike, rankOf, shapeOf } from "./operands.ts";
import { scattered } from "./scatter.ts";
import { sliceAxis } from "./slice-axis.ts";

const segments = () => ({
  /** How many segments there are. As with Keras on JAX it must be given. */
  num_segments: positiveInt(null),
  /** Whether the ids are in rising order. Defaults to false. */
  sorted: bool(false),
});

type Compute = (where: string, data: Operand, ids: Operand, count: number) => Numeric;

/** An op that brings the entries of each segment together; entries with an id that no segment has are left out. */
function segmentOp(name: string, compute: Compute) {
  const where = `segment${name}`;
  return binary(
    `math.Segment${name}`,
    (data, ids, { num_segments }) => {
      if (num_segments === null) throw new ShapeError(where, "expected num_segments, received null.");
      const operand = asOperand(data);
      checkIds(where, operand, ids);
      return compute(where, operand, asDType(asOperand(ids), "int32"), num_segments);
    },
    segments,
    { tensors: ["data", "segment_ids"] },
  );
}

/** The sums of the entries of each segment. */
export const segmentSum = /* @__PURE__ */ segmentOp("Sum", (where, data, ids, count) => {
  if (dtypeOf(data) === "bool") throw new ShapeError(where, "expected numbers, received bool.");
  // What belongs to no segment is summed up in one more, which is cut off.
  const last = asDType(count, "int32");
  const isNone = prim("or", [prim("lt", [ids, asDType(0, "int32")]), prim("gt", [ids, last])]);
  const rows = reshapeTo(prim("select", [isNone, last, ids]), [dimension(ids, 0), 1]);
  const target = [count + 1, ...dimensions(data).slice(1)];
  return sliceAxis(scattered(filled(target, 0, dtypeOf(data)), rows, data), 0, 0, count);
});

/** The largest entries of each segment; where there are none, the least that the dtype has. */
export const segmentMax = /* @__PURE__ */ segmentOp("Max", (_, data, ids, count) =>
  extreme("reduce_max", data, ids, count),
);

/** The smallest entries of each segment; where there are none, the most that the dtype has. */
export const segmentMin = /* @__PURE__ */ segmentOp("Min", (_, data, ids, count) =>
  extreme("reduce_min", data, ids, count),
);

/** The products of the entries of each segment; where there are none, 1. */
export const segmentProd = /* @__PURE__ */ segmentOp("Prod", (where, data, ids, count) => {
  if (dtypeOf(data) === "bool") throw new ShapeError(where, "expected numbers, received bool.");
  return reduced("reduce_prod", data, ids, count, asDType(1, dtypeOf(data)));
});

function extreme(
  primitive: "reduce_max" | "reduce_min",
  data: Operand,
  ids: Operand,
  count: number,
): Numeric {
  const dtype = dtypeOf(data);
  const isMax = primitive === "reduce_max";
  if (dtype !== "bool") return reduced(primitive, data, ids, count, scalar(limit(dtype, isMax), dtype));
  const none = asDType(isMax ? 0 : 1, "int32");
  return asDType(reduced(primitive, asDType(data, "int32"), ids, count, none), "bool");
}

/** The least number of a dtype, or the most. */
function limit(dtype: DType, isLeast: boolean): number | bigint {
  if (isFloat(dtype)) return isLeast ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const bits = BigInt(/\d+/.exec(dtype)?.[0] ?? 32);
  const span = dtype.startsWith("u") ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
  const edge = span[isLeast ? 0 : 1]!;
  return dtype.endsWith("int64") ? edge : Number(edge);
}

/** Reduces the entries of each segment; all others are `none` there. */
function reduced(
  primitive: "reduce_max" | "reduce_min" | "reduce_prod",
  data: Operand,
  ids: Operand,
  count: number,
  none: Operand,
): Numeric {
  const isIn = oneHotOf(ids, count, -1, "bool");
  const wide = reshapeTo(isIn, [...dimensions(isIn), ...new Array<number>(rankOf(data) - 1).fill(1)]);
  const rows = reshapeTo(data, dimensions(data).toSpliced(1, 0, 1));
  const candidates = prim("select", [wide, rows, none]);
  return prim(primitive, [candidates], { axes: [0], keepdims: false });
}

function checkIds(where: string, data: Operand, ids: OperandLike): void {
  const shape = shapeOf(ids);
  if (shape.length === 1 && rankOf(data) > 0 && mayEqual(shape[0]!, shapeOf(data)[0]!)) return;
  throw new ShapeError(
    where,
    `expected an id for each entry of ${formatShape(shapeOf(data))}, received ${formatShape(shape)}.`,
  );
}
