import { describe, expect, it } from "vitest";
import { builtins } from "../../builtins.ts";
import { useReference } from "../../engines/reference/index.ts";
import { tensor } from "../../engines/tensor.ts";
import { deserialize } from "../../registry/deserialize.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Input } from "../core/input-layer.ts";
import {
  AugMix,
  CutMix,
  MixUp,
  RandAugment,
  RandomColorDegeneration,
  RandomColorJitter,
  RandomCrop,
  RandomElasticTransform,
  RandomFlip,
  RandomGrayscale,
  RandomHue,
  RandomSaturation,
} from "./index.ts";

useReference();

const images = tensor([[[[1], [2]]]]);
const boxes = tensor([[[0, 0, 1, 1]]]);
const labels = tensor([[7]]);

describe("what a layer of images is given", () => {
  const flip = new RandomFlip({ name: "flip" });
  const cases: [given: object, message: string][] = [
    [
      { labels },
      'layer "flip": expected an image, of rank 3, or a batch of images, of rank 4, received undefined.',
    ],
    [
      { images: labels },
      'layer "flip": expected an image, of rank 3, or a batch of images, of rank 4, received shape (1, 1).',
    ],
    [
      { images, labels: { a: labels } },
      'layer "flip": expected labels to be a tensor, received { a: Tensor }.',
    ],
    [
      { images, bounding_boxes: boxes },
      'layer "flip": expected bounding_boxes to be a dict of boxes and labels, received Tensor.',
    ],
    [
      { images, bounding_boxes: { boxes, labels } },
      'layer "flip": expected a bounding_box_format for bounding_boxes, received null. Give the layer one, such as { bounding_box_format: "xyxy" }.',
    ],
  ];
  it.each(cases)("%#", (given, message) => {
    expect(() => flip.apply(given as never)).toThrow(message);
  });

  it("boxes for what cannot move them", () => {
    const layer = new RandomElasticTransform({ name: "elastic", bounding_box_format: "xyxy" });
    expect(() => layer.apply({ images, bounding_boxes: { boxes, labels } }, { training: true })).toThrow(
      'layer "elastic": expected no bounding_boxes, which it cannot move, received some.',
    );
  });

  it("masks of integers for what draws in their dtype", () => {
    const layer = new RandomElasticTransform({ name: "elastic" });
    const masks = tensor(Int32Array.of(0, 1), { shape: [1, 1, 2, 1] });
    expect(() => layer.apply({ images, segmentation_masks: masks }, { training: true })).toThrow(
      'layer "elastic": expected images and segmentation_masks of a float dtype, in which it draws, received int32.',
    );
  });

  it("an unknown format of boxes, which a config may have until they come", () => {
    expect(() => new RandomFlip({ bounding_box_format: "xyxz" })).toThrow(
      /^RandomFlip\.bounding_box_format: expected one of "xyxy", .* received "xyxz"\. Did you mean "xyxy"\?$/,
    );
    const config = { name: "flip", bounding_box_format: "xyz" };
    const layer = deserialize(
      { module: "keras.layers", class_name: "RandomFlip", config, registered_name: null },
      { registry: builtins },
    ) as RandomFlip;
    expect(() => layer.apply({ images, bounding_boxes: { boxes, labels } }, { training: true })).toThrow(
      'layer "flip": expected a bounding_box_format that is one of xyxy, yxyx, xywh, center_xywh, center_yxhw, rel_xyxy, rel_yxyx, rel_xywh, rel_center_xywh, received "xyz".',
    );
  });
});

describe("parts of too few images", () => {
  const two = tensor(new Float32Array(4), { shape: [2, 1, 2, 1] });
  const mixing = [new MixUp({ name: "mix" }), new CutMix({ name: "mix" })];
  const one = tensor([[1, 0]], { dtype: "float32" });
  it.each(mixing)("are no parts of %s", (layer) => {
    const say = (part: string, shape: string) =>
      `layer "mix": expected ${part} for each of the images, 2, received shape ${shape}.`;
    const apply = (parts: object) => () =>
      layer.apply({ images: two, ...parts } as never, { training: true });
    expect(apply({ labels: one })).toThrow(say("labels", "(1, 2)"));
    expect(apply({ labels: tensor(1) })).toThrow(say("labels", "()"));
    expect(apply({ segmentation_masks: images })).toThrow(say("segmentation_masks", "(1, 1, 2, 1)"));
  });

  it("and masks without channels are none of AugMix", () => {
    const layer = new AugMix({ name: "mix" });
    const masks = tensor([[[1, 2]]]);
    expect(() => layer.apply({ images, segmentation_masks: masks }, { training: true })).toThrow(
      'layer "mix": expected segmentation_masks with channels, as the images have, received shape (1, 1, 2).',
    );
  });
});

it("leaves the dict as it was, and what it does not know in it", () => {
  const given = { images, labels, of: { camera: labels } };
  const crop = new RandomCrop({ height: 1, width: 1 });
  const result = crop.apply<Record<string, Tensor>>(given, { training: false });
  expect(Object.keys(result)).toEqual(["images", "labels", "of"]);
  expect(result.of).toEqual(given.of);
  expect(given.images).toBe(images);
  expect(result.images!.shape).toEqual([1, 1, 1, 1]);
});

describe("changes of colors, of images without three channels", () => {
  const layers = [
    new AugMix(),
    new RandAugment(),
    new RandomColorJitter({ hue_factor: 0.2, saturation_factor: 0.2 }),
    new RandomColorDegeneration({ factor: 0.2 }),
    new RandomGrayscale({ factor: 1 }),
    new RandomHue({ factor: 0.2 }),
    new RandomSaturation({ factor: 0.2 }),
  ];
  it.each(layers)("%s passes them on", (layer) => {
    expect(layer.apply(Input({ shape: [4, 5, 2] })).shape).toEqual([null, 4, 5, 2]);
    const given = tensor(new Float32Array(40).fill(0.5), { shape: [1, 4, 5, 2] });
    expect(layer.apply<Tensor>(given, { training: false }).toArray()).toEqual(given.toArray());
  });

  it.each(layers.slice(3))("%s says in training what it wants", (layer) => {
    const given = tensor(new Float32Array(40).fill(0.5), { shape: [1, 4, 5, 2] });
    expect(() => layer.apply(given, { training: true })).toThrow("three channels");
  });
});
