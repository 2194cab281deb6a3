import { flatten, type Nested } from "../../graph/nested.ts";
import { where } from "../../ops/comparison.ts";
import { dimensions, reshapeTo } from "../../ops/dimensions.ts";
import { asBool } from "../../ops/operands.ts";
import { cumsum } from "../../ops/order.ts";
import { any } from "../../ops/reduction.ts";
import { flip } from "../../ops/transposing.ts";
import type { Numeric } from "../../program/emit.ts";
import type { Layer } from "../layer.ts";
import { Recurrent } from "../recurrent/recurrent.ts";

/**
 * What a recurrent layer of Keras 2 gives: masked steps before the first that counts give zeros, where the loop of Keras 3 has
 * the state that it began with.
 */
export function started(layer: Layer, given: unknown, mask: unknown, states: unknown): unknown {
  const [counts = null] = flatten((mask ?? null) as Nested<Numeric | null>);
  if (!(layer instanceof Recurrent) || counts === null || (states == null && !layer.stateful)) return given;
  const [output, ...rest] = [given].flat() as [Numeric, ...unknown[]];
  const from = hasBegun(layer, asBool(counts));
  const size = dimensions(from);
  const wide = reshapeTo(from, [...size, ...Array<number>(output.shape.length - size.length).fill(1)]);
  const now = where(wide, output, 0);
  return Array.isArray(given) ? [now, ...rest] : now;
}

/** Of which steps that are given one counted up to then: `(batch, time)`, or `(batch,)` of the last one. */
function hasBegun({ return_sequences: isAll, go_backwards: isReversed }: Recurrent, mask: Numeric): Numeric {
  const counts = mask.shape.length > 2 ? any(mask, { axis: -1 }) : mask;
  if (!isAll) return any(counts, { axis: 1 });
  return asBool(cumsum(isReversed ? flip(counts, { axis: 1 }) : counts, { axis: 1, dtype: "int32" }));
}
