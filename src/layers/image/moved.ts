import type { Affine, AffineOptions } from "../../ops/image/affine.ts";
import { transformed } from "../../ops/image/affine.ts";
import { inChannelsLast } from "../../ops/window.ts";
import type { Numeric } from "../../program/emit.ts";
import type { DataFormat } from "../data-format.ts";

/** What layers have that move images. */
interface Moving extends AffineOptions {
  readonly data_format: DataFormat;
}

/** A batch of images moved in the plane, as a layer's options say. */
export function moved(images: Numeric, affine: Affine, layer: Moving): Numeric {
  return inChannelsLast(images, layer.data_format, (batch) => transformed(batch, affine, layer));
}
