import type { OptionsOf } from "../fields/field.ts";
import { optional } from "../fields/kinds.ts";
import { functionLoss } from "./function-loss.ts";
import {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  binaryFocalFields,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalFocalFields,
  crossentropyFields,
  sparseCategoricalCrossentropy,
  sparseFields,
} from "./functions/crossentropy.ts";
import { aShare, categoricalGeneralizedCrossEntropy } from "./functions/generalized.ts";
import type { LossClassOptions } from "./loss.ts";

/** What the crossentropies take. */
export interface CrossentropyOptions extends LossClassOptions, OptionsOf<typeof crossentropyFields> {}

/**
 * How unlikely truths, 0 or 1, are by the probabilities predicted.
 *
 * @example
 * const loss = new BinaryCrossentropy({ from_logits: true }).apply(tensor([[0], [1]]), tensor([[-18.6], [2.94]]));
 */
export class BinaryCrossentropy extends functionLoss(
  "BinaryCrossentropy",
  binaryCrossentropy,
  crossentropyFields,
)<CrossentropyOptions> {}

/** How unlikely the true classes, as probabilities along an axis, are by those predicted. */
export class CategoricalCrossentropy extends functionLoss(
  "CategoricalCrossentropy",
  categoricalCrossentropy,
  crossentropyFields,
)<CrossentropyOptions> {}

/** What {@link SparseCategoricalCrossentropy} takes. */
export interface SparseCategoricalCrossentropyOptions
  extends LossClassOptions,
    OptionsOf<typeof sparseFields> {}

/** How unlikely the true classes, as numbers from 0, are by the probabilities predicted. No config says `axis`. */
export class SparseCategoricalCrossentropy extends functionLoss(
  "SparseCategoricalCrossentropy",
  sparseCategoricalCrossentropy,
  sparseFields,
  { unsaid: ["axis"] },
)<SparseCategoricalCrossentropyOptions> {}

/** What {@link BinaryFocalCrossentropy} takes. */
export interface BinaryFocalCrossentropyOptions
  extends LossClassOptions,
    OptionsOf<typeof binaryFocalFields> {}

/** The binary crossentropy in which what is predicted well counts less. */
export class BinaryFocalCrossentropy extends functionLoss(
  "BinaryFocalCrossentropy",
  binaryFocalCrossentropy,
  binaryFocalFields,
)<BinaryFocalCrossentropyOptions> {}

/** What {@link CategoricalFocalCrossentropy} takes. */
export interface CategoricalFocalCrossentropyOptions
  extends LossClassOptions,
    OptionsOf<typeof categoricalFocalFields> {}

/** The crossentropy of classes in which those that are predicted well count less. */
export class CategoricalFocalCrossentropy extends functionLoss(
  "CategoricalFocalCrossentropy",
  categoricalFocalCrossentropy,
  categoricalFocalFields,
)<CategoricalFocalCrossentropyOptions> {}

const generalizedFields = {
  /** Between 0 and 1: the nearer to 0, the more like a crossentropy; to 1, like an absolute error. Defaults to 0.5. */
  q: optional(aShare, 0.5),
};

/** What {@link CategoricalGeneralizedCrossEntropy} takes. */
export interface CategoricalGeneralizedCrossEntropyOptions
  extends LossClassOptions,
    OptionsOf<typeof generalizedFields> {}

/** `(1 − p^q) / q` of the probability of the true class, for labels of which some are wrong. Came with Keras 3.10. */
export class CategoricalGeneralizedCrossEntropy extends functionLoss(
  "CategoricalGeneralizedCrossEntropy",
  categoricalGeneralizedCrossEntropy,
  generalizedFields,
)<CategoricalGeneralizedCrossEntropyOptions> {}
