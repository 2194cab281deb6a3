export { Conv1D, Conv2D, Conv3D } from "./conv.ts";
export { Conv1DTranspose, Conv2DTranspose, Conv3DTranspose } from "./conv-transpose.ts";
export { DepthwiseConv1D, DepthwiseConv2D } from "./depthwise-conv.ts";
export { SeparableConv1D, SeparableConv2D } from "./separable-conv.ts";
