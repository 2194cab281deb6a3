import { integerOrList, nullable, optional, required } from "../fields/kinds.ts";
import { choice } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { windowPrim } from "../program/rules/window.ts";
import { dataFormat } from "./convolution.ts";
import { unary } from "./define.ts";
import { broadcastTo, dimensions } from "./dimensions.ts";
import { lowest } from "./lowest.ts";
import { asDType, asFloat, asOperand } from "./operands.ts";
import { type DataFormat, inChannelsLast, type PaddingName, stepsOf, withPadding } from "./window.ts";

const poolFields = () => ({
  /** Size of the window: one number for all dimensions, or one for each. */
  pool_size: required(integerOrList),
  /** Steps from one window to the next: one number, or one for each dimension. Defaults to `pool_size`. */
  strides: optional(nullable(integerOrList), null),
  /** `"valid"`: only whole windows; `"same"`: padded, so that each stride has a window. Defaults to "valid". */
  padding: choice("valid", "same")("valid"),
  /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
  data_format: dataFormat(),
});

interface PoolOptions {
  readonly pool_size: number | readonly number[];
  /** Defaults to the window. */
  readonly strides: number | readonly number[] | null;
  readonly padding: PaddingName;
  readonly data_format: DataFormat | null;
}

const CALL = { tensors: ["inputs"] };

/** The largest of each window. */
export const maxPool = /* @__PURE__ */ unary(
  "nn.MaxPool",
  (x, options) => pool("max_pool", asOperand(x), options),
  poolFields,
  CALL,
);

/** The mean of each window; padding is not counted. */
export const averagePool = /* @__PURE__ */ unary(
  "nn.AveragePool",
  (x, options) => pool("avg_pool", asFloat(x), options),
  poolFields,
  CALL,
);

function pool(which: "max_pool" | "avg_pool", x: Operand, options: PoolOptions): Numeric {
  return inChannelsLast(x, options.data_format, (image) => {
    const spatial = image.shape.length - 2;
    const window = stepsOf("pool_size", options.pool_size, spatial);
    const strides = stepsOf("strides", options.strides ?? window, spatial);
    const spans = window.map((extent, i) => ({ extent, stride: strides[i]! }));
    const run = (input: Operand, fill: number) => {
      const { x: padded, padding } = withPadding(input, options.padding, spans, fill);
      return {
        result: windowPrim(which, [padded], { window, strides, padding }),
        isPadded: padded !== input,
      };
    };
    if (which === "max_pool") return run(image, lowest(dtypeOf(image))).result;
    const { result, isPadded } = run(image, 0);
    if (!isPadded) return result;
    const counted = run(broadcastTo(asDType(1, dtypeOf(image)), dimensions(image)), 0).result;
    return prim("div", [result, counted]);
  });
}
