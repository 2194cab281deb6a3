import { ShapeError } from "../../errors.ts";
import { aPositiveInteger, listOf } from "../../fields/kinds.ts";
import { bool, choice, float, shorthand } from "../../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { gatherPrim } from "../../program/rules/gather.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { formatShape } from "../../tensor/shape.ts";
import { dataFormat } from "../convolution.ts";
import { unary } from "../define.ts";
import { type Dimension, dimension, dimensions, product, reshapeTo } from "../dimensions.ts";
import { made } from "../made.ts";
import { asDType, asFloat, asOperand, asResult } from "../operands.ts";
import { moveaxis, transpose } from "../transposing.ts";
import { cropped, padded } from "./aspect-ratio.ts";
import { axesOf, CALL } from "./axes.ts";
import { openWeights, type Stretch } from "./open-weights.ts";
import { type Interpolation, resizeWeights } from "./resize-weights.ts";

/** Height and width. */
const aSize = shorthand(listOf(aPositiveInteger, { length: 2 }));

/** Images in another size. */
export const resize = /* @__PURE__ */ unary(
  "image.Resize",
  (x, options) => {
    const [target_height, target_width] = options.size as readonly [number, number];
    const format = options.data_format;
    const target = { height: target_height, width: target_width };
    let images = asOperand(x);
    const own = dtypeOf(images);
    if (options.crop_to_aspect_ratio && options.pad_to_aspect_ratio) {
      throw new ShapeError("image", "expected crop_to_aspect_ratio or pad_to_aspect_ratio, received both.");
    }
    if (options.crop_to_aspect_ratio) images = cropped(images, target, format);
    else if (options.pad_to_aspect_ratio) images = padded(images, target, format, options.fill_value);
    const numbers = options.interpolation === "nearest" ? images : asFloat(images);
    const { height, width } = axesOf(numbers, format);
    const rows = resized(numbers, height, target_height, options.interpolation, options.antialias);
    const result = resized(rows, width, target_width, options.interpolation, options.antialias);
    const rounded = isFloat(own) || !isFloat(dtypeOf(result)) ? result : prim("round", [result]);
    return asResult(asDType(rounded, own));
  },
  () => ({
    size: aSize(),
    interpolation: choice("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5")("bilinear"),
    antialias: bool(false),
    crop_to_aspect_ratio: bool(false, { since: "3.3" }),
    pad_to_aspect_ratio: bool(false, { since: "3.3" }),
    fill_mode: choice("constant")("constant", { since: "3.3" }),
    fill_value: float(0, { since: "3.3" }),
    data_format: dataFormat(),
  }),
  CALL,
);

/** From how many numbers behind an axis on it stays where it is, as rows of so many can be multiplied well. */
const fewest = 16;

function resized(
  images: Operand,
  axis: number,
  to: number,
  interpolation: Interpolation,
  antialias: boolean,
): Operand {
  const from = dimension(images, axis);
  if (from === to) return images;
  if (from === 0) {
    throw new ShapeError(
      "image",
      `expected images that have pixels, received shape ${formatShape(images.shape)}.`,
    );
  }
  if (interpolation === "nearest") return gatherPrim("gather", [images, placesOf(from, to)], { axis });
  const dtype = dtypeOf(images);
  const weights =
    typeof from === "number"
      ? resizeWeights(from, to, interpolation, antialias, dtype)
      : openWeights({ ...stretched(from, to), method: interpolation, antialias }, dtype);
  const sizes = dimensions(images);
  const rest = product(sizes.slice(axis + 1));
  if (typeof rest !== "number" || rest >= fewest) {
    const flat = reshapeTo(images, [product(sizes.slice(0, axis)), from, rest]);
    sizes[axis] = to;
    return reshapeTo(prim("matmul", [transpose(weights) as Numeric, flat]), sizes);
  }
  const behind = moveaxis(images, { source: axis, destination: -1 });
  return moveaxis(prim("matmul", [behind, weights]), { source: -1, destination: axis });
}

/** Which pixel is the nearest to each of the result. */
function placesOf(from: Dimension, to: number): Numeric {
  if (typeof from === "number") {
    const place = (i: number) => Math.floor(((i + 0.5) * from) / to);
    return made("resize", [to], "int32", () => Array.from({ length: to }, (_, i) => place(i)));
  }
  const middles = made("resize", [to], "float32", () => Array.from({ length: to }, (_, i) => i + 0.5));
  const scaled = prim("mul", [middles, asDType(from, "float32")]);
  return asDType(prim("floor", [prim("div", [scaled, asDType(to, "float32")])]), "int32");
}

/** From a size that is known only when a program runs. */
function stretched(from: Numeric, to: number): Pick<Stretch, "from" | "to" | "scale" | "translation"> {
  const scale = prim("div", [asDType(to, "float32"), asDType(from, "float32")]);
  return { from, to, scale, translation: asDType(0, "float32") };
}
