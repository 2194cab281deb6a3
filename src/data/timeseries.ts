import { ShapeError } from "../errors.ts";
import { checkOption, checkOptions, type OptionKind } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { aCount } from "../json/option-kinds.ts";
import { fromNested, type NestedArray } from "../tensor/create.ts";
import { newArray } from "../tensor/new-array.ts";
import { rowsOf } from "../tensor/rows.ts";
import { Tensor } from "../tensor/tensor.ts";

/** How windows are cut out of a series. */
export interface TimeseriesOptions {
  /** How many points a window has. */
  readonly sequence_length: number;
  /** How many points there are between the beginnings of windows. Defaults to 1. */
  readonly sequence_stride?: number | undefined;
  /** How many points there are between those of a window. Defaults to 1. */
  readonly sampling_rate?: number | undefined;
  /** How many windows a batch has; null for windows one by one. Defaults to 128. */
  readonly batch_size?: number | null | undefined;
  /** The first point. Defaults to 0. */
  readonly start_index?: number | null | undefined;
  /** The point behind the last. Defaults to how many there are. */
  readonly end_index?: number | null | undefined;
}

const names = {
  sequence_length: true,
  sequence_stride: true,
  sampling_rate: true,
  batch_size: true,
  start_index: true,
  end_index: true,
} as const;

const aPositive: OptionKind = ["a positive integer", (given) => Number.isInteger(given) && Number(given) > 0];

const where = "timeseriesDatasetFromArray";

/**
 * Windows that slide over a series, batch by batch: of points `(n, …)` batches `(batch_size, sequence_length, …)`, with the
 * target that stands where each window begins, where there are targets. Nothing is shuffled. It can be gone through again and
 * again. Source: Keras 3.6 `utils/timeseries_dataset_utils.py`.
 *
 * @throws ShapeError where options do not fit the points, or there are fewer targets than windows.
 * @example
 * import { timeseriesDatasetFromArray } from "ceratops/data";
 *
 * const windows = timeseriesDatasetFromArray([0, 1, 2, 3], null, { sequence_length: 3 });
 * const all = [...windows].map((batch) => batch.toArray()); // [[[0, 1, 2], [1, 2, 3]]]
 */
export function timeseriesDatasetFromArray(
  data: NestedArray | Tensor,
  targets: null,
  options: TimeseriesOptions,
): Iterable<Tensor>;
export function timeseriesDatasetFromArray(
  data: NestedArray | Tensor,
  targets: NestedArray | Tensor,
  options: TimeseriesOptions,
): Iterable<[windows: Tensor, targets: Tensor]>;
export function timeseriesDatasetFromArray(
  data: NestedArray | Tensor,
  targets: NestedArray | Tensor | null,
  options: TimeseriesOptions,
): Iterable<Tensor | [windows: Tensor, targets: Tensor]> {
  const points = asTensor(data);
  const truths = targets === null ? null : asTensor(targets);
  const { starts, places, batch } = plan(points, truths, options);
  const size = batch ?? 1;
  return {
    *[Symbol.iterator]() {
      for (let i = 0; i < starts.length; i += size) {
        const some = starts.slice(i, i + size);
        const shape = batch === null ? [places.length] : [some.length, places.length];
        const windows = rowsAt(
          points,
          some.flatMap((start) => places.map((place) => start + place)),
          shape,
        );
        yield truths ? [windows, rowsAt(truths, some, batch === null ? [] : [some.length])] : windows;
      }
    },
  };
}

/** Where windows begin, where their points are from there on, and how many of them are a batch. */
function plan(points: Tensor, truths: Tensor | null, options: TimeseriesOptions) {
  checkOptions(where, options, names, ShapeError);
  for (const name of ["sequence_length", "sequence_stride", "sampling_rate", "batch_size"] as const)
    checkOption(where, options, name, aPositive, ShapeError);
  for (const name of ["start_index", "end_index"] as const)
    checkOption(where, options, name, aCount, ShapeError);
  const { sequence_length: length } = options;
  const [stride, rate] = [options.sequence_stride ?? 1, options.sampling_rate ?? 1];
  if (length == null)
    throw new ShapeError(where, "expected sequence_length to be a positive integer, received nothing.");
  const rows = rowsOf(points);
  for (const [name, value] of Object.entries({ sequence_stride: stride, sampling_rate: rate }))
    if (value >= rows)
      throw new ShapeError(
        where,
        `expected ${name} to be less than the ${rows} points, received ${inspect(value)}.`,
      );
  const first = options.start_index ?? 0;
  const end = Math.min(options.end_index ?? rows, rows);
  const most = end - first - (length - 1) * rate;
  const count = truths ? Math.min(most, rowsOf(truths)) : most;
  const windows = Math.max(0, Math.ceil(count / stride));
  const starts = Array.from({ length: windows }, (_, i) => first + i * stride);
  const last = starts.at(-1);
  if (truths && last !== undefined && last >= rowsOf(truths))
    throw new ShapeError(
      where,
      `expected a target for each point that a window begins at, the last at ${last}, received ${rowsOf(truths)} of them.`,
    );
  return {
    starts,
    places: Array.from({ length: windows > 0 ? length : 0 }, (_, i) => i * rate),
    batch: options.batch_size === undefined ? 128 : options.batch_size,
  };
}

/** Some rows of a tensor, in a shape of rows. */
function rowsAt(tensor: Tensor, rows: readonly number[], lead: readonly number[]): Tensor {
  const rest = tensor.shape.slice(1);
  const width = rest.reduce((size, n) => size * n, 1);
  const taken = newArray(where, tensor.dtype, [rows.length, width]);
  for (const [i, row] of rows.entries())
    (taken as Float32Array).set(
      tensor.data.subarray(row * width, (row + 1) * width) as Float32Array,
      i * width,
    );
  return new Tensor(tensor.dtype, [...lead, ...rest], taken, tensor.strings);
}

function asTensor(values: NestedArray | Tensor): Tensor {
  return values instanceof Tensor ? values : fromNested(values);
}
