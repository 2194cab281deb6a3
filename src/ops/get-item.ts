import { ShapeError } from "../errors.ts";
import { aString, nullable, optional } from "../fields/kinds.ts";
import type { KerasTensor } from "../graph/keras-tensor.ts";
import { type Arguments, type Keywords, NO_KEYWORDS, tensorsIn } from "../graph/node.ts";
import { Operation } from "../graph/operation.ts";
import { option, type Signature, structure, takes } from "../graph/signature.ts";
import { inspect } from "../json/inspect.ts";
import { type Operand, prim, type Result } from "../program/emit.ts";
import { ellipsis, Slice } from "../registry/literals.ts";
import type { RevivableClass } from "../registry/registry.ts";
import { fromNested, type NestedArray, scalar } from "../tensor/create.ts";
import type { Op } from "./define.ts";
import { asOperand, type OperandLike } from "./operands.ts";

export { ellipsis, Slice };

/** What an index can hold: a place, null for a new axis, a slice, `ellipsis`, or integers that choose places. */
export type IndexItem = number | null | Slice | typeof ellipsis | Operand | readonly number[];

/** One item, or one per axis. */
export type Index = IndexItem | readonly IndexItem[];

/** `x[…]`: an item, or a list of them, one per axis. */
export interface GetItemOp extends Op {
  (x: KerasTensor, index: Index | KerasTensor | readonly (IndexItem | KerasTensor)[]): KerasTensor;
  (x: OperandLike, index: Index): Result;
}

/** The class that stands for `x[…]` in configs. Source: Keras 3.6 `ops/numpy.py`. */
class GetItem extends Operation {
  static override readonly className = "GetItem";
  static override readonly module = "keras.src.ops.numpy";
  static override readonly registeredName = "GetItem";
  static override readonly fields = { name: optional(nullable(aString), null) };
  static override readonly signature: Signature = takes("x", { x: structure(), key: option() });

  protected override compute(args: Arguments, kwargs: Keywords): Result {
    const [x = kwargs.x, key = kwargs.key] = args;
    return partOf(asOperand(x as OperandLike), key as Index);
  }
}

/**
 * The part of a tensor that an index names: Python's `x[:, 0]` is `getItem(x, [slice(), 0])`. Places, null for a new
 * axis, slices, `ellipsis`, and at most one tensor or list of integers that chooses places.
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
function partOf(x: Operand, index: Index): Result {
  const items = spread(
    Array.isArray(index) ? (index as readonly IndexItem[]) : [index as IndexItem],
    x.shape.length,
  );
  const axes = items.filter((item) => item !== null);
  let result = sliced(x, axes);
  if (axes.filter((item) => typeof item === "object" && !(item instanceof Slice)).length > 1) {
    throw new ShapeError(
      "getItem",
      `expected at most one tensor or list in an index, received ${inspect(index)}.`,
    );
  }
  for (let axis = axes.length - 1; axis >= 0; axis--) {
    const item = axes[axis]!;
    if (!(item instanceof Slice)) result = prim("gather", [result, places(item)], { axis });
  }
  return items.includes(null) ? withNewAxes(result, items) : (result as Result);
}

/** The items with the ellipsis, and what is not said, as whole slices: one per axis, and nulls. */
function spread(items: readonly IndexItem[], rank: number): Exclude<IndexItem, typeof ellipsis>[] {
  const named = items.filter((item) => item !== null && item !== ellipsis).length;
  if (named > rank || items.filter((item) => item === ellipsis).length > 1) {
    throw new ShapeError(
      "getItem",
      `expected an index of at most ${rank} items, received ${inspect(items)}.`,
    );
  }
  const rest = Array.from({ length: rank - named }, () => new Slice());
  const at = items.indexOf(ellipsis);
  const all = at < 0 ? [...items, ...rest] : [...items.slice(0, at), ...rest, ...items.slice(at + 1)];
  return all as Exclude<IndexItem, typeof ellipsis>[];
}

type Place = number | Operand | readonly number[];

/** All slices of an index, as one primitive; where nothing is cut off, none. */
function sliced(x: Operand, items: readonly unknown[]): Operand {
  const slices = items.map((item) => (item instanceof Slice ? item : new Slice()));
  if (slices.every(({ start, stop, step }) => start === null && stop === null && (step ?? 1) === 1)) return x;
  const attributes = {
    start: slices.map(({ start }) => start),
    stop: slices.map(({ stop }) => stop),
    step: slices.map(({ step }) => step ?? 1),
  };
  return prim("slice", [x], attributes);
}

function places(item: Place): Operand {
  if (typeof item === "number") return scalar(item, "int32");
  if (Array.isArray(item)) return fromNested(item as NestedArray, "int32");
  const operand = item as Operand;
  if (typeof (item as Partial<Operand> | undefined)?.dtype !== "string") {
    throw new ShapeError(
      "getItem",
      `expected integers, slices, null, ellipsis or tensors in an index, received ${inspect(item)}.`,
    );
  }
  if (operand.dtype.includes("int"))
    return operand.dtype === "int32" ? operand : prim("cast", [operand], { dtype: "int32" });
  throw new ShapeError("getItem", `expected integers in an index, received a tensor of ${operand.dtype}.`);
}

/** Adds axes of size 1 where the index has null; what a place chose is gone already. */
function withNewAxes(x: Operand, items: readonly unknown[]): Result {
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
