import { ShapeError } from "../errors.ts";
import { dtypeOf, type Numeric } from "../program/emit.ts";
import type { Padding } from "../program/primitives.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { unary } from "./define.ts";
import { type Dimension, dimension, dimensions, filled, reshapeTo } from "./dimensions.ts";
import { integersField } from "./kinds.ts";
import { made } from "./made.ts";
import { permute } from "./moving.ts";
import { asOperand, type OperandLike, rankOf } from "./operands.ts";
import { sliceAxis } from "./slice-axis.ts";

const windowFields = () => ({
  /** Rows and columns of a window; one number stands for both. */
  kernel_size: integersField(),
  /** How far apart the elements of a window are. Defaults to 1. */
  dilation: integersField(1),
  /** How many zeros are around an image. Defaults to 0. */
  padding: integersField(0),
  /** How far windows are from each other. Defaults to 1. */
  stride: integersField(1),
});

/** The windows of images, whose channels are the second axis, as columns: `(batch, channels · window, places)`. */
export const unfold = /* @__PURE__ */ unary(
  "nn.Unfold",
  (x, options) => {
    if (rankOf(x) !== 4) throw new ShapeError("unfold", `expected 4 dimensions, received ${rankOf(x)}.`);
    const { window, padding, places } = windowsOf(
      "unfold",
      options,
      [2, 3].map((axis) => sizeAt(x, axis)),
    );
    const zeros: Padding = [[0, 0], [0, 0], ...padding.map((n) => [n, n] as const)];
    const wide = piecePrim("pad", [asOperand(x)], { padding: zeros, mode: "constant", value: 0 });
    let taken: Numeric = wide;
    // Rows, then columns: each axis becomes the elements of a window and the windows.
    for (const [i, at] of [2, 4].entries()) {
      const sizes = dimensions(taken);
      const indices = indicesOf("unfold", window[i]!, places[i]!, options, i);
      const parts = gatherPrim("gather", [taken, indices], { axis: at });
      taken = reshapeTo(parts, sizes.toSpliced(at, 1, window[i]!, places[i]!));
    }
    const [batch, channels] = dimensions(x) as [Dimension, Dimension];
    const columns = permute(taken, [0, 1, 2, 4, 3, 5]);
    const rows = typeof channels === "number" ? channels * window[0]! * window[1]! : -1;
    return reshapeTo(columns, [batch, rows, places[0]! * places[1]!]);
  },
  windowFields,
);

/** Images of columns that are windows: what `unfold` took apart, overlapping elements added up. */
export const fold = /* @__PURE__ */ unary(
  "nn.Fold",
  (x, { output_size, ...options }) => {
    if (rankOf(x) !== 3) throw new ShapeError("fold", `expected 3 dimensions, received ${rankOf(x)}.`);
    const sizes = pair("fold", "output_size", output_size);
    const { window, padding, places } = windowsOf("fold", options, sizes);
    const area = window[0]! * window[1]!;
    const rows = sizeAt(x, 1);
    if (rows % area !== 0)
      throw new ShapeError("fold", `expected rows that ${area} divides, received ${rows}.`);
    const channels = rows / area;
    const batch = dimension(x, 0);
    const parts = reshapeTo(x, [batch, channels, window[0]!, window[1]!, places[0]!, places[1]!]);
    // Columns, then rows: the windows and their elements are added up into an axis.
    let result: Numeric = permute(parts, [0, 1, 2, 4, 3, 5]);
    for (const [i, at] of [
      [1, 4],
      [0, 2],
    ] as const) {
      const before = dimensions(result);
      const count = window[i]! * places[i]!;
      const updates = reshapeTo(result, before.toSpliced(at, 2, count));
      const moved = permute(updates, [
        at,
        ...[...Array(rankOf(updates)).keys()].filter((axis) => axis !== at),
      ]);
      const size = sizes[i]! + 2 * padding[i]!;
      const zeros = filled([size, ...dimensions(moved).slice(1)], 0, dtypeOf(moved));
      const indices = reshapeTo(indicesOf("fold", window[i]!, places[i]!, options, i), [count, 1]);
      const sums = gatherPrim("scatter_add", [zeros, indices, moved]);
      const order = [...Array(rankOf(sums)).keys()].slice(1);
      result = sliceAxis(permute(sums, order.toSpliced(at, 0, 0)), at, padding[i]!, padding[i]! + sizes[i]!);
    }
    return result;
  },
  () => ({
    /** Rows and columns of the images; one number stands for both. */
    output_size: integersField(),
    ...windowFields(),
  }),
);

type Windows = Readonly<
  Record<"kernel_size" | "dilation" | "padding" | "stride", number | readonly number[]>
>;

/** A number for rows and one for columns. */
function pair(where: string, what: string, value: number | readonly number[]): readonly number[] {
  const numbers = typeof value === "number" ? [value, value] : value;
  if (numbers.length === 2) return numbers;
  throw new ShapeError(where, `expected ${what} to be a number or two, received ${numbers.length}.`);
}

/** How many windows fit into an image. */
function windowsOf(where: string, options: Windows, sizes: readonly number[]) {
  const window = pair(where, "kernel_size", options.kernel_size);
  const padding = pair(where, "padding", options.padding);
  const [dilation, stride] = [
    pair(where, "dilation", options.dilation),
    pair(where, "stride", options.stride),
  ];
  const places = sizes.map((size, i) => {
    const room = size + 2 * padding[i]! - dilation[i]! * (window[i]! - 1) - 1;
    return Math.floor(room / stride[i]!) + 1;
  });
  if (![...window, ...dilation, ...stride, ...places].every((n) => n >= 1) || padding.some((n) => n < 0))
    throw new ShapeError(
      where,
      `expected windows that fit into ${sizes.join(" x ")}, received ${window.join(" x ")}.`,
    );
  return { window, padding, places };
}

/** Where along an axis each element of each window is. */
function indicesOf(where: string, window: number, places: number, options: Windows, axis: number): Numeric {
  const dilation = pair(where, "dilation", options.dilation)[axis]!;
  const stride = pair(where, "stride", options.stride)[axis]!;
  return made(where, [window * places], "int32", () =>
    Array.from({ length: window * places }, (_, i) => {
      return Math.floor(i / places) * dilation + (i % places) * stride;
    }),
  );
}

function sizeAt(x: OperandLike, axis: number): number {
  const size = dimension(x, axis);
  if (typeof size === "number") return size;
  throw new ShapeError("unfold", `expected axis ${axis} to have a known size, received None.`);
}
