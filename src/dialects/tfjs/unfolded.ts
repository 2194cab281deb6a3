import { unfolds } from "../unfolded.ts";

/**
 * What `unfold` writes out for TensorFlow.js: whole layers that it lacks, or those of which it lacks some values of a key.
 * What refuses them stands above what writes them out; a test compares the two.
 */
export const unfoldedForTfjs: Readonly<Record<string, "whole" | readonly string[]>> = {
  Attention: "whole",
  BatchNormalization: ["axis"],
  Conv1D: ["padding"],
  Conv1DTranspose: "whole",
  Cropping1D: "whole",
  DepthwiseConv1D: "whole",
  ELU: ["alpha"],
  EinsumDense: "whole",
  GlobalAveragePooling1D: ["keepdims"],
  GlobalAveragePooling2D: ["keepdims"],
  GlobalAveragePooling3D: "whole",
  GlobalMaxPooling1D: ["keepdims"],
  GlobalMaxPooling2D: ["keepdims"],
  GlobalMaxPooling3D: "whole",
  MultiHeadAttention: "whole",
  SeparableConv1D: "whole",
  Softmax: ["axis"],
  Subtract: "whole",
  UpSampling1D: "whole",
  ZeroPadding1D: "whole",
};

/** What an error says behind a layer that is refused, or a value of one of its keys. */
export function tfjsHelpFor(className: string, key?: string): string {
  // Which function it calls is another question.
  if (className === "TFOpLambda") return ' "--unfold" (unfold: true) writes arithmetic and activations out.';
  const found = Object.hasOwn(unfoldedForTfjs, className) ? unfoldedForTfjs[className] : undefined;
  if (found === undefined) return "";
  const isIt = key === undefined ? found === "whole" : found !== "whole" && found.includes(key);
  return isIt ? unfolds : "";
}
