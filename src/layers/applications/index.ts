// What the architectures of keras.applications have of their own.
export { CustomScaleLayer, type CustomScaleLayerOptions } from "./custom-scale-layer.ts";
export { LayerScale, type LayerScaleOptions } from "./layer-scale.ts";
export { StochasticDepth, type StochasticDepthOptions } from "./stochastic-depth.ts";
