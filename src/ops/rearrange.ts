import { ShapeError } from "../errors.ts";
import { aString, nullable, optional } from "../fields/kinds.ts";
import { type Arguments, type KerasTensor, type Keywords, Operation, tensorsIn } from "../graph/graph.ts";
import { option, type Signature, structure, takes } from "../graph/signature.ts";
import { inspect } from "../json/inspect.ts";
import { quote } from "../json/quote.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import type { RevivableClass } from "../registry/registry.ts";
import { formatShape } from "../tensor/shape.ts";
import { checkInputs } from "./check-inputs.ts";
import type { Op } from "./define.ts";
import { calculate, type Dimension, dimension, product, reshapeTo } from "./dimensions.ts";
import { permute } from "./moving.ts";
import { asOperand, type OperandLike } from "./operands.ts";

/** A pattern, and the lengths of axes that it takes apart. */
export type RearrangeOptions = {
  /** The axes in front of and behind the arrow, as `"b (h s) w -> b h (w s)"`. */
  readonly pattern: string;
} & Readonly<Record<string, string | number>>;

/** `rearrange(x, { pattern: "b (h s) w -> b h (w s)", s: 2 })`. */
export interface RearrangeOp extends Op {
  (x: KerasTensor, options: RearrangeOptions): KerasTensor;
  (x: OperandLike, options: RearrangeOptions): Numeric;
  (x: KerasTensor | OperandLike, options: RearrangeOptions): KerasTensor | Numeric;
}

/** The class that stands for its calls in configs. Source: Keras 3.15 `ops/einops.py`. */
class Rearrange extends Operation {
  static override readonly className = "Rearrange";
  static override readonly module = "keras.src.ops.einops";
  static override readonly registeredName = "Rearrange";
  static override readonly fields = { name: optional(nullable(aString), null) };
  static override readonly signature: Signature = takes("tensor", { tensor: structure(), pattern: option() });

  protected override compute(args: Arguments, kwargs: Keywords): Numeric {
    const { tensor = args[0], pattern = args[1], ...lengths } = kwargs;
    return rearranged(asOperand(tensor as OperandLike), pattern, lengths);
  }
}

/**
 * A tensor with its axes in another order, taken apart and put together as a pattern in the manner of einops says: names
 * of axes, those that are one axis of the tensor in parentheses. Of an axis that is taken apart all lengths but one are
 * given.
 *
 * @example
 * rearrange(Input({ shape: [4, 6] }), { pattern: "b (h s) w -> b h (w s)", s: 2 }); // [null, 2, 12]
 */
export const rearrange = /* @__PURE__ */ Object.assign(
  (x: unknown, options: unknown): unknown => {
    checkInputs("Rearrange", { tensors: ["tensor"] } as never, [x]);
    if (typeof options !== "object" || options === null || !("pattern" in options)) {
      throw new ShapeError("rearrange", `expected { pattern, … }, received ${inspect(options)}.`);
    }
    const { pattern, ...lengths } = options;
    if (tensorsIn([x], {}).length > 0) return new Rearrange().invoke([x, pattern], lengths);
    return rearranged(asOperand(x as OperandLike), pattern, lengths);
  },
  { Operation: Rearrange as unknown as RevivableClass },
) as unknown as RearrangeOp;

function rearranged(x: Operand, pattern: unknown, lengths: Readonly<Record<string, unknown>>): Numeric {
  const [from, to] = sidesOf(pattern);
  const names = from.flat();
  const isTold = new Set(names).size === names.length && names.length === to.flat().length;
  if (!isTold || !to.flat().every((name) => names.includes(name))) {
    throw wrong("each axis once on both sides", pattern);
  }
  if (from.length !== x.shape.length) {
    throw wrong(`an axis for each of ${formatShape(x.shape)}`, pattern);
  }
  const sizes = new Map<string, Dimension>();
  for (const [axis, group] of from.entries()) takeApart(group, dimension(x, axis), lengths, sizes);
  const unknown = Object.keys(lengths).find((name) => !sizes.has(name));
  if (unknown !== undefined) {
    const received = `that of ${quote(unknown)}`;
    throw new ShapeError("rearrange", `expected lengths of axes of the pattern, received ${received}.`);
  }
  const apart = reshapeTo(
    x,
    names.map((name) => sizes.get(name) ?? 1),
  );
  const turned = permute(
    apart,
    to.flat().map((name) => names.indexOf(name)),
  );
  return reshapeTo(
    turned,
    to.map((group) => product(group.map((name) => sizes.get(name) ?? 1))),
  );
}

/** The lengths of axes that are one axis of a tensor: all but one are given, or it is only one. */
function takeApart(
  group: readonly string[],
  size: Dimension,
  lengths: Readonly<Record<string, unknown>>,
  sizes: Map<string, Dimension>,
): void {
  const open: string[] = [];
  for (const name of group) {
    const length = Object.hasOwn(lengths, name) ? lengths[name] : undefined;
    if (length === undefined) open.push(name);
    else if (Number.isInteger(length) && (length as number) > 0) sizes.set(name, length as number);
    else
      throw new ShapeError("rearrange", `expected a length of ${quote(name)}, received ${inspect(length)}.`);
  }
  const known = product(group.flatMap((name) => sizes.get(name) ?? []));
  const [first, second] = open;
  if (second !== undefined) {
    throw new ShapeError(
      "rearrange",
      `expected the length of ${quote(first!)} or of ${quote(second)}, received none.`,
    );
  }
  const isWhole = typeof size !== "number" || typeof known !== "number" || size % known === 0;
  if (!isWhole || (first === undefined && typeof size === "number" && size !== known)) {
    throw new ShapeError(
      "rearrange",
      `expected lengths that make ${inspect(size)}, received ${inspect(known)}.`,
    );
  }
  if (first !== undefined) sizes.set(first, calculate("floor_div", size, known));
}

type Groups = readonly (readonly string[])[];

/** The axes on both sides of the arrow: of each axis of a tensor the names. */
function sidesOf(pattern: unknown): [from: Groups, to: Groups] {
  const [left, right, ...rest] = typeof pattern === "string" ? pattern.split("->") : [];
  if (left === undefined || right === undefined || rest.length > 0) {
    throw wrong('a pattern with one arrow, as "b h w -> b (h w)"', pattern);
  }
  return [groupsOf(left, pattern), groupsOf(right, pattern)];
}

function groupsOf(side: string, pattern: unknown): Groups {
  if (!/^(\s|\w+|\([\w\s]*\w[\w\s]*\))*$/.test(side))
    throw wrong("names of axes, some in parentheses", pattern);
  return (side.match(/\w+|\([^)]*\)/g) ?? []).map((part) => part.match(/\w+/g) ?? []);
}

function wrong(expected: string, pattern: unknown): ShapeError {
  return new ShapeError("rearrange", `expected ${expected}, received ${inspect(pattern)}.`);
}
