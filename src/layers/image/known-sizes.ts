import { ShapeError } from "../../errors.ts";
import type { Numeric } from "../../program/emit.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { ImageLayer } from "./image-layer.ts";

/** Height and width of a batch of images, where they must be known. */
export function knownSizes(layer: ImageLayer, images: Numeric): [height: number, width: number] {
  const [height, width] = layer.spatial.map((axis) => images.shape[axis]);
  if (typeof height === "number" && typeof width === "number") return [height, width];
  const received = formatShape(images.shape);
  throw layer.problem(
    `expected images whose height and width are known, received shape ${received}.`,
    ShapeError,
  );
}
