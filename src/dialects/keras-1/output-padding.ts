import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { refusing } from "../notes.ts";

/** One dimension of a transposed convolution. */
interface Axis {
  /** How large its output is; 0 where that is not said. */
  readonly size: number;
  readonly window: number;
  readonly stride: number;
  readonly isSame: boolean;
  /** How large its input is; undefined where that is not said. */
  readonly input: number | undefined;
}

/**
 * A transposed convolution that gives images of the size that Keras 1 was told. Where that is not the usual one, an
 * `output_padding` says how much larger they are than the smallest; which input they are of follows from their size.
 */
export function withOutputPadding(config: JsonObject): JsonObject {
  const { output_shape: shape, ...rest } = config;
  if (shape === undefined) return config;
  const result: JsonObject = { ...rest };
  copyMarks(config, result);
  const axes = axesOf(config);
  if (shape === null || !axes) return result;
  const refuse = (expected: string) => refusing(config, new Map([["output_shape", expected]]));
  const [rows, columns] = axes.map(shownSizes);
  if (!axes.every(fits)) return refuse(`an output of ${rows} rows and ${columns} columns`);
  if (axes.every((axis) => extraOf(axis) === usualOf(axis))) return result;
  if (axes.some((axis) => extraOf(axis) >= axis.stride))
    return refuse("an output that an output_padding less than the strides gives");
  result.output_padding = axes.map(extraOf);
  mark(result.output_padding);
  return result;
}

/** Rows and columns; null where the config does not say what a window is. */
function axesOf(config: JsonObject): readonly Axis[] | null {
  const { data_format: format, padding = "valid", strides = 1 } = config;
  const first = format === "channels_first" ? 2 : 1;
  const axes: Axis[] = [];
  for (const i of [0, 1]) {
    const window = integerIn(config.kernel_size, i);
    const stride = integerIn(strides, i);
    if (window === undefined || stride === undefined) return null;
    const size = integerIn(config.output_shape, first + i) ?? 0;
    axes.push({
      size,
      window,
      stride,
      isSame: padding === "same",
      input: integerIn(config.batch_input_shape, first + i),
    });
  }
  return axes;
}

/** One of a list of numbers, or the number that stands for all; undefined for what is no integer above 0. */
function integerIn(list: JsonValue | undefined, at: number): number | undefined {
  const value = Array.isArray(list) ? list[at] : list;
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : undefined;
}

function fits(axis: Axis): boolean {
  const [least, most] = sizesOf(axis);
  return least <= axis.size && axis.size <= most;
}

function shownSizes(axis: Axis): string {
  const [least, most] = sizesOf(axis);
  if (most === Number.POSITIVE_INFINITY) return `${least} or more`;
  return least === most ? String(least) : `${least} to ${most}`;
}

/** The smallest and the largest output whose convolution is as large as the input. */
function sizesOf({ window, stride, isSame, input }: Axis): readonly [least: number, most: number] {
  const shortest = isSame ? 1 : window;
  if (input === undefined) return [shortest, Number.POSITIVE_INFINITY];
  const least = (input - 1) * stride + shortest;
  return [least, least + stride - 1];
}

/** The `output_padding` of this output. */
function extraOf({ size, window, stride, isSame }: Axis): number {
  if (!isSame) return (size - window) % stride;
  return ((size - 1) % stride) + (window % 2 === 0 ? 1 : 0);
}

/** The `output_padding` that stands for the usual output. */
function usualOf({ window, stride, isSame }: Axis): number {
  if (!isSame) return Math.max(window, stride) - window;
  return stride - (window % 2 === 0 ? 0 : 1);
}
