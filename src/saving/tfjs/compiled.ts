import { isDict } from "../../dialects/change.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, markFloat } from "../../json/marks.ts";
import type { Variable } from "../../program/variable.ts";
import { sameShape } from "../../tensor/shape.ts";
import type { NamedArray } from "../layer-weights.ts";
import type { StoredWeight } from "./weights.ts";

/** An optimizer of TensorFlow.js. */
interface TfjsOptimizer {
  /** What Keras calls it. */
  readonly name: string;
  /** What Keras calls its options. */
  readonly keys: Readonly<Record<string, string>>;
  /**
   * Of each kind of number that it keeps for every weight, in their order, whether Keras keeps it too; null where Keras
   * keeps another one.
   */
  kinds(config: JsonObject): readonly boolean[] | null;
}

const optimizers: Readonly<Record<string, TfjsOptimizer>> = {
  Adadelta: {
    name: "Adadelta",
    keys: { learningRate: "learning_rate", rho: "rho", epsilon: "epsilon" },
    kinds: () => [true, true],
  },
  Adagrad: {
    name: "Adagrad",
    keys: { learningRate: "learning_rate", initialAccumulatorValue: "initial_accumulator_value" },
    kinds: () => [true],
  },
  Adam: {
    name: "Adam",
    keys: { learningRate: "learning_rate", beta1: "beta_1", beta2: "beta_2", epsilon: "epsilon" },
    kinds: () => [true, true],
  },
  // Its momenta are not yet multiplied by the learning rate.
  Momentum: {
    name: "SGD",
    keys: { learningRate: "learning_rate", momentum: "momentum", useNesterov: "nesterov" },
    kinds: () => null,
  },
  RMSProp: {
    name: "RMSprop",
    keys: {
      learningRate: "learning_rate",
      decay: "rho",
      momentum: "momentum",
      epsilon: "epsilon",
      centered: "centered",
    },
    kinds: ({ momentum, centered }) => [true, Number(momentum) > 0, ...(centered === true ? [true] : [])],
  },
  SGD: { name: "SGD", keys: { learningRate: "learning_rate" }, kinds: () => [] },
};

function optimizerIn(training: JsonObject | null) {
  const { class_name: name, config } = isDict(training?.optimizer_config) ? training.optimizer_config : {};
  const known = typeof name === "string" && Object.hasOwn(optimizers, name) ? optimizers[name] : undefined;
  return known && isDict(config) ? { known, config } : null;
}

/** How TensorFlow.js compiled a model, as files of Keras 2 say it; null where that is not known. */
export function fromTfjsTraining(training: JsonObject | null): JsonObject | null {
  const optimizer = optimizerIn(training);
  if (!optimizer) return null;
  const { known, config } = optimizer;
  const read: Record<string, JsonValue> = {};
  for (const [key, own] of Object.entries(known.keys)) {
    if (config[key] === undefined) continue;
    read[own] = config[key];
    // JavaScript writes 1 for 1.0, which Keras takes for no rate.
    if (typeof config[key] === "number") markFloat(read, own);
  }
  const result = { ...training, optimizer_config: { class_name: known.name, config: read } };
  if (training) copyMarks(training, result);
  return result;
}

/**
 * What an optimizer of TensorFlow.js kept, as HDF5 files of Keras 2 list it: how often it ran, then each kind of number for
 * each weight. Null where it is of other weights, or another kind of number. Weights stand in a manifest with those that
 * are trained first, and what is kept of them in the same order; `arrayOf` says which is which.
 */
export function optimizerArrays(
  training: JsonObject | null,
  weights: readonly StoredWeight[],
  trained: readonly Variable[],
  arrayOf: ReadonlyMap<object, NamedArray>,
): readonly NamedArray[] | null {
  const optimizer = optimizerIn(training);
  const kinds = optimizer?.known.kinds(optimizer.config);
  const [count, ...kept] = weights.filter(({ isOptimizers }) => isOptimizers);
  if (!kinds || count?.name !== "iter" || kept.length !== kinds.length * trained.length) return null;
  const own = weights.filter(({ isOptimizers }) => !isOptimizers);
  const places = new Map<unknown, number>(own.map((weight, i) => [weight, i]));
  const arrays: NamedArray[] = [{ name: count.name, array: count }];
  for (const [kind, isKept] of kinds.entries()) {
    if (!isKept) continue;
    for (const variable of trained) {
      const place = places.get(arrayOf.get(variable)?.array) ?? trained.length;
      const array = place < trained.length ? kept[kind * trained.length + place] : undefined;
      if (!array || !sameShape(array.shape, variable.shape)) return null;
      arrays.push({ name: `${place}/${array.name}`, array });
    }
  }
  return arrays;
}
