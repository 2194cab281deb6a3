import { ShapeError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { axisOf } from "../ops/axes.ts";
import { bitsFor } from "../ops/drawn.ts";
import { takeAlongAxis } from "../ops/indexing.ts";
import { asOperand } from "../ops/operands.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { orderPrim } from "../program/rules/order.ts";
import { formatShape, isStatic, sizeOf } from "../tensor/shape.ts";
import { keysOf, type SeedOption } from "./keys.ts";
import { splitKey } from "./split-key.ts";

/** Settings of {@link shuffle}. */
export interface ShuffleOptions extends SeedOption {
  /** The axis along which elements change places. Defaults to 0. */
  readonly axis?: number;
}

/**
 * The elements of a tensor in a random order along an axis, each row along it by itself: what `keras.random.shuffle`
 * makes of them on JAX after the same seed. All dimensions must be known.
 *
 * @example
 * shuffle(tensor([1, 2, 3, 4]), { seed: 42 });
 */
export function shuffle(x: Operand, options: ShuffleOptions = {}): Numeric {
  const where = "random.shuffle";
  checkOptions<ShuffleOptions>(where, options, { axis: true, seed: true });
  const { shape } = asOperand(x);
  const axis = axisOf(options.axis ?? 0, shape.length, where);
  if (!isStatic(shape)) {
    throw new ShapeError(where, `expected dimensions that are all known, received ${formatShape(shape)}.`);
  }
  // As often as makes it sure enough that no two elements are given the same places.
  const rounds = Math.ceil((3 * Math.log(Math.max(1, sizeOf(shape)))) / Math.log(2 ** 32 - 1));
  let key = keysOf(where, options.seed).next();
  let shuffled: Operand = x;
  for (let round = 0; round < rounds; round++) {
    const [next, own] = splitKey(key);
    key = next;
    const places = orderPrim("argsort", [bitsFor(own, shape)], { axis });
    shuffled = takeAlongAxis(shuffled, places, { axis }) as Numeric;
  }
  return shuffled as Numeric;
}
