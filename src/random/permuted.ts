import { lessEqual, where } from "../ops/comparison.ts";
import { arange } from "../ops/creation.ts";
import type { Dimension } from "../ops/dimensions.ts";
import { bitsFor } from "../ops/drawn.ts";
import { asDType } from "../ops/operands.ts";
import { take } from "../ops/take.ts";
import type { Numeric } from "../program/emit.ts";
import { orderPrim } from "../program/rules/order.ts";
import type { Keys } from "./keys.ts";
import { splitKey } from "./split-key.ts";

/** Up to how many are put in order by one drawing; more need a second one, so that no two are given the same places. */
const mostAtOnce = 1625;

/**
 * The places of so many elements in a random order, int32: what `keras.random.shuffle` makes of a range. The count may be
 * known only when a program runs, and is at most 2,642,245.
 */
export function permuted(keys: Keys, count: Dimension): Numeric {
  const places = asDType(arange(count), "int32");
  const [next, first] = splitKey(keys.next());
  const once = inOrderOf(first, places, count);
  if (typeof count === "number" && count <= mostAtOnce) return once;
  const twice = inOrderOf(splitKey(next)[1], once, count);
  return typeof count === "number" ? twice : where(lessEqual(count, mostAtOnce), once, twice);
}

function inOrderOf(key: Numeric, places: Numeric, count: Dimension): Numeric {
  return take(places, orderPrim("argsort", [bitsFor(key, [count])], { axis: 0 }), { axis: 0 });
}
