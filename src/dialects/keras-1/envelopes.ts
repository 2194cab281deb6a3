import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { isDict } from "../change.ts";
import { isMergedStack, readMergedStack } from "./merged-stack.ts";
import { ownAt } from "./own-at.ts";

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
  const now = name === "Merge" ? mergeIn(config) : ownAt(names, name);
  if (now === undefined) return envelope;
  const result = { ...envelope, class_name: now };
  copyMarks(envelope, result);
  return result;
}

/** A Merge by a function, which was written as Python's bytecode or by its name, is a Lambda of several inputs. */
function mergeIn(config: JsonValue | undefined): string | undefined {
  const { mode, mode_type: type } = isDict(config) ? config : {};
  if (type === "lambda" || type === "function") return "Lambda";
  return typeof mode === "string" ? ownAt(merges, mode) : undefined;
}
