export { affineTransform } from "./affine.ts";
export { gaussianBlur, sobelEdges } from "./blur.ts";
export { hsvToRgb, rgbToGrayscale, rgbToHsv } from "./colors.ts";
export { cropImages, padImages } from "./edges.ts";
export { mapCoordinates } from "./map-coordinates.ts";
export { extractPatches } from "./patches.ts";
export { perspectiveTransform } from "./perspective.ts";
export { resize } from "./resize.ts";
