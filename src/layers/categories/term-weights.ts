import { Variable } from "../../program/variable.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** What says how many places have a weight in the mode `"tf_idf"`. */
interface Weighted {
  readonly pad_to_max_tokens: boolean;
  readonly max_tokens: number | null;
  readonly weighting: Variable | null;
}

/**
 * What keeps the weights of so many places, or of `max_tokens` where rows are to be as wide. They are made when they are
 * first read: a config may say any number of places.
 */
export function weighted(lookup: Weighted, count: number, weightsOf: (width: number) => Tensor): Variable {
  const width = lookup.pad_to_max_tokens && lookup.max_tokens !== null ? lookup.max_tokens : count;
  const initialize = () => weightsOf(width);
  const { weighting } = lookup;
  if (weighting?.shape[0] === width) {
    weighting.assignLazily({ now: initialize });
    return weighting;
  }
  return new Variable({
    name: "idf_weights",
    shape: [width],
    dtype: "float32",
    trainable: false,
    initialize,
  });
}

/** Weights behind those of special terms, of which nothing is known but what terms weigh on average. */
export function behindAverage(weights: readonly number[], special: number): number[] {
  const average = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return [...new Array<number>(special).fill(average), ...weights];
}

/** Weights with zeros behind them. */
export function paddedTo(width: number, weights: readonly number[]): Tensor {
  const padded = new Float32Array(width);
  padded.set(weights);
  return new Tensor("float32", [width], padded);
}
