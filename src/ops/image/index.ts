export { affineTransform } from "./affine.ts";
export { rgbToGrayscale } from "./colors.ts";
export { cropImages, padImages } from "./edges.ts";
export { mapCoordinates } from "./map-coordinates.ts";
export { resize } from "./resize.ts";
