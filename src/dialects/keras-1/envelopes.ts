import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { isDict } from "../change.ts";
import { isMergedStack, readMergedStack } from "./merged-stack.ts";

/** Layers that have another name now. */
const names: Readonly<Record<string, string>> = {
  AtrousConvolution1D: "Conv1D",
  AtrousConvolution2D: "Conv2D",
  Convolution1D: "Conv1D",
  Convolution2D: "Conv2D",
  Convolution3D: "Conv3D",
  Deconvolution2D: "Conv2DTranspose",
  SeparableConvolution2D: "SeparableConv2D",
  TimeDistributedDense: "Dense",
};

/** What a Merge is by its mode; `cos` takes two layers, see the graph. */
const merges: Readonly<Record<string, string>> = {
  ave: "Average",
  concat: "Concatenate",
  dot: "Dot",
  max: "Maximum",
  mul: "Multiply",
  sum: "Add",
};

/** An envelope of Keras 1 as Keras 2 writes it. */
export function readEnvelope(envelope: JsonObject): JsonObject {
  if (isMergedStack(envelope)) return readMergedStack(envelope);
  const { class_name: name, config } = envelope;
  if (typeof name !== "string") return envelope;
  const now = name === "Merge" ? mergeIn(config) : Object.hasOwn(names, name) ? names[name] : undefined;
  if (now === undefined) return envelope;
  const result = { ...envelope, class_name: now };
  copyMarks(envelope, result);
  return result;
}

function mergeIn(config: JsonValue | undefined): string | undefined {
  const mode = isDict(config) && config.mode_type !== "lambda" ? config.mode : undefined;
  return typeof mode === "string" && Object.hasOwn(merges, mode) ? merges[mode] : undefined;
}
