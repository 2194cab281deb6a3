import { dtypeOf } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { fromNumbers } from "../../tensor/create.ts";
import { dataFormat } from "../convolution.ts";
import { unary } from "../define.ts";
import { asDType, asFloat, asOperand, rankOf } from "../operands.ts";
import { axesOf, CALL } from "./axes.ts";

/** The brightness of images with red, green and blue channels; one channel is left. */
export const rgbToGrayscale = /* @__PURE__ */ unary(
  "image.RGBToGrayscale",
  (x, { data_format }) => {
    const images = asFloat(x);
    const { channels } = axesOf(images, data_format);
    const shape = Array.from({ length: rankOf(images) }, (_, i) => (i === channels ? 3 : 1));
    const factors = fromNumbers(dtypeOf(images), shape, [0.2989, 0.587, 0.114]);
    const gray = prim("reduce_sum", [prim("mul", [images, factors])], { axes: [channels], keepdims: true });
    return asDType(gray, dtypeOf(asOperand(x)));
  },
  () => ({ data_format: dataFormat() }),
  CALL,
);
