import type { KeptTensor } from "../../program/kept-state.ts";
import { scalar } from "../../tensor/create.ts";
import { isNumericDType } from "../../tensor/dtype.ts";
import type { NamedArray } from "../layer-weights.ts";
import { StoredTensor } from "../stored-tensor.ts";

/** What a file has of an optimizer, sorted by what it is. */
export interface FoundState {
  /** How often it ran; null where its file does not say so. */
  readonly count: KeptTensor | null;
  /** The learning rate, where that is not in the config alone. */
  readonly rate?: KeptTensor | undefined;
  /** The product of the momenta of all steps. */
  readonly product?: KeptTensor | undefined;
  /** What it keeps of weights. */
  readonly slots: readonly KeptTensor[];
  /** Which files have it: those of Keras 2.11 to 2.15, older ones, or older ones that have what is kept of a weight together. */
  readonly order: "newer" | "by kind" | "by weight";
}

/** How readers of other formats call the count of an optimizer of Keras 2.11 to 2.15, as HDF5 files of these do. */
export const NEWER_COUNT = "iteration:0";

// Until 2.10 TensorFlow said `iter`; Keras without TensorFlow has `iterations`, or, of some classes, none.
const counts = /(?:^|\/)(?:iter|iterations(?:_\d+)?)(?::0)?$/;
const rates = /(?:^|\/)learning_rate(?::0)?$/;
const products = /(?:^|\/)(?:momentum_cache|m_schedule|u_product)(?::0)?$/;

/** Sorts the arrays of an optimizer of Keras 2 by their names; null where one is not of numbers. */
export function foundIn(arrays: readonly NamedArray[]): FoundState | null {
  const rest = [...arrays];
  const take = (names: RegExp) => {
    if (!rest[0] || !names.test(rest[0].name)) return undefined;
    return rest.shift();
  };
  const isNewer = rest[0]?.name === NEWER_COUNT;
  const own = [isNewer ? rest.shift() : take(counts), take(rates), take(products)];
  const [count, rate, product] = own.map((array) => array && keptOf(array));
  const slots = rest.flatMap((array) => keptOf(array) ?? []);
  if (count === null || rate === null || product === null || slots.length < rest.length) return null;
  const order = isNewer ? "newer" : standTogether(rest) ? "by weight" : "by kind";
  return { count: count ?? null, rate, product, slots, order };
}

/**
 * Whether all that is kept of one weight stands together: `Ftrl/dense/kernel/accumulator`, `Ftrl/dense/kernel/linear`. Keras
 * without TensorFlow has numbers in place of weights: `training/Adam/Variable_1`, `training/Adam/m_1`.
 */
function standTogether([first, second]: readonly NamedArray[]): boolean {
  if (!first || !second) return false;
  const [one, two] = [first, second].map(({ name }) => name.replace(/(?:_\d+|:\d+)*$/, ""));
  const weightOf = (name = "") => name.replace(/\/[^/]*$/, "");
  return one !== two && weightOf(one) === weightOf(two);
}

/** An array as it is kept; null where it is not of numbers. */
export function keptOf({ array }: NamedArray): KeptTensor | null {
  const { dtype, shape } = array;
  if (!isNumericDType(dtype)) return null;
  const stored = new StoredTensor(array, dtype, undefined);
  return { dtype, shape, attributes: new Map(), data: () => stored.read(), readSync: stored.readSync };
}

/** A number that no file has. */
export function keptNumber(value: number, dtype: "float32" | "int32" = "float32"): KeptTensor {
  const tensor = scalar(value, dtype);
  return { dtype, shape: [], attributes: new Map(), data: () => tensor, readSync: () => tensor };
}
