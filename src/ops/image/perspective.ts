import { ShapeError } from "../../errors.ts";
import type { Arguments, OptionsOf, ValuesOf } from "../../fields/field.ts";
import { number } from "../../fields/shorthands.ts";
import type { KerasTensor } from "../../graph/graph.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { formatShape } from "../../tensor/shape.ts";
import { dataFormat } from "../convolution.ts";
import { arange } from "../creation.ts";
import { defineOp, type Op, type TensorLike } from "../define.ts";
import { type Dimension, dimensions, reshapeTo } from "../dimensions.ts";
import { asDType, asOperand, type OperandLike, rankOf } from "../operands.ts";
import { expandDims } from "../reshaping.ts";
import { sliceAxis } from "../slice-axis.ts";
import { inChannelsLast } from "../window.ts";
import { interpolation, sampleImages } from "./affine.ts";
import { inBatch } from "./axes.ts";

const perspectiveFields = () => ({
  /** How values between pixels are made. Defaults to "bilinear". */
  interpolation: interpolation("bilinear"),
  /** The value outside of the image. Defaults to 0. */
  fill_value: number(0),
  /** Where the channels are: `"channels_first"` is before height and width. Defaults to "channels_last". */
  data_format: dataFormat(),
});

type Fields = ReturnType<typeof perspectiveFields>;
type Options = ValuesOf<Fields>;

/** An op of images and where four of their points come from and go to. */
export interface PerspectiveOp extends Op {
  (
    images: KerasTensor,
    start: TensorLike,
    end: TensorLike,
    ...options: Arguments<OptionsOf<Fields>>
  ): KerasTensor;
  (
    images: OperandLike,
    start: OperandLike,
    end: OperandLike,
    ...options: Arguments<OptionsOf<Fields>>
  ): Numeric;
}

/**
 * Images seen in perspective: four points `(x, y)`, `(4, 2)` for all or `(batch, 4, 2)`, that are at `start_points` go
 * to `end_points`. Of Keras 3.9.
 */
export const perspectiveTransform = /* @__PURE__ */ defineOp<PerspectiveOp>({
  path: "image.PerspectiveTransform",
  tensors: ["images", "start_points", "end_points"],
  fields: perspectiveFields,
  compute: (x: OperandLike, start: OperandLike, end: OperandLike, options: Options) =>
    inBatch(asOperand(x), (images) =>
      inChannelsLast(images, options.data_format, (batch) =>
        inPerspective(batch, pointsOf(start), pointsOf(end), options),
      ),
    ),
});

type Point = readonly [x: Numeric, y: Numeric];

/** Four points, the numbers of shape `(batch, 1, 1)`. */
function pointsOf(given: OperandLike): Point[] {
  const points = asDType(asOperand(given), "float32");
  const rank = rankOf(points);
  const fits = (rank === 2 || rank === 3) && points.shape.at(-2) === 4 && points.shape.at(-1) === 2;
  if (!fits) {
    const received = formatShape(points.shape);
    throw new ShapeError("image", `expected points of shape (4, 2) or (batch, 4, 2), received ${received}.`);
  }
  const rows = rank === 2 ? expandDims(points, { axis: 0 }) : points;
  const at = (i: number, j: number) => sliceAxis(sliceAxis(rows, 1, i, i + 1), 2, j, j + 1);
  return [0, 1, 2, 3].map((i): Point => [at(i, 0), at(i, 1)]);
}

const add = (a: Numeric, b: Numeric) => prim("add", [a, b]);
const sub = (a: Numeric, b: Numeric) => prim("sub", [a, b]);
const mul = (a: Numeric, b: Numeric) => prim("mul", [a, b]);
const div = (a: Numeric, b: Numeric) => prim("div", [a, b]);

/** A batch of images of the format channels-last, in perspective. */
export function inPerspective(
  images: Operand,
  start: readonly Point[],
  end: readonly Point[],
  options: Pick<Options, "interpolation" | "fill_value">,
): Numeric {
  const [, height, width] = dimensions(images) as [Dimension, Dimension, Dimension];
  const y = reshapeTo(asDType(arange(height), "float32"), [1, height, 1]);
  const x = reshapeTo(asDType(arange(width), "float32"), [1, 1, width]);
  const [across, down] = seenAt(product(basisOf(start), adjugate(basisOf(end))), x, y);
  return sampleImages(images, down, across, {
    isLinear: options.interpolation === "bilinear",
    mode: "constant",
    fill: options.fill_value,
  });
}

/** Where points go, which are inside of images that {@link perspectiveTransform} transforms so. */
export function inverted(start: OperandLike, end: OperandLike): (x: Numeric, y: Numeric) => Point {
  const matrix = product(basisOf(pointsOf(end)), adjugate(basisOf(pointsOf(start))));
  return (x, y) => seenAt(matrix, x, y);
}

function seenAt(matrix: Matrix, x: Numeric, y: Numeric): Point {
  const [across, down, depth] = matrix.map(([a, b, c]) => add(add(mul(a, x), mul(b, y)), c));
  return [div(across!, depth!), div(down!, depth!)];
}

type Row = readonly [Numeric, Numeric, Numeric];
type Matrix = readonly [Row, Row, Row];

/** The map of the projective plane that takes its four basic points to these. */
function basisOf(points: readonly Point[]): Matrix {
  const [[ax, ay], [bx, by], [cx, cy], [dx, dy]] = points as [Point, Point, Point, Point];
  // Twice the areas of the triangles with the fourth point.
  const area = (p: Point, q: Point, r: Point) =>
    sub(mul(sub(q[0], p[0]), sub(r[1], p[1])), mul(sub(r[0], p[0]), sub(q[1], p[1])));
  const d: Point = [dx, dy];
  const weights = [area([bx, by], [cx, cy], d), area([cx, cy], [ax, ay], d), area([ax, ay], [bx, by], d)];
  const [u, v, w] = weights as [Numeric, Numeric, Numeric];
  return [
    [mul(ax, u), mul(bx, v), mul(cx, w)],
    [mul(ay, u), mul(by, v), mul(cy, w)],
    [u, v, w],
  ];
}

/** The inverse, up to a factor. */
function adjugate([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const minor = (p: Numeric, q: Numeric, r: Numeric, s: Numeric) => sub(mul(p, s), mul(q, r));
  return [
    [minor(e, f, h, i), minor(c, b, i, h), minor(b, c, e, f)],
    [minor(f, d, i, g), minor(a, c, g, i), minor(c, a, f, d)],
    [minor(d, e, g, h), minor(b, a, h, g), minor(a, b, d, e)],
  ];
}

function product(m: Matrix, n: Matrix): Matrix {
  const entry = (row: Row, j: 0 | 1 | 2) =>
    add(add(mul(row[0], n[0][j]), mul(row[1], n[1][j])), mul(row[2], n[2][j]));
  return m.map((row): Row => [entry(row, 0), entry(row, 1), entry(row, 2)]) as unknown as Matrix;
}
