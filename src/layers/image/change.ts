import type { ShapeError } from "../../errors.ts";
import type { Numeric } from "../../program/emit.ts";
import { isAbstract } from "../../program/value.ts";
import type { Boxes } from "./boxes/boxes.ts";

/**
 * What a layer does to a batch of images, and to what belongs to them: decided, or drawn, once for all of it. What is
 * left out stays as it is.
 */
export interface Change {
  readonly images: (images: Numeric) => Numeric;
  /** What images show: a number or a row for each. */
  readonly labels?: (labels: Numeric) => Numeric;
  readonly boxes?: (boxes: Boxes) => Boxes;
  /** What each pixel shows: images again. */
  readonly masks?: (masks: Numeric) => Numeric;
}

/** What decides a change: a layer of images, as far as its call needs it. */
export interface Changer {
  readonly bounding_box_format: string | null;
  change(images: Numeric, training: boolean): Change;
  problem(message: string, kind?: typeof ShapeError): Error;
}

/**
 * What a change of colors gives that images need three channels for: where only a shape is asked for, the images, whatever
 * their channels, since who never trains passes them on.
 */
export function recolored(images: Numeric, change: (images: Numeric) => Numeric): Numeric {
  return isAbstract(images) ? images : change(images);
}
