export { circle } from "./circle.ts";
export {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  sparseCategoricalCrossentropy,
} from "./crossentropy.ts";
export { ctc } from "./ctc.ts";
export { categoricalGeneralizedCrossEntropy } from "./generalized.ts";
export { categoricalHinge, hinge, squaredHinge } from "./hinge.ts";
export { dice, tversky } from "./overlap.ts";
export {
  cosineSimilarity,
  huber,
  klDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
} from "./regression.ts";
