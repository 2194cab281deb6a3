import { ShapeError } from "../../errors.ts";
import { isDict, type Nested } from "../../graph/nested.ts";
import { inspect } from "../../json/inspect.ts";
import { asDType, isOperand } from "../../ops/operands.ts";
import { expandDims, squeeze } from "../../ops/reshaping.ts";
import type { Numeric } from "../../program/emit.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { Boxes } from "./boxes/boxes.ts";
import type { Changer } from "./change.ts";

/** What a layer of images is given: images, or a dict of them and of what belongs to them. */
export type ImageData = Nested<Numeric>;

type Parts = Readonly<Record<string, ImageData | undefined>>;

/** Images, alone or in a dict, and what belongs to them there, as a layer changes them: batches, or one of each. */
export function changedParts(layer: Changer, data: ImageData, training: boolean): ImageData {
  const parts: Parts = isDict(data) ? data : { images: data as Numeric };
  const images = imagesOf(layer, parts.images);
  const isOne = images.shape.length === 3;
  const inBatch = (part: Numeric) => (isOne ? expandDims(part, { axis: 0 }) : part);
  const out = (part: Numeric) => (isOne ? squeeze(part, { axis: 0 }) : part);
  const change = layer.change(inBatch(images), training);
  const applied = (part: Numeric, to: ((batch: Numeric) => Numeric) | undefined) =>
    to ? out(to(inBatch(part))) : part;
  const result = applied(images, change.images);
  if (!isDict(data)) return result;
  const changed: Record<string, ImageData> = { ...(data as Record<string, ImageData>), images: result };
  const { labels, segmentation_masks: masks, bounding_boxes: boxes } = parts;
  if (labels !== undefined) changed.labels = applied(aTensor(layer, "labels", labels), change.labels);
  if (masks !== undefined)
    changed.segmentation_masks = applied(aTensor(layer, "segmentation_masks", masks), change.masks);
  if (boxes !== undefined) {
    const given = boxesOf(layer, boxes);
    const batch = { boxes: inBatch(given.boxes), labels: inBatch(given.labels) };
    const moved = change.boxes ? change.boxes(batch) : batch;
    changed.bounding_boxes = { ...given, boxes: out(moved.boxes), labels: out(moved.labels) };
  }
  return changed;
}

/** Whether a layer is given one image, and no batch of them. */
export function isOneImage(data: ImageData): boolean {
  const images: unknown = isDict(data) ? data.images : data;
  return isOperand(images) && images.shape.length === 3;
}

function imagesOf(layer: Changer, images: unknown): Numeric {
  const expected = "an image, of rank 3, or a batch of images, of rank 4";
  if (!isOperand(images)) throw layer.problem(`expected ${expected}, received ${inspect(images)}.`);
  const rank = images.shape.length;
  if (rank === 3 || rank === 4) return images as Numeric;
  throw layer.problem(`expected ${expected}, received shape ${formatShape(images.shape)}.`, ShapeError);
}

/** A part that has something for each of a batch of images, as far as that is known. */
export function forEachOf(images: Numeric, layer: Changer, part: string, given: Numeric): Numeric {
  const [count] = images.shape;
  const [rows] = given.shape;
  if (rows === count || rows === null || (rows !== undefined && typeof count !== "number")) return given;
  throw layer.problem(
    `expected ${part} for each of the images, ${count ?? "None"}, received shape ${formatShape(given.shape)}.`,
    ShapeError,
  );
}

function aTensor(layer: Changer, part: string, given: unknown): Numeric {
  if (isOperand(given)) return given as Numeric;
  throw layer.problem(`expected ${part} to be a tensor, received ${inspect(given)}.`);
}

function boxesOf(layer: Changer, given: ImageData): Boxes {
  if (!isDict(given) || !("boxes" in given && "labels" in given)) {
    const expected = "bounding_boxes to be a dict of boxes and labels";
    throw layer.problem(`expected ${expected}, received ${inspect(given)}.`);
  }
  if (layer.bounding_box_format === null) {
    const help = 'Give the layer one, such as { bounding_box_format: "xyxy" }.';
    throw layer.problem(`expected a bounding_box_format for bounding_boxes, received null. ${help}`);
  }
  const boxes = aTensor(layer, "bounding_boxes.boxes", given.boxes);
  return {
    ...given,
    boxes: asDType(boxes, "float32"),
    labels: aTensor(layer, "bounding_boxes.labels", given.labels),
  };
}
