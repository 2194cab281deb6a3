import { ShapeError } from "../errors.ts";
import { aString, nullable, optional } from "../fields/kinds.ts";
import {
  type Arguments,
  KerasTensor,
  type Keywords,
  NO_KEYWORDS,
  Operation,
  tensorsIn,
} from "../graph/graph.ts";
import { option, type Signature, structure, takes } from "../graph/signature.ts";
import { inspect } from "../json/inspect.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { ellipsis, Slice } from "../registry/literals.ts";
import type { RevivableClass } from "../registry/registry.ts";
import { fromNested, type NestedArray, scalar } from "../tensor/create.ts";
import { type Shape, unknownShape } from "../tensor/shape.ts";
import type { Op } from "./define.ts";
import { calculate, type Dimension, dimension } from "./dimensions.ts";
import { asDType, asOperand, type OperandLike } from "./operands.ts";

export { ellipsis, Slice };

/** What an index can hold: a place, null for a new axis, a slice, `ellipsis`, or integers that choose places. */
export type IndexItem = number | null | Slice | typeof ellipsis | Operand | readonly number[];

/** One item, or one per axis. */
export type Index = IndexItem | readonly IndexItem[];

/** `x[…]`: an item, or a list of them, one per axis. */
export interface GetItemOp extends Op {
  (x: KerasTensor, index: Index | KerasTensor | readonly (IndexItem | KerasTensor)[]): KerasTensor;
  (x: OperandLike, index: Index): Numeric;
}

/** The class that stands for `x[…]` in configs. Source: Keras 3.6 `ops/numpy.py`. */
class GetItem extends Operation {
  static override readonly className = "GetItem";
  static override readonly module = "keras.src.ops.numpy";
  static override readonly registeredName = "GetItem";
  static override readonly fields = { name: optional(nullable(aString), null) };
  static override readonly signature: Signature = takes("x", { x: structure(), key: option() });

  override invoke(args: Arguments, kwargs: Keywords): unknown {
    const [x = kwargs.x, key = kwargs.key] = args;
    if (x instanceof KerasTensor && x.shape !== unknownShape) expectInside(x.shape, key as Index);
    return super.invoke(args, kwargs);
  }

  protected override compute(args: Arguments, kwargs: Keywords): Numeric {
    const [x = kwargs.x, key = kwargs.key] = args;
    return partOf(asOperand(x as OperandLike), key as Index);
  }
}

/**
 * The part of a tensor that an index names: Python's `x[:, 0]` is `getItem(x, [slice(), 0])`. Places, null for a new
 * axis, slices, `ellipsis`, and at most one tensor or list of integers that chooses places. A place outside is an error
 * on a KerasTensor; of numbers it is the nearest one, as on the JAX backend.
 */
export const getItem = /* @__PURE__ */ Object.assign(
  (x: unknown, index: unknown): unknown => {
    const args = [
      x,
      Array.isArray(index) && index.length === 1 && !Array.isArray(index[0]) ? index[0] : index,
    ];
    return tensorsIn(args, NO_KEYWORDS).length > 0
      ? new GetItem().invoke(args, NO_KEYWORDS)
      : partOf(asOperand(x as OperandLike), index as Index);
  },
  { Operation: GetItem as unknown as RevivableClass },
) as unknown as GetItemOp;

/** The part of a tensor that an index names; at most one item may be a tensor or a list. */
function partOf(x: Operand, index: Index): Numeric {
  const items = spread(index, x.shape.length);
  const axes = items.filter((item) => item !== null);
  let result = sliced(x, axes);
  if (axes.filter((item) => typeof item === "object" && !(item instanceof Slice)).length > 1)
    throw wrong("at most one tensor or list in an index", index);
  for (let axis = axes.length - 1; axis >= 0; axis--) {
    const item = axes[axis]!;
    if (!(item instanceof Slice))
      result = gatherPrim("gather", [result, places(item, dimension(result, axis))], { axis });
  }
  return items.includes(null) ? withNewAxes(result, items) : (result as Numeric);
}

/** One item per axis, and nulls: the ellipsis, and what is not said, are whole slices. */
function spread(index: Index, rank: number): (Place | Slice | null)[] {
  const items = Array.isArray(index) ? (index as readonly IndexItem[]) : [index as IndexItem];
  const named = items.filter((item) => item !== null && item !== ellipsis).length;
  if (named > rank || items.filter((item) => item === ellipsis).length > 1)
    throw wrong(`an index of at most ${rank} items`, items);
  const rest = Array.from({ length: rank - named }, () => new Slice());
  const at = items.indexOf(ellipsis);
  const all = at < 0 ? [...items, ...rest] : [...items.slice(0, at), ...rest, ...items.slice(at + 1)];
  return all.map(checked);
}

type Place = number | Operand | readonly number[];

function checked(item: unknown): Place | Slice | null {
  if (item === null || Number.isInteger(item)) return item as number | null;
  if (item instanceof Slice) {
    const { start, stop, step } = item;
    if (![start, stop, step].every(isBound))
      throw wrong("integers or null in a slice", { start, stop, step });
    if (step !== null && Number(step) === 0) throw wrong("a slice with a step other than 0", step);
    return item;
  }
  if (Array.isArray(item) && item.every(Number.isInteger)) return item;
  if (typeof (item as Partial<Operand> | undefined)?.dtype !== "string")
    throw wrong("integers, slices, null, ellipsis or tensors in an index", item);
  const operand = item as Operand;
  if (operand.dtype.includes("int")) return operand;
  throw new ShapeError("getItem", `expected integers in an index, received a tensor of ${operand.dtype}.`);
}

function isBound(value: unknown): boolean {
  return value === null || typeof value === "bigint" || Number.isInteger(value);
}

function wrong(expected: string, received: unknown): ShapeError {
  return new ShapeError("getItem", `expected ${expected}, received ${inspect(received)}.`);
}

/** All slices of an index, as one primitive; where nothing is cut off, none. */
function sliced(x: Operand, items: readonly unknown[]): Operand {
  const slices = items.map((item) => (item instanceof Slice ? item : new Slice()));
  if (slices.every(({ start, stop, step }) => start === null && stop === null && Number(step ?? 1) === 1))
    return x;
  const attributes = {
    start: slices.map(({ start }) => bound(start)),
    stop: slices.map(({ stop }) => bound(stop)),
    step: slices.map(({ step }) => bound(step) ?? 1),
  };
  return piecePrim("slice", [x], attributes);
}

/** No dimension is larger, and all integers of engines hold it: Python's `sys.maxsize` is beyond. */
const LARGEST = 2 ** 31 - 1;

function bound(value: Slice["start"]): number | null {
  return value === null ? null : Math.max(-LARGEST, Math.min(LARGEST, Number(value)));
}

/** Complains about integers outside of dimensions that are known. */
function expectInside(shape: Shape, index: Index): void {
  const items = spread(index, shape.length).filter((item) => item !== null);
  for (const [axis, item] of items.entries()) {
    const size = shape[axis];
    if (size == null || item instanceof Slice) continue;
    const outside = [item].flat().find((n) => typeof n === "number" && (n < -size || n >= size));
    if (outside !== undefined) throw wrong(`a place among ${size} of axis ${axis}`, outside);
  }
}

/** Places as an operand, each brought inside as JAX brings it. */
function places(item: Place, size: Dimension): Operand {
  if (item === 0 || item === -1) return scalar(item, "int32");
  const last = calculate("sub", size, 1);
  const first = calculate("sub", 0, size);
  if (typeof item === "number")
    return asDType(item > 0 ? calculate("min", item, last) : calculate("max", item, first), "int32");
  const given = asDType(Array.isArray(item) ? fromNested(item as NestedArray) : (item as Operand), "int32");
  return prim("max", [prim("min", [given, asDType(last, "int32")]), asDType(first, "int32")]);
}

/** Adds axes of size 1 where the index has null; what a place chose is gone already. */
function withNewAxes(x: Operand, items: readonly unknown[]): Numeric {
  const scalars: Operand[] = [];
  const open = x.shape.filter((size) => size === null).length;
  const shape: number[] = [];
  let axis = 0;
  const keep = () => {
    const size = x.shape[axis]!;
    if (size !== null) shape.push(size);
    else if (open === 1) shape.push(-1);
    else shape.push(-1 - scalars.push(prim("dim", [x], { axis })));
    axis++;
  };
  for (const item of items) {
    if (item === null) shape.push(1);
    else if (item instanceof Slice) keep();
    else for (let i = 0; i < rankOfPlace(item as Place); i++) keep();
  }
  return prim("reshape", [x, ...scalars], { shape });
}

function rankOfPlace(item: Place): number {
  if (typeof item === "number") return 0;
  return Array.isArray(item) ? 1 : (item as Operand).shape.length;
}
