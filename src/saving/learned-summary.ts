import { FileError } from "../errors.ts";
import { placeOf } from "../graph/graph.ts";
import { inspect } from "../json/inspect.ts";
import { Discretization } from "../layers/categories/discretization.ts";
import { boundariesOf } from "../layers/categories/quantiles.ts";
import type { Model } from "../models/model.ts";
import type { KeepsState } from "../program/kept-state.ts";
import { toNumbers } from "../tensor/cast.ts";
import { isNumericDType } from "../tensor/dtype.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { walkWeights } from "./weight-tree.ts";

/** What Keras 2 kept of the numbers that a layer saw, unread. */
interface Summary {
  readonly shape: Shape;
  readonly read: () => Tensor | Promise<Tensor>;
}

/** Whether an array may be such a summary: values, and how often each was seen. */
export function isSummary({ dtype, shape }: { readonly dtype: string; readonly shape: Shape }): boolean {
  return shape.length === 2 && shape[0] === 2 && isNumericDType(dtype);
}

/** The boundaries of bins that follow from a summary; null where nothing was seen. */
export async function boundariesFrom({ shape, read }: Summary, bins: number): Promise<number[] | null> {
  if (shape[1] === 0) return null;
  const numbers = Float32Array.from(toNumbers(await read()));
  const count = numbers.length / 2;
  return boundariesOf({ values: numbers.subarray(0, count), weights: numbers.subarray(count) }, bins);
}

/** A layer that has yet to learn its boundaries. */
type Learning = Discretization & { readonly num_bins: number } & Partial<KeepsState>;

/** Has what a file of Keras 2 keeps of a Discretization that learns be read as it is: it is none of its variables here. */
export function awaitSummaries(model: Model): void {
  for (const { owner } of walkWeights(model))
    if (owner instanceof Discretization && owner.num_bins !== null && owner.bin_boundaries === null)
      (owner as Learning).keptState = null;
}

/** Gives such layers the boundaries that follow from what the file had of them. */
export async function takeSummaries(model: Model, name: string): Promise<void> {
  for (const { owner } of walkWeights(model)) {
    if (!(owner instanceof Discretization) || !("keptState" in owner)) continue;
    const layer = owner as Learning;
    const [kept, ...others] = layer.keptState?.variables ?? [];
    delete layer.keptState;
    if (!kept) continue;
    if (others.length > 0 || !isSummary(kept)) {
      const received = [kept, ...others].map(({ shape }) => shape);
      const message = `expected what the layer learned, one array of shape (2, n), received ${inspect(received)}.`;
      throw new FileError(`${name} ${placeOf(layer)}`, message);
    }
    const boundaries = await boundariesFrom({ shape: kept.shape, read: kept.data }, layer.num_bins);
    if (boundaries) layer.bin_boundaries = boundaries;
  }
}
