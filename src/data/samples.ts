import { ModelError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";

/** Inputs, or inputs with truths, or both with weights. */
export type Packed<X, Y, W> = X | readonly [X] | readonly [X, Y] | readonly [X, Y, W];

/**
 * Inputs, truths and weights of samples as one: the inputs alone where there are no truths, in a list where they are a list.
 * Source: Keras 3.6 `trainers/data_adapters/data_adapter_utils.py`.
 *
 * @example
 * import { packXYSampleWeight } from "ceratops/data";
 *
 * const batch = packXYSampleWeight(tensor([[1, 2]]), tensor([1]));
 */
export function packXYSampleWeight<X, Y = null, W = null>(
  x: X,
  y: Y | null = null,
  sampleWeight: W | null = null,
): Packed<X, Y, W> {
  if (y === null) return Array.isArray(x) ? [x] : x;
  return sampleWeight === null ? [x, y] : [x, y, sampleWeight];
}

/**
 * Takes apart what {@link packXYSampleWeight} made: `[x, y, sampleWeight]`, null for what there is not.
 *
 * @throws ModelError where a list has none, or more than 3.
 * @example
 * import { unpackXYSampleWeight } from "ceratops/data";
 *
 * const [x, y, weight] = unpackXYSampleWeight([tensor([[1, 2]]), tensor([1])]); // weight is null
 */
export function unpackXYSampleWeight<X = unknown, Y = unknown, W = unknown>(
  data: Packed<X, Y, W>,
): [x: X, y: Y | null, sampleWeight: W | null] {
  if (!Array.isArray(data)) return [data as X, null, null];
  const [x, y = null, sampleWeight = null, ...others] = data as unknown[];
  if (data.length > 0 && others.length === 0) return [x as X, y as Y | null, sampleWeight as W | null];
  throw new ModelError(
    "unpackXYSampleWeight",
    `expected inputs, or a list of inputs, truths and weights, received ${inspect(data)}.`,
  );
}
