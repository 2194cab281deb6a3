import { ShapeError } from "../errors.ts";
import { integerOrList, required } from "../fields/kinds.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { windowPrim } from "../program/rules/window.ts";
import { isAbstract, Value } from "../program/value.ts";
import { fromNumbers } from "../tensor/create.ts";
import { formatShape } from "../tensor/shape.ts";
import { dataFormat } from "./convolution.ts";
import { unary } from "./define.ts";
import { asFloat, asOperand } from "./operands.ts";
import { type DataFormat, inChannelsLast, perDimension } from "./window.ts";

const adaptiveFields = () => ({
  /** How many windows there are: one number for all dimensions, or one for each. */
  output_size: required(integerOrList),
  /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
  data_format: dataFormat(),
});

interface AdaptiveOptions {
  readonly output_size: number | readonly number[];
  readonly data_format: DataFormat | null;
}

const CALL = { tensors: ["inputs"] };

/** The mean of each of a given number of windows, which are as long as that takes and overlap by one at most. */
export const adaptiveAveragePool = /* @__PURE__ */ unary(
  "nn.AdaptiveAveragePool",
  (x, options) => adaptive("avg_pool", asFloat(x), options),
  adaptiveFields,
  CALL,
);

/** The largest of each of a given number of windows, which are as long as that takes and overlap by one at most. */
export const adaptiveMaxPool = /* @__PURE__ */ unary(
  "nn.AdaptiveMaxPool",
  (x, options) => adaptive("max_pool", asOperand(x), options),
  adaptiveFields,
  CALL,
);

type Pool = "avg_pool" | "max_pool";

function adaptive(which: Pool, x: Operand, { output_size, data_format }: AdaptiveOptions): Numeric {
  return inChannelsLast(x, data_format, (image) => {
    const spatial = image.shape.length - 2;
    const counts = perDimension(output_size, spatial);
    if (spatial < 1 || spatial > 3 || counts.length !== spatial || counts.some((count) => count < 1)) {
      const expected =
        "an input of 3 to 5 dimensions, and a positive size for each between batch and channels";
      throw new ShapeError(
        "adaptive pooling",
        `expected ${expected}, received ${formatShape(image.shape)} and ${formatShape(counts)}.`,
      );
    }
    let pooled = asOperand(image);
    for (const [i, count] of counts.entries()) pooled = alongAxis(which, pooled, i, count);
    return pooled as Numeric;
  });
}

const mostWindows = 2 ** 24;

/**
 * Pools spatial axis `axis` to `count` windows: `i` goes from `floor(i · size / count)` to `ceil((i + 1) · size / count)`,
 * so that there are two lengths. Source: Keras 3.15 `backend/jax/nn.py`.
 */
function alongAxis(which: Pool, x: Operand, axis: number, count: number): Numeric {
  const size = x.shape[axis + 1];
  if (typeof size !== "number") {
    throw new ShapeError(
      "adaptive pooling",
      `expected sizes that are known, received ${formatShape(x.shape)}.`,
    );
  }
  const rank = x.shape.length - 2;
  const pool = (length: number, stride: number): Numeric => {
    const along = (value: number) => new Array<number>(rank).fill(1).with(axis, value);
    const padding = along(0).map((): readonly [number, number] => [0, 0]);
    return windowPrim(which, [x], { window: along(length), strides: along(stride), padding });
  };
  const small = Math.ceil(size / count);
  if (size % count === 0) return pool(small, small);
  if (isAbstract(x)) return new Value(x.shape.with(axis + 1, count), x.dtype);
  if (count > mostWindows)
    throw new ShapeError("adaptive pooling", `expected at most ${mostWindows} windows, received ${count}.`);
  const windows = Array.from({ length: count }, (_, i) => {
    const start = Math.floor((i * size) / count);
    return { start, isBig: Math.ceil(((i + 1) * size) / count) - start > small };
  });
  const lengths = windows.some(({ isBig }) => isBig) ? [small, small + 1] : [small];
  const [first, ...others] = lengths.map((length) => pool(length, 1)) as [Numeric, ...Numeric[]];
  const all = others.length === 0 ? first : piecePrim("concat", [first, ...others], { axis: axis + 1 });
  const behind = size - small + 1;
  const places = windows.map(({ start, isBig }) => (isBig ? behind + start : start));
  return gatherPrim("gather", [all, fromNumbers("int32", [count], places)], { axis: axis + 1 });
}
