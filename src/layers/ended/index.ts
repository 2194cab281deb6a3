// Layers of tf.keras 2 that Keras 3 no longer has.
export { AddLoss, type AddLossOptions, AddMetric, type AddMetricOptions } from "./added.ts";
export {
  LocallyConnected1D,
  type LocallyConnected1DOptions,
  LocallyConnected2D,
  type LocallyConnected2DOptions,
} from "./locally-connected.ts";
export {
  RandomHeight,
  type RandomHeightOptions,
  RandomWidth,
  type RandomWidthOptions,
} from "./random-size.ts";
export {
  SlicingOpLambda,
  type SlicingOpLambdaOptions,
  TensorFlowOpLayer,
  type TensorFlowOpLayerOptions,
  TFOpLambda,
  type TFOpLambdaOptions,
} from "./tensorflow/op-layers.ts";
export { ThresholdedReLU, type ThresholdedReLUOptions } from "./thresholded-relu.ts";
