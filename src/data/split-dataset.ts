import { ShapeError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import { rowsOf, sliceRows } from "../tensor/rows.ts";
import { Tensor } from "../tensor/tensor.ts";

/** Where samples are split: one of the two at least. */
export interface SplitOptions {
  /** How many samples are on the left; below 1, which part of all. Defaults to those that are not on the right. */
  readonly left_size?: number | null | undefined;
  /** How many are on the right. Defaults to those that are not on the left. */
  readonly right_size?: number | null | undefined;
}

/** Samples: a tensor, or a list or dict of tensors with a row for each. */
export type Samples = Tensor | readonly Tensor[] | { readonly [name: string]: Tensor };

const where = "splitDataset";

/**
 * Samples in two parts, such as those to train with and those to test with, each in the form of all: the first ones are on
 * the left, the last ones on the right. Nothing is shuffled. Source: Keras 3.6 `utils/dataset_utils.py`.
 *
 * @throws ShapeError where a part would be empty, or both are more than there are.
 * @example
 * import { splitDataset } from "ceratops/data";
 *
 * const [left, right] = splitDataset(tensor([1, 2, 3, 4]), { left_size: 0.75 });
 * const test = right.toArray(); // [4]
 */
export function splitDataset<const S extends Samples>(
  dataset: S,
  options: SplitOptions,
): [left: S, right: S] {
  checkOptions(where, options, { left_size: true, right_size: true }, ShapeError);
  const tensors = tensorsIn(dataset);
  const [rows, ...others] = tensors.map(rowsOf);
  if (rows === undefined || others.some((count) => count !== rows))
    throw new ShapeError(
      where,
      `expected tensors with a row for each sample, received ${inspect(tensors.map(rowsOf))} rows.`,
    );
  const { left, right } = sizesOf(rows, options);
  return [part(dataset, 0, left), part(dataset, rows - right, rows)];
}

function tensorsIn(dataset: Samples): readonly Tensor[] {
  if (dataset instanceof Tensor) return [dataset];
  const found: unknown[] = Array.isArray(dataset) ? dataset : isPlain(dataset) ? Object.values(dataset) : [];
  if (found.length > 0 && found.every((item) => item instanceof Tensor)) return found;
  throw new ShapeError(
    where,
    `expected a tensor, or a list or dict of tensors, received ${inspect(dataset)}.`,
  );
}

function sizesOf(rows: number, { left_size = null, right_size = null }: SplitOptions) {
  if (left_size === null && right_size === null)
    throw new ShapeError(where, "expected left_size or right_size, received neither.");
  const size = (name: string, given: number | null) => {
    if (given === null) return null;
    const isPart = typeof given === "number" && given > 0 && given < 1;
    if (!isPart && !(Number.isInteger(given) && given > 0 && given < rows))
      throw new ShapeError(
        where,
        `expected ${name} to be an integer from 1 to ${rows - 1}, or a part between 0 and 1, received ${inspect(given)}.`,
      );
    return isPart ? rounded(given * rows) : given;
  };
  const [one, other] = [size("left_size", left_size), size("right_size", right_size)];
  const left = one ?? rows - other!;
  const right = other ?? rows - left;
  if (left > 0 && right > 0 && left + right <= rows) return { left, right };
  throw new ShapeError(
    where,
    `expected parts of the ${rows} samples that are not empty, received ${left} and ${right}.`,
  );
}

/** As Python rounds: halves to the even number. */
function rounded(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

function part<S extends Samples>(dataset: S, start: number, stop: number): S {
  const cut = (tensor: Tensor) => sliceRows(tensor, start, stop);
  if (dataset instanceof Tensor) return cut(dataset) as Tensor as S;
  if (Array.isArray(dataset)) return dataset.map(cut) as unknown as S;
  return Object.fromEntries(Object.entries(dataset).map(([name, tensor]) => [name, cut(tensor)])) as S;
}
