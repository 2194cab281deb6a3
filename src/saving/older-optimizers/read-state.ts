import { isDict } from "../../dialects/change.ts";
import { rateIn } from "../../dialects/keras-2/optimizers.ts";
import type { JsonObject } from "../../json/json.ts";
import { KeptState, type KeptTensor } from "../../program/kept-state.ts";
import { scalar } from "../../tensor/create.ts";
import { isNumericDType } from "../../tensor/dtype.ts";
import type { NamedArray } from "../layer-weights.ts";
import { StoredTensor } from "../stored-tensor.ts";
import { hasIdleSlots, hasProduct } from "./slots.ts";

/**
 * What an optimizer had kept, in the order of Keras 3: how often it ran, its rate, then all that it keeps of one weight
 * after the other. Optimizers before Keras 2.11 have it by kind: all first moments, then all second ones. Null where
 * it is not for so many weights.
 */
export function optimizerStateOf(
  arrays: readonly NamedArray[],
  optimizer: JsonObject,
  trained: number,
): KeptState | null {
  const [count, ...others] = arrays;
  if (!count) return null;
  if (!/(?:^|\/)iter(?::0)?$/.test(count.name)) {
    const kept = stateOf(arrays.map(keptOf));
    const [, second] = arrays;
    return kept && /(?:^|\/)learning_rate(?::0)?$/.test(second?.name ?? "")
      ? kept
      : withRate(kept, optimizer);
  }
  const cache = others[0] && /momentum_cache(?::0)?$/.test(others[0].name) ? others.slice(0, 1) : [];
  const slots = others.slice(cache.length);
  const kinds = slots.length / Math.max(trained, 1);
  if (!Number.isInteger(kinds)) return null;
  const { class_name: name } = optimizer;
  // Keras 3 makes them in one loop, but for what RMSprop keeps and what comes third.
  const interleaved = name === "RMSprop" ? 1 : Math.min(kinds, 2);
  const first = slots.slice(0, interleaved * trained);
  const byWeight = isByWeight(slots)
    ? slots
    : [
        ...first.map((_, i) => slots[(i % interleaved) * trained + Math.floor(i / interleaved)]!),
        ...slots.slice(first.length),
      ];
  return stateOf([keptOf(count), ...rateOf(optimizer), ...cache.map(keptOf), ...byWeight.map(keptOf)]);
}

/**
 * What the optimizers of Keras 2.11 to 2.15 had kept, as those of Keras 3 keep it: with the learning rate, and what they
 * do not save as it is at first; without what they save and do not use.
 */
export function withRate(kept: KeptState | null, optimizer: JsonObject): KeptState | null {
  const [count, ...slots] = kept?.variables ?? [];
  if (!count) return kept;
  const { class_name: given, config } = optimizer;
  const name = String(given).replace(/^Custom>/, "");
  const isIdle = hasIdleSlots(name) && isDict(config) && !config.momentum;
  const product = hasProduct(name) && slots.length > 0 ? [keptNumber(1)] : [];
  return stateOf([count, ...rateOf(optimizer), ...product, ...(isIdle ? [] : slots)]);
}

/** The learning rate of a config, where it is a number that stays. */
function rateOf({ config }: JsonObject): readonly KeptTensor[] {
  const rate = isDict(config) ? rateIn(config) : null;
  return rate === null ? [] : [keptNumber(rate)];
}

/** Whether all that is kept of one weight stands together: `Ftrl/dense/kernel/accumulator`, `Ftrl/dense/kernel/linear`. */
function isByWeight([first, second]: readonly NamedArray[]): boolean {
  const weightOf = (array: NamedArray | undefined) => array?.name.replace(/\/[^/]*$/, "");
  return weightOf(first) === weightOf(second);
}

function stateOf(tensors: readonly (KeptTensor | null)[]): KeptState | null {
  if (tensors.includes(null)) return null;
  const own = new Map(tensors.map((tensor, i) => [String(i), tensor!]));
  return new KeptState(new Map([["vars", new KeptState(own)]]));
}

function keptOf({ array }: NamedArray): KeptTensor | null {
  const { dtype, shape } = array;
  if (!isNumericDType(dtype)) return null;
  const stored = new StoredTensor(array, dtype, undefined);
  return { dtype, shape, attributes: new Map(), data: () => stored.read(), readSync: stored.readSync };
}

function keptNumber(value: number): KeptTensor {
  const tensor = scalar(value, "float32");
  return { dtype: "float32", shape: [], attributes: new Map(), data: () => tensor, readSync: () => tensor };
}
