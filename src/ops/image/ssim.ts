import { ShapeError } from "../../errors.ts";
import type { ValuesOf } from "../../fields/field.ts";
import { float, positiveInt } from "../../fields/shorthands.ts";
import { dtypeOf, type Numeric } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { formatShape } from "../../tensor/shape.ts";
import { dataFormat } from "../convolution.ts";
import { type BinaryOp, binary } from "../define.ts";
import { reshapeTo } from "../dimensions.ts";
import { asDType, asOperand, asResult, floatDType, rankOf } from "../operands.ts";
import { expandDims, squeeze } from "../reshaping.ts";
import { inChannelsLast } from "../window.ts";
import { filtered, normal } from "./blur.ts";

const ssimFields = () => ({
  /** The largest value that a pixel can have. Defaults to 1. */
  max_val: float(1),
  /** The size of what is compared around each pixel. Defaults to 11. */
  filter_size: positiveInt(11),
  /** The standard deviation of how much pixels count there. Defaults to 1.5. */
  filter_sigma: float(1.5),
  /** Keeps results steady where images are dark. Defaults to 0.01. */
  k1: float(0.01),
  /** Keeps results steady where images are even. Defaults to 0.03. */
  k2: float(0.03),
  /** Where the channels are: `"channels_first"` is before height and width. Defaults to "channels_last". */
  data_format: dataFormat(),
});

type Fields = ReturnType<typeof ssimFields>;

/** How like two images, or batches of images, are by structure: 1 for equal ones, a number for each. Of the newest Keras. */
export const ssim: BinaryOp<Fields> = /* @__PURE__ */ binary<Fields>(
  "image.SSIM",
  (x1, x2, options: ValuesOf<Fields>) => {
    const own = dtypeOf(asOperand(x1));
    const [one, other] = [x1, x2].map((x) => asResult(asDType(asOperand(x), floatDType(own)))) as [
      Numeric,
      Numeric,
    ];
    const rank = rankOf(one);
    if ((rank !== 3 && rank !== 4) || rankOf(other) !== rank) {
      const received = `${formatShape(one.shape)} and ${formatShape(other.shape)}`;
      throw new ShapeError("image", `expected two images, or two batches of images, received ${received}.`);
    }
    const likeness = (a: Numeric, b: Numeric) => asDType(likenessOf(a, b, options), own);
    if (rank === 4) return likeness(one, other);
    const [a, b] = [expandDims(one, { axis: 0 }), expandDims(other, { axis: 0 })];
    return squeeze(likeness(a, b), { axis: 0 });
  },
  ssimFields,
  { tensors: ["image1", "image2"] },
);

const add = (a: Numeric, b: Numeric) => prim("add", [a, b]);
const sub = (a: Numeric, b: Numeric) => prim("sub", [a, b]);
const mul = (a: Numeric, b: Numeric) => prim("mul", [a, b]);

/** Of two batches of images, a number for each pair. */
function likenessOf(one: Numeric, other: Numeric, options: ValuesOf<Fields>): Numeric {
  const dtype = dtypeOf(one);
  const constant = (value: number) => asDType(value, dtype);
  const { filter_size: size, max_val: most } = options;
  const row = normal(size, constant(options.filter_sigma));
  const factors = mul(reshapeTo(row, [size, 1]), reshapeTo(row, [1, size]));
  const around = (x: Numeric) =>
    inChannelsLast(x, options.data_format, (batch) => filtered(batch, factors, "valid"));
  const [mean1, mean2] = [around(one), around(other)];
  const [square1, square2, both] = [mul(mean1, mean1), mul(mean2, mean2), mul(mean1, mean2)];
  const spread1 = sub(around(mul(one, one)), square1);
  const spread2 = sub(around(mul(other, other)), square2);
  const together = sub(around(mul(one, other)), both);
  const [c1, c2] = [options.k1, options.k2].map((k) => constant((k * most) ** 2)) as [Numeric, Numeric];
  const twice = (x: Numeric) => mul(constant(2), x);
  const above = mul(add(twice(both), c1), add(twice(together), c2));
  const below = mul(add(add(square1, square2), c1), add(add(spread1, spread2), c2));
  return prim("reduce_mean", [prim("div", [above, below])], { axes: [1, 2, 3], keepdims: false });
}
