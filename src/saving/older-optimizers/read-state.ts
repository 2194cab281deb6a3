import { isDict } from "../../dialects/change.ts";
import { rateIn } from "../../dialects/keras-2/optimizers.ts";
import type { JsonObject } from "../../json/json.ts";
import { KeptState, type KeptTensor } from "../../program/kept-state.ts";
import type { Variable } from "../../program/variable.ts";
import type { NamedArray } from "../layer-weights.ts";
import { type FoundState, foundIn, keptNumber, keptOf } from "./found-state.ts";
import { orderedSlots } from "./order.ts";
import { classOf, hasProduct } from "./slots.ts";

/**
 * What an optimizer had kept, in the order of Keras 3: how often it ran, its rate, then all that it keeps of one weight
 * after the other. Optimizers before Keras 2.11 have it by kind: all first moments, then all second ones. Null where
 * it is not for these weights.
 */
export function optimizerStateOf(
  arrays: readonly NamedArray[],
  optimizer: JsonObject,
  trained: readonly Variable[],
): KeptState | null {
  if (arrays.length === 0) return null;
  // Files of Keras 3 have it in its order, and all of it.
  if (/(?:^|\/)iteration$/.test(arrays[0]!.name)) {
    const kept = arrays.flatMap((array) => keptOf(array) ?? []);
    return kept.length === arrays.length ? stateOf(kept, optimizer) : null;
  }
  const found = foundIn(arrays);
  return found && stateFound(found, optimizer, trained);
}

/**
 * What the optimizers of Keras 2.11 to 2.15 had kept, as those of Keras 3 keep it: with the learning rate, and what they
 * do not save as it is at first; without what they save and do not use. Null where it is not for these weights.
 */
export function withRate(
  kept: KeptState,
  optimizer: JsonObject,
  trained: readonly Variable[],
): KeptState | null {
  const [count, ...slots] = kept.variables;
  return count ? stateFound({ count, slots, order: "newer" }, optimizer, trained) : kept;
}

/**
 * What an optimizer that scales the loss keeps: numbers of its own in front of those of the one inside. Keras 2 saves only
 * the latter, and begins with the first scale again.
 */
function stateFound(
  found: FoundState,
  optimizer: JsonObject,
  trained: readonly Variable[],
): KeptState | null {
  const { config } = optimizer;
  if (!/^LossScaleOptimizer/.test(classOf(optimizer)) || !isDict(config) || !isDict(config.inner_optimizer))
    return stateOf(plainState(found, optimizer, trained), optimizer);
  const kept = plainState(found, config.inner_optimizer, trained);
  const { initial_scale: scale = firstScale } = config;
  if (!kept || config.dynamic === false || typeof scale !== "number") return stateOf(kept, optimizer);
  const steps = [keptNumber(0, "int32"), keptNumber(0), keptNumber(0, "int32")];
  return stateOf([...steps, keptNumber(scale), ...kept], optimizer);
}

const firstScale = 2 ** 15;

/** What it is made of where nothing scales the loss. */
function plainState(
  found: FoundState,
  optimizer: JsonObject,
  trained: readonly Variable[],
): readonly KeptTensor[] | null {
  const ordered = orderedSlots(found, optimizer, trained);
  if (!ordered) return null;
  const { count, rate, product = keptNumber(1), slots } = found;
  const said = isDict(optimizer.config) ? rateIn(optimizer.config, classOf(optimizer)) : null;
  return [
    // Keras counts from 0 again where it does not save how often it ran.
    count ?? keptNumber(0, "int32"),
    ...(said === null ? [] : [rate ?? keptNumber(said)]),
    ...ordered.averages,
    ...(hasProduct(classOf(optimizer)) && slots.length > 0 ? [product] : []),
    ...ordered.slots,
  ];
}

function stateOf(tensors: readonly KeptTensor[] | null, { config }: JsonObject): KeptState | null {
  if (!tensors) return null;
  const own = new Map(tensors.map((tensor, i) => [String(i), tensor]));
  const name =
    isDict(config) && typeof config.name === "string" && !/\p{Surrogate}/u.test(config.name)
      ? config.name
      : null;
  const attributes = new Map(name === null ? [] : [["name", name]]);
  return new KeptState(new Map([["vars", new KeptState(own, attributes)]]));
}
