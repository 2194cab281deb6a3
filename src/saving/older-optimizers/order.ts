import { isDict } from "../../dialects/change.ts";
import type { JsonObject } from "../../json/json.ts";
import type { KeptTensor } from "../../program/kept-state.ts";
import type { Variable } from "../../program/variable.ts";
import { sameShape } from "../../tensor/shape.ts";
import { type FoundState, keptNumber } from "./found-state.ts";
import { classOf, isFactored, isUsed, type Slot, slotsOf } from "./slots.ts";

/** What is kept of weights, in the order of Keras 3. */
export interface OrderedSlots {
  /** Averages of the weights. */
  readonly averages: readonly KeptTensor[];
  /** What the class of the optimizer keeps. */
  readonly slots: readonly KeptTensor[];
}

type Groups = readonly (readonly Slot[])[];

/**
 * Puts what a file of Keras 2 has of weights into the order of Keras 3, without what the optimizer does not use; null where it is
 * not what such an optimizer keeps of these weights.
 */
export function orderedSlots(
  { slots: given, order }: FoundState,
  optimizer: JsonObject,
  trained: readonly Variable[],
): OrderedSlots | null {
  if (given.length === 0) return { averages: [], slots: [] };
  const kinds = given.length / trained.length;
  const known = slotsOf(classOf(optimizer));
  if (!known && order === "newer") return orderedAsNow(given, optimizer, trained);
  const groups = known ?? unknownSlots(kinds);
  if (!groups) return null;
  const used = groups.map((group) => group.filter((slot) => isUsed(slot, optimizer)));
  const averaged = order === "newer" && isAveraging(optimizer) ? [[average]] : [];
  // Some files have what is not used: zeros in the place of momenta, or a single number.
  for (const own of [used, groups]) {
    const together = order === "by kind" ? own.flat().map((slot) => [slot]) : own;
    const stored = [...averaged, ...(order === "by weight" ? [own.flat()] : together)];
    if (stored.flat().length !== kinds) continue;
    const found = bySlot(given, stored, trained.length);
    const inOrder = (wanted: Groups) =>
      wanted.flatMap((group) => trained.flatMap((_, i) => group.map((slot) => found.get(slot)![i]!)));
    const fits = (slot: Slot) =>
      found.get(slot)!.every(({ shape }, i) => sameShape(shape, trained[i]!.shape));
    if (known && ![...averaged.flat(), ...used.flat()].every(fits)) return null;
    return { averages: inOrder(averaged), slots: inOrder(used) };
  }
  return null;
}

/** That of other classes is in the order of Keras 3 in newer files. */
function orderedAsNow(
  given: readonly KeptTensor[],
  optimizer: JsonObject,
  trained: readonly Variable[],
): OrderedSlots | null {
  if (!isFactored(classOf(optimizer))) return { averages: [], slots: given };
  const rest = [...given];
  const averages = rest.splice(0, isAveraging(optimizer) ? trained.length : 0);
  // In the place of rows and columns of what has none Keras 3 has numbers that it does not use.
  const slots = trained.flatMap(({ shape: { length: rank } }) =>
    rank < 2 ? [keptNumber(0), keptNumber(0), ...rest.splice(0, 1)] : rest.splice(0, 3),
  );
  const velocities = slots.filter((_, i) => i % 3 === 2);
  const fits = velocities.every(({ shape }, i) => sameShape(shape, trained[i]!.shape));
  return fits && rest.length === 0 && slots.length === 3 * trained.length ? { averages, slots } : null;
}

/** What is kept of all weights in one slot, by slot. */
function bySlot(given: readonly KeptTensor[], groups: Groups, count: number): Map<Slot, KeptTensor[]> {
  const found = new Map<Slot, KeptTensor[]>(groups.flat().map((slot) => [slot, []]));
  let next = 0;
  for (const group of groups)
    for (let i = 0; i < count; i++) for (const slot of group) found.get(slot)!.push(given[next++]!);
  return found;
}

/** Slots of an optimizer that is not known here: as most have them, two of a weight together. */
function unknownSlots(kinds: number): Groups | null {
  if (!Number.isInteger(kinds)) return null;
  const [first, second, ...others] = Array.from({ length: kinds }, (_, i) => slotCalled(String(i)));
  return [[first, second].filter((slot) => slot !== undefined), ...others.map((slot) => [slot])];
}

function slotCalled(own: string): Slot {
  return { own, newer: own, older: own, option: undefined };
}

const average = slotCalled("average");

function isAveraging({ config }: JsonObject): boolean {
  return isDict(config) && config.use_ema === true;
}
