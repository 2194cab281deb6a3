/** How boxes are given: in pixels, or with `rel_` as shares of the image. */
export const boxFormats = [
  "xyxy",
  "yxyx",
  "xywh",
  "center_xywh",
  "center_yxhw",
  "rel_xyxy",
  "rel_yxyx",
  "rel_xywh",
  "rel_center_xywh",
] as const;

/** One of the {@link boxFormats}. */
export type BoxFormat = (typeof boxFormats)[number];
