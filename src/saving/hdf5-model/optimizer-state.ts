import { isDict } from "../../dialects/change.ts";
import type { JsonObject } from "../../json/json.ts";
import { KeptState, type KeptTensor } from "../../program/kept-state.ts";
import { scalar } from "../../tensor/create.ts";
import { isNumericDType } from "../../tensor/dtype.ts";
import type { NamedArray } from "../layer-weights.ts";
import { StoredTensor } from "../stored-tensor.ts";

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
  if (!/(?:^|\/)iter(?::0)?$/.test(count.name)) return stateOf(arrays.map(keptOf));
  const cache = others[0] && /momentum_cache(?::0)?$/.test(others[0].name) ? others.slice(0, 1) : [];
  const slots = others.slice(cache.length);
  const kinds = slots.length / Math.max(trained, 1);
  if (!Number.isInteger(kinds)) return null;
  const { class_name: name, config } = optimizer;
  const { learning_rate: rate, lr = rate } = isDict(config) ? config : {};
  // Keras 3 makes them in one loop, but for what RMSprop keeps and what comes third.
  const interleaved = name === "RMSprop" ? 1 : Math.min(kinds, 2);
  const first = slots.slice(0, interleaved * trained);
  const byWeight = isByWeight(slots)
    ? slots
    : [
        ...first.map((_, i) => slots[(i % interleaved) * trained + Math.floor(i / interleaved)]!),
        ...slots.slice(first.length),
      ];
  const rates = typeof lr === "number" ? [keptNumber(lr)] : [];
  return stateOf([keptOf(count), ...rates, ...cache.map(keptOf), ...byWeight.map(keptOf)]);
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
