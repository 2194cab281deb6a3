import { ShapeError } from "../errors.ts";
import { choice, positiveInt } from "../fields/shorthands.ts";
import { unary } from "./define.ts";
import { type Dimension, dimensions, reshapeTo } from "./dimensions.ts";
import { permute } from "./moving.ts";
import { type OperandLike, rankOf } from "./operands.ts";

const blockFields = () => ({
  /** How many rows and columns a block has. */
  block_size: positiveInt(),
  /** Whether channels are the last axis or the second. Defaults to "channels_last". */
  data_format: choice("channels_last", "channels_first")("channels_last"),
});

/** Channels become blocks of rows and columns: images grow by `block_size`, channels get fewer. */
export const depthToSpace = /* @__PURE__ */ unary(
  "nn.DepthToSpace",
  (x, { block_size: block, data_format }) => {
    const { isFirst, batch, height, width, channels } = imageOf("depthToSpace", x, data_format);
    const fewer = divided("depthToSpace", "channels", channels, block * block);
    const [rows, columns] = [times(height, block), times(width, block)];
    if (isFirst) {
      const parts = reshapeTo(x, [batch, fewer, block, block, height, width]);
      return reshapeTo(permute(parts, [0, 1, 4, 2, 5, 3]), [batch, fewer, rows, columns]);
    }
    const parts = reshapeTo(x, [batch, height, width, block, block, fewer]);
    return reshapeTo(permute(parts, [0, 1, 3, 2, 4, 5]), [batch, rows, columns, fewer]);
  },
  blockFields,
);

/** Blocks of rows and columns become channels: images shrink by `block_size`, channels get more. */
export const spaceToDepth = /* @__PURE__ */ unary(
  "nn.SpaceToDepth",
  (x, { block_size: block, data_format }) => {
    const { isFirst, batch, height, width, channels } = imageOf("spaceToDepth", x, data_format);
    const rows = divided("spaceToDepth", "rows", height, block);
    const columns = divided("spaceToDepth", "columns", width, block);
    const more = times(channels, block * block);
    if (isFirst) {
      const parts = reshapeTo(x, [batch, channels, rows, block, columns, block]);
      return reshapeTo(permute(parts, [0, 1, 3, 5, 2, 4]), [batch, more, rows, columns]);
    }
    const parts = reshapeTo(x, [batch, rows, block, columns, block, channels]);
    return reshapeTo(permute(parts, [0, 1, 3, 2, 4, 5]), [batch, rows, columns, more]);
  },
  blockFields,
);

/** The sizes of images. */
function imageOf(where: string, x: OperandLike, format: "channels_last" | "channels_first") {
  const isFirst = format === "channels_first";
  const [batch, one, two, three] = dimensions(x);
  if (batch === undefined || one === undefined || two === undefined || three === undefined || rankOf(x) > 4)
    throw new ShapeError(where, `expected images of 4 dimensions, received ${rankOf(x)}.`);
  return isFirst
    ? { isFirst, batch, height: two, width: three, channels: one }
    : { isFirst, batch, height: one, width: two, channels: three };
}

function divided(where: string, what: string, size: Dimension, by: number): number {
  if (typeof size === "number" && size % by === 0) return size / by;
  const received = typeof size === "number" ? size : "None";
  throw new ShapeError(where, `expected a number of ${what} that ${by} divides, received ${received}.`);
}

function times(size: Dimension, factor: number): number {
  return typeof size === "number" ? size * factor : -1;
}
