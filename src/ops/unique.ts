import { ShapeError } from "../errors.ts";
import { aNumber, anInteger, nullable, optional } from "../fields/kinds.ts";
import { bool } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { bitPrim } from "../program/rules/bits.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { isFloat } from "../tensor/dtype.ts";
import { axisOf } from "./axes.ts";
import { arange } from "./creation.ts";
import { defineOp, type Op, type TensorLike } from "./define.ts";
import {
  broadcastTo,
  type Dimension,
  dimension,
  dimensions,
  filled,
  product,
  reshapeTo,
} from "./dimensions.ts";
import { concatenate } from "./joining.ts";
import { permute } from "./moving.ts";
import { asDType, asOperand, type OperandLike, rankOf } from "./operands.ts";
import { argsort, cumsum } from "./order.ts";
import { scan } from "./scan.ts";
import { sliceAxis } from "./slice-axis.ts";
import { moveaxis } from "./transposing.ts";

/** What `unique` takes beside the tensor. */
export interface UniqueOptions {
  /** Kept as data: what is given is always sorted. Defaults to true. */
  readonly sorted?: boolean;
  /** The axis along which slices are compared. Defaults to null: elements of the flattened tensor. */
  readonly axis?: number | null;
  /** How many are given: the smallest, or padded. Defaults to null: as many as there are, known when it runs. */
  readonly size?: number | null;
  /** What results are padded with. Defaults to null: the smallest element. */
  readonly fill_value?: number | null;
  /** Whether it is given where each is first. Defaults to false. */
  readonly return_index?: boolean;
  /** Whether it is given which each element is. Defaults to false. */
  readonly return_inverse?: boolean;
  /** Whether it is given how often each is there. Defaults to false. */
  readonly return_counts?: boolean;
}

type WithMore = UniqueOptions &
  ({ readonly return_index: true } | { readonly return_inverse: true } | { readonly return_counts: true });

/** An op that gives the elements, and what else is asked for behind them. */
export interface UniqueOp extends Op {
  (x: KerasTensor, options: WithMore): KerasTensor[];
  (x: OperandLike, options: WithMore): Numeric[];
  (x: KerasTensor, options?: UniqueOptions): KerasTensor;
  (x: OperandLike, options?: UniqueOptions): Numeric;
  (x: TensorLike, options?: UniqueOptions): KerasTensor | KerasTensor[] | Numeric | Numeric[];
}

/** The elements, or slices along an axis, that differ from each other, in rising order. NaN differs from NaN. */
export const unique = /* @__PURE__ */ defineOp<UniqueOp>({
  path: "numpy.Unique",
  tensors: ["x"],
  fields: () => ({
    sorted: bool(true),
    return_index: bool(false),
    return_inverse: bool(false),
    return_counts: bool(false),
    axis: optional(nullable(anInteger), null),
    size: optional(nullable(anInteger), null),
    fill_value: optional(nullable(aNumber), null),
  }),
  compute: (x: OperandLike, options: Required<UniqueOptions>) => {
    const operand = asOperand(x);
    const axis = options.axis === null ? 0 : axisOf(options.axis, rankOf(operand), "unique");
    const slices =
      options.axis === null
        ? reshapeTo(operand, [product(dimensions(operand))])
        : (moveaxis(operand, { source: axis, destination: 0 }) as Numeric);
    const [values, index, inverse, counts] = differing(slices, options);
    const isWhole = options.axis === null;
    const results = [moveaxis(values, { source: 0, destination: axis }) as Numeric];
    if (options.return_index) results.push(index);
    if (options.return_inverse) results.push(isWhole ? reshapeTo(inverse, dimensions(operand)) : inverse);
    if (options.return_counts) results.push(counts);
    return results.length === 1 ? results[0] : results;
  },
});

type Results = readonly [values: Numeric, index: Numeric, inverse: Numeric, counts: Numeric];

/** The slices along the first axis that differ, where each is first, which one each is, and how often they are there. */
function differing(slices: Numeric, { size, fill_value: fill }: Required<UniqueOptions>): Results {
  const count = dimension(slices, 0);
  if (count === 0 && size !== null) return allFilled(slices, size, fill);
  const order = orderOf(slices, count);
  const sorted = at(slices, order);
  const isNew = isUnlikeBefore(sorted, count);
  const ranks = prim("sub", [cumsum(asDType(isNew, "int32")), asDType(1, "int32")]);
  const inverse = at(ranks, argsort(order));
  const starts = reshapeTo(bitPrim("nonzero", [isNew]), [-1]);
  const end = reshapeTo(asDType(count, "int32"), [1]);
  if (size === null) {
    const counts = between(concatenate([starts, end], { axis: 0 }));
    return [at(sorted, starts), at(order, starts), inverse, counts];
  }
  const ends = broadcastTo(end, [size + 1]);
  const padded = reshapeTo(sliceAxis(concatenate([starts, ends], { axis: 0 }), 0, 0, size + 1), [size + 1]);
  const places = sliceAxis(padded, 0, 0, size);
  const isThere = prim("lt", [places, end]);
  const known = prim("select", [isThere, places, asDType(0, "int32")]);
  const values = at(sorted, known);
  const padding = fill === null ? values : withFill(values, isThere, fill);
  return [padding, at(order, known), inverse, between(padded)];
}

/** What there is of no slices: padding alone. */
function allFilled(none: Numeric, size: number, fill: number | null): Results {
  if (fill === null && size > 0) {
    throw new ShapeError("unique", "expected a fill_value for what has no elements, received null.");
  }
  const zeros = filled([size], 0, "int32");
  const values = filled([size, ...dimensions(none).slice(1)], fill ?? 0, dtypeOf(none));
  return [values, zeros, filled([0], 0, "int32"), zeros];
}

function at(x: Operand, places: Operand): Numeric {
  return gatherPrim("gather", [x, places], { axis: 0 });
}

/** The places of slices in the order of their elements; of the first ones first. */
function orderOf(slices: Numeric, count: Dimension): Numeric {
  if (rankOf(slices) === 1) return orderOfNumbers(slices);
  const width = product(dimensions(slices).slice(1));
  const columns = permute(reshapeTo(slices, [count, width]), [1, 0]);
  // From the last elements to the first: who is alike there stays in the order so far.
  const step = ([order]: readonly [Numeric], [column]: readonly [Numeric]) => ({
    carries: [at(order, orderOfNumbers(at(column, order)))] as const,
    outputs: [],
  });
  return scan(step, { carries: [arange(count)], xs: [columns], reverse: true }).carries[0];
}

/** The places of numbers in rising order, NaN last. */
function orderOfNumbers(x: Numeric): Numeric {
  if (!isFloat(dtypeOf(x))) return argsort(x);
  const isNoNumber = prim("is_nan", [x]);
  const order = argsort(prim("select", [isNoNumber, asDType(0, dtypeOf(x)), x]));
  return at(order, argsort(at(asDType(isNoNumber, "int32"), order)));
}

/** Which slices are others than those before them. */
function isUnlikeBefore(sorted: Numeric, count: Dimension): Numeric {
  const zero = asDType(0, "int32");
  const places = arange(count);
  const before = prim("max", [prim("sub", [places, asDType(1, "int32")]), zero]);
  const isOther = prim("ne", [sorted, at(sorted, before)]);
  const axes = Array.from({ length: rankOf(sorted) - 1 }, (_, i) => i + 1);
  const differs = axes.length === 0 ? isOther : prim("reduce_any", [isOther], { axes, keepdims: false });
  return prim("or", [differs, prim("eq", [places, zero])]);
}

/** How far each is from the next. */
function between(ends: Numeric): Numeric {
  return prim("sub", [sliceAxis(ends, 0, 1, null), sliceAxis(ends, 0, 0, -1)]);
}

function withFill(values: Numeric, isThere: Numeric, fill: number): Numeric {
  const shape = [dimension(isThere, 0), ...Array.from({ length: rankOf(values) - 1 }, () => 1)];
  return prim("select", [reshapeTo(isThere, shape), values, asDType(fill, dtypeOf(values))]);
}
