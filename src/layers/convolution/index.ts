import type { RevivableClass } from "../../registry/registry.ts";
import { Conv1D, Conv2D, Conv3D } from "./conv.ts";
import { Conv1DTranspose, Conv2DTranspose, Conv3DTranspose } from "./conv-transpose.ts";
import { DepthwiseConv1D, DepthwiseConv2D } from "./depthwise-conv.ts";
import { SeparableConv1D, SeparableConv2D } from "./separable-conv.ts";

export {
  Conv1D,
  Conv1DTranspose,
  Conv2D,
  Conv2DTranspose,
  Conv3D,
  Conv3DTranspose,
  DepthwiseConv1D,
  DepthwiseConv2D,
  SeparableConv1D,
  SeparableConv2D,
};

/** The convolutions, for a registry. */
export const convolutionLayers: readonly RevivableClass[] = [
  Conv1D,
  Conv1DTranspose,
  Conv2D,
  Conv2DTranspose,
  Conv3D,
  Conv3DTranspose,
  DepthwiseConv1D,
  DepthwiseConv2D,
  SeparableConv1D,
  SeparableConv2D,
];
