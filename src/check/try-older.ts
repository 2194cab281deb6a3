import type { Model } from "../models/model.ts";
import type { ByteSource } from "../saving/byte-source.ts";
import type { LoadModelOptions } from "../saving/load-options.ts";
import { bytesPerElement } from "../tensor/dtype.ts";
import { sizeOf } from "../tensor/shape.ts";
import type { Facts, Looked } from "./context.ts";
import { describe, tryModel } from "./try-model.ts";
import type { TensorsReport, WeightsReport } from "./weights-report.ts";

/** What is known of a file once its model was made. */
export type OlderFacts = Pick<Facts, "isWhole" | "model">;

/** Makes the model of a file that is no `.keras` file, which takes as much as it does where it is loaded. */
export async function tryOlder(
  looked: Looked,
  read: (source: ByteSource, options: LoadModelOptions) => Promise<Model>,
): Promise<OlderFacts & { readonly weights: WeightsReport | null }> {
  const { source, name, limits, customObjects } = looked;
  const { model, isKnown } = await tryModel(looked, (onUnknown) =>
    read(source, { name, limits, customObjects, onUnknown }),
  );
  if (!model) return { isWhole: false, model: null, weights: null };
  return { isWhole: isKnown, model: describe(model), weights: weightsOf(model) };
}

/** How much a model has of weights, none of which is read for it. */
function weightsOf(model: Model): WeightsReport {
  const layers = { tensors: 0, parameters: 0, bytes: 0 };
  for (const { shape, dtype } of model.weights) {
    const count = sizeOf(shape);
    layers.tensors++;
    layers.parameters += count;
    layers.bytes += count * bytesPerElement(dtype);
  }
  return { layers, optimizer: none, seeds: none };
}

const none: TensorsReport = { tensors: 0, parameters: 0, bytes: 0 };
