import { ModelError, ShapeError } from "../errors.ts";
import type { Nested } from "../graph/nested.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { largest } from "../largest.ts";
import type { Numeric } from "../program/emit.ts";
import { axisOf } from "./axes.ts";
import { leavesOf, packed, type Structure } from "./body.ts";
import type { Computed } from "./control.ts";
import { broadcastTo, type Dimension, dimensions, reshapeTo } from "./dimensions.ts";
import { join } from "./joining.ts";
import { reversed } from "./moving.ts";
import { asOperand, asResult, isNumber, isOperand, type OperandLike, rankOf } from "./operands.ts";
import { scan } from "./scan.ts";
import { sliceAxis } from "./slice-axis.ts";

/**
 * A function of each entry of the leading axis, its results stacked on a new one.
 *
 * @param f Gets an entry of each tensor, in the structure of `xs`, and gives tensors in lists and dicts.
 * @param xs Tensors of one length, in lists and dicts.
 */
export function map<T extends Structure>(f: (x: Structure) => T, xs: Structure): Computed<T> {
  if (typeof f !== "function") throw new ModelError("map", `expected a function, received ${inspect(f)}.`);
  const leaves = leavesOf("map", xs);
  const lengths = new Set(leaves.map(({ shape }) => shape[0]).filter((size) => size !== null));
  if (leaves.length === 0 || lengths.size > 1 || lengths.has(undefined))
    throw new ShapeError("map", "expected tensors with leading axes of one length.");
  let form: Structure = [];
  const { outputs } = scan(
    (_, entries) => {
      form = f(packed(xs, entries));
      return { carries: [], outputs: leavesOf("map", form) };
    },
    { carries: [], xs: leaves },
  );
  return packed(form, outputs) as Computed<T>;
}

/**
 * A function of each entry of the leading axis, as `map`: what it does to one entry is done to all.
 *
 * @param f Gets an entry of `elements`; where that is a list, one of each tensor, in a list.
 * @param elements A tensor, or tensors of one length in lists and dicts.
 */
export function vectorizedMap<T extends Structure>(f: (x: Structure) => T, elements: Structure): Computed<T> {
  return map(f, elements);
}

/** Settings of `associativeScan`. */
export interface AssociativeScanOptions {
  /** Goes from the last entry to the first. Defaults to false. */
  readonly reverse?: boolean;
  /** The axis along which entries are. Defaults to 0. */
  readonly axis?: number;
}

/**
 * The results so far of a function that puts two entries together, in an order in which few steps depend on each other:
 * the function must be associative.
 *
 * @param f Gets two structures like `elems`, of some entries each, and puts them together entry by entry.
 * @param elems Tensors of one length along the axis, in lists and dicts.
 */
export function associativeScan<T extends Nested<OperandLike>>(
  f: (a: T, b: T) => T,
  elems: T,
  options: AssociativeScanOptions = {},
): Computed<T> {
  checkOptions("associativeScan", options, { reverse: true, axis: true });
  const { reverse = false, axis = 0 } = options;
  if (typeof f !== "function")
    throw new ModelError("associativeScan", `expected a function, received ${inspect(f)}.`);
  const leaves = leavesOf("associativeScan", elems);
  const at = axisOf(axis, rankOf(leaves[0] ?? 0), "associativeScan");
  const length = leaves[0]?.shape[at];
  if (typeof length !== "number" || leaves.some(({ shape }) => shape[at] !== length))
    throw new ShapeError("associativeScan", "expected tensors of one known length along the axis.");
  const turned = (xs: readonly Numeric[]) => (reverse ? xs.map((x) => reversed(x, [at])) : xs);
  const combine = (a: readonly Numeric[], b: readonly Numeric[]): readonly Numeric[] =>
    leavesOf("associativeScan", f(packed(elems, a) as T, packed(elems, b) as T));
  return packed(elems, turned(scanned(combine, turned(leaves), at))) as Computed<T>;
}

type Combine = (a: readonly Numeric[], b: readonly Numeric[]) => readonly Numeric[];

/** Pairs are put together, scanned, and what is between them is made of their results. */
function scanned(combine: Combine, xs: readonly Numeric[], axis: number): readonly Numeric[] {
  const length = xs[0]?.shape[axis] ?? 0;
  if (length < 2) return xs;
  const pairs = combine(
    xs.map((x) => sliceAxis(x, axis, 0, length - 1, 2)),
    xs.map((x) => sliceAxis(x, axis, 1, null, 2)),
  );
  const odd = scanned(combine, pairs, axis);
  const later = xs.map((x) => sliceAxis(x, axis, 2, null, 2));
  const before = length % 2 === 0 ? odd.map((x) => sliceAxis(x, axis, 0, -1)) : odd;
  const even = length === 2 ? later : combine(before, later);
  return xs.map((x, i) => {
    const first = sliceAxis(x, axis, 0, 1);
    const evens = length === 2 ? first : join([first, even[i]!], axis);
    return interleaved(evens, odd[i]!, axis, length);
  });
}

/** Entries of one tensor and those of another in turns. */
function interleaved(even: Numeric, odd: Numeric, axis: number, length: number): Numeric {
  const wide = (x: Numeric) => reshapeTo(x, dimensions(x).toSpliced(axis + 1, 0, 1));
  const count = odd.shape[axis] ?? 0;
  const pairs = join([wide(sliceAxis(even, axis, 0, count)), wide(odd)], axis + 1);
  const flat = reshapeTo(pairs, dimensions(pairs).toSpliced(axis, 2, 2 * count));
  return length % 2 === 0 ? flat : join([flat, sliceAxis(even, axis, count, null)], axis);
}

/** Settings of `vectorize`. */
export interface VectorizeOptions {
  /** The places of arguments that are passed as they are. Defaults to none. */
  readonly excluded?: readonly number[] | null;
  /** What a call works on, as `(m,n),(n)->(m)`. Defaults to null: single elements. */
  readonly signature?: string | null;
}

/**
 * A function of single elements, or of what a signature says, as one of tensors, which are broadcast against each other.
 *
 * @param f Gets elements, or tensors of the ranks in the signature; gives one tensor, or a list of them.
 */
export function vectorize(
  f: (...args: never[]) => OperandLike | readonly OperandLike[],
  options: VectorizeOptions = {},
): (...args: OperandLike[]) => Numeric | Numeric[] {
  if (typeof f !== "function")
    throw new ModelError("vectorize", `expected a function, received ${inspect(f)}.`);
  checkOptions("vectorize", options, { excluded: true, signature: true });
  const excluded = options.excluded ?? [];
  const ranks = ranksOf(options.signature ?? null);
  return (...args) => {
    const kept = args.map((arg, i) => (excluded.includes(i) ? null : operandOf(arg)));
    const given = kept.filter((arg) => arg !== null);
    if (ranks !== null && ranks.length !== given.length)
      throw new ModelError("vectorize", `expected ${ranks.length} tensors, received ${given.length}.`);
    const inner = given.map((arg, i) => dimensions(arg).slice(rankOf(arg) - (ranks?.[i] ?? 0)));
    const outer = given.map((arg, i) => dimensions(arg).slice(0, rankOf(arg) - (ranks?.[i] ?? 0)));
    const shape = broadcast(outer);
    const flat = given.map((arg, i) => {
      const whole = broadcastTo(arg, [...shape, ...inner[i]!]);
      return reshapeTo(whole, [-1, ...inner[i]!]);
    });
    const call = (entries: readonly Numeric[]) => {
      let next = 0;
      const all = args.map((arg, i) => (kept[i] === null ? arg : entries[next++]!));
      return f(...(all as never[])); // at most 1,000: who calls writes them out
    };
    const results = map((entries) => call(entries as readonly Numeric[]), flat);
    const restored = (x: Numeric) => reshapeTo(x, [...shape, ...dimensions(x).slice(1)]);
    return Array.isArray(results) ? results.map(restored) : restored(results as Numeric);
  };
}

function operandOf(arg: unknown): Numeric {
  if (isOperand(arg) || isNumber(arg)) return asResult(asOperand(arg));
  throw new ModelError("vectorize", `expected tensors, received ${inspect(arg)}.`);
}

/** How many dimensions a call takes of each tensor. */
function ranksOf(signature: string | null): number[] | null {
  if (signature === null) return null;
  const list = String.raw`\(\s*(?:\w+(?:\s*,\s*\w+)*)?\s*\)`;
  const lists = String.raw`${list}(?:\s*,\s*${list})*`;
  if (signature.length > 1000 || !new RegExp(`^\\s*${lists}\\s*->\\s*${lists}\\s*$`).test(signature))
    throw new ModelError(
      "vectorize",
      `expected a signature like (m,n),(n)->(m), received ${inspect(signature)}.`,
    );
  const [inputs = ""] = signature.split("->");
  return [...inputs.matchAll(/\(([^)]*)\)/g)].map(
    ([, names = ""]) => names.split(",").filter((n) => n.trim()).length,
  );
}

/** The shape that leading dimensions have together. */
function broadcast(shapes: readonly (readonly Dimension[])[]): Dimension[] {
  const rank = largest(
    shapes.map((shape) => shape.length),
    0,
  );
  return Array.from({ length: rank }, (_, i) => {
    const sizes = shapes.map((shape) => shape[i - rank + shape.length] ?? 1);
    return sizes.find((size) => size !== 1) ?? 1;
  });
}
