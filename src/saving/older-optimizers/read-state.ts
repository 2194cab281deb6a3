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
  return withScale(optimizer, (inner) => plainState(arrays, inner, trained));
}

function plainState(arrays: readonly NamedArray[], optimizer: JsonObject, trained: number): KeptState | null {
  const [count, ...others] = arrays;
  if (!count) return null;
  if (!/(?:^|\/)iter(?::0)?$/.test(count.name)) {
    const kept = stateOf(arrays.map(keptOf));
    const [, second] = arrays;
    return kept && /(?:^|\/)learning_rate(?::0)?$/.test(second?.name ?? "")
      ? kept
      : plainWithRate(kept, optimizer);
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
  return withScale(optimizer, (inner) => plainWithRate(kept, inner));
}

/**
 * What an optimizer that scales the loss keeps: numbers of its own in front of those of the one inside. Keras 2 saves only
 * the latter, and begins with the first scale again.
 */
function withScale(
  optimizer: JsonObject,
  stateOfInner: (inner: JsonObject) => KeptState | null,
): KeptState | null {
  const { class_name: name, config } = optimizer;
  if (!/^LossScaleOptimizer/.test(String(name)) || !isDict(config) || !isDict(config.inner_optimizer))
    return stateOfInner(optimizer);
  const kept = stateOfInner(config.inner_optimizer);
  const { initial_scale: scale = firstScale } = config;
  if (!kept || config.dynamic === false || typeof scale !== "number") return kept;
  const steps = [keptNumber(0, "int32"), keptNumber(0), keptNumber(0, "int32")];
  return stateOf([...steps, keptNumber(scale), ...kept.variables]);
}

const firstScale = 2 ** 15;

function plainWithRate(kept: KeptState | null, optimizer: JsonObject): KeptState | null {
  const [count, ...slots] = kept?.variables ?? [];
  if (!count) return kept;
  const product = hasProduct(nameOf(optimizer)) && slots.length > 0 ? [keptNumber(1)] : [];
  return stateOf([count, ...rateOf(optimizer), ...product, ...(isIdle(optimizer) ? [] : slots)]);
}

/** Whether an optimizer keeps nothing of a weight: without momentum there is nothing to keep. */
export function isIdle(optimizer: JsonObject): boolean {
  const { config } = optimizer;
  return hasIdleSlots(nameOf(optimizer)) && isDict(config) && !config.momentum;
}

function nameOf({ class_name: name }: JsonObject): string {
  return String(name).replace(/^Custom>/, "");
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

function keptNumber(value: number, dtype: "float32" | "int32" = "float32"): KeptTensor {
  const tensor = scalar(value, dtype);
  return { dtype, shape: [], attributes: new Map(), data: () => tensor, readSync: () => tensor };
}
