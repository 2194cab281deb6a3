import type { Format } from "./format.ts";

/** What a model computes, for ONNX Runtime and others. */
export const onnx: Format = { extensions: [".onnx"], kind: null };
