import { ShapeError } from "../../errors.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { formatShape } from "../../tensor/shape.ts";
import { rankOf } from "../operands.ts";
import { expandDims, squeeze } from "../reshaping.ts";
import type { DataFormat } from "../window.ts";

/** What an op of images calls its tensor. */
export const CALL = { tensors: ["images"] };

/** Where the axes of an image, or a batch of images, are. */
export function axesOf(
  images: Operand,
  format: DataFormat | null,
): { height: number; width: number; channels: number } {
  const rank = rankOf(images);
  if (rank !== 3 && rank !== 4) {
    throw new ShapeError(
      "image",
      `expected an image or a batch of images, received ${formatShape(images.shape)}.`,
    );
  }
  const first = rank - 3;
  return format === "channels_first"
    ? { channels: first, height: first + 1, width: first + 2 }
    : { height: first, width: first + 1, channels: first + 2 };
}

/** The size of an axis that must be known. */
export function sizeOf(images: Operand, axis: number): number {
  const size = images.shape[axis];
  if (typeof size === "number") return size;
  throw new ShapeError("image", `expected images of a known size, received ${formatShape(images.shape)}.`);
}

/** Does something to a batch of images, or to one as a batch of one. */
export function inBatch(images: Operand, body: (batch: Operand) => Numeric): Numeric {
  axesOf(images, null);
  if (rankOf(images) === 4) return body(images);
  return squeeze(body(expandDims(images, { axis: 0 })), { axis: 0 });
}
