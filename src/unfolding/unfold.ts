import { askedDialect } from "../dialects/version.ts";
import { older } from "../dialects/walk.ts";
import { type Issue, ModelError } from "../errors.ts";
import { checkOptions, isCallback } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { knowOlderLayers } from "../layers/tf-keras/know.ts";
import { Model } from "../models/model.ts";
import { type GraphModel, isGraphModel, isStackModel, type StackModel } from "../models/plain-class.ts";
import { olderReader } from "./rows.ts";
import { tensorflowJs } from "./tensorflow-js/index.ts";
import { tensorflowCalls } from "./tensorflow-js/tensorflow-calls.ts";
import { Unfolder } from "./unfolder.ts";
import type { Reader } from "./unfolding.ts";

/** What {@link unfold} takes. */
export interface UnfoldOptions {
  /** The version of Keras that is to have all of it, such as `"3.3"` or `"2.9"`. */
  readonly keras?: string | null | undefined;
  /** `"tfjs"` in place of `keras`: what TensorFlow.js 4.22 is to have all of. */
  readonly to?: "tfjs" | null | undefined;
  /** `"fresh"` leaves the new model's weights as they are initialized. Defaults to `"copy"`: those of the model. */
  readonly weights?: "fresh" | "copy" | null | undefined;
  /** Told of each layer and operation what stands for it now. */
  readonly onNotice?: ((notice: Issue) => void) | null | undefined;
}

/**
 * A model like another one, in which what a version of Keras, or TensorFlow.js, does not have is written out with what it
 * has. It computes the same outside of training, to some 1e-6 in float32, and has the weights of the other one: those in
 * front of a `hard_sigmoid`, which was another function in Keras 2, are multiplied by what tells the two apart. Training
 * goes other ways from there, as the steps of an optimizer are no larger for larger weights; what an optimizer had learned
 * does not come along.
 *
 * Layers become operations, and layers that hold their weights; in a Sequential they become a small model of the layer's
 * name. For TensorFlow.js they become layers: a MultiHeadAttention is a Dense, Dot and Softmax for each head, `x + y` an Add.
 * Layers that only draw in training stay: leave them out where that is over. What else cannot be written out stays,
 * too, and is refused when the model is written for that version: operations hand no masks on, so that none stands where
 * one goes on. Throws a {@link ModelError} where the model is not built, or is neither Functional nor Sequential.
 *
 * @example
 * const model = new Sequential([Input({ shape: [4] }), new RMSNormalization()]);
 * const older = unfold(model, { keras: "3.3" });
 * const there = unfold(older, { to: "tfjs" });
 */
export function unfold<M extends Model>(model: M, options: UnfoldOptions): M {
  if (!(model instanceof Model)) fail(`expected a model, received ${inspect(model)}.`);
  checkOptions("unfold", options, { keras: true, to: true, weights: true, onNotice: true }, ModelError);
  const { keras, to, weights, onNotice } = options;
  if (onNotice != null && !isCallback(onNotice))
    fail(`expected onNotice to be a function, received ${inspect(onNotice)}.`);
  if (![undefined, null, "fresh", "copy"].includes(weights))
    fail(`expected weights to be "fresh" or "copy", received ${inspect(weights)}.`);
  if (![undefined, null, "tfjs"].includes(to))
    throw new ModelError("unfold.to", `expected "tfjs", received ${inspect(to)}.`);
  if (keras != null && to != null) fail(`expected keras or to, received both, ${inspect({ keras, to })}.`);
  knowOlderLayers();
  const readers =
    to === "tfjs"
      ? [tensorflowCalls, tensorflowJs, olderReader(tensorflowJs.dialect)]
      : [olderReader(askedDialect("unfold.keras", keras, older.written))];
  if (!isGraphModel(model) && !isStackModel(model))
    fail(`expected a Functional or Sequential model, received ${inspect(model)}.`);
  if (!model.built)
    fail(
      `expected a model that is built, received ${inspect(model)}. Call it first, or give it an input shape.`,
    );
  let unfolded: Model = model;
  for (const reader of readers) unfolded = unfoldFor(unfolded as GraphModel | StackModel, reader, options);
  return unfolded as M;
}

function unfoldFor(
  model: GraphModel | StackModel,
  reader: Reader,
  { weights, onNotice }: UnfoldOptions,
): Model {
  const unfolder = new Unfolder(model, reader);
  const unfolded = unfolder.unfold(model);
  if (weights !== "fresh") unfolder.copyWeights(unfolded);
  for (const notice of unfolder.notices) onNotice?.(notice);
  return unfolded;
}

function fail(message: string): never {
  throw new ModelError("unfold", message);
}
