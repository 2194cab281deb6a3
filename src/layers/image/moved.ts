import { type Affine, type AffineOptions, transformed } from "../../ops/image/affine.ts";
import { inChannelsLast } from "../../ops/window.ts";
import type { Numeric } from "../../program/emit.ts";
import type { Change } from "./change.ts";
import type { RandomImageLayer } from "./image-layer.ts";

/** What layers have that move images. */
type Moving = RandomImageLayer & AffineOptions;

/** Images moved in the plane as a layer's options say, masks so that no value comes up that was not there. */
export function moved(layer: Moving, affine: Affine): Pick<Change, "images" | "masks"> {
  const { data_format, fill_mode, fill_value } = layer;
  const by = (images: Numeric, interpolation: AffineOptions["interpolation"]) =>
    inChannelsLast(images, data_format, (batch) =>
      transformed(batch, affine, { interpolation, fill_mode, fill_value }),
    );
  return {
    images: (images) => by(layer.computed(images), layer.interpolation),
    masks: (masks) => by(masks, "nearest"),
  };
}
