import type { RevivableClass } from "../registry/registry.ts";
import * as named from "./classes.ts";
import { MeanMetricWrapper } from "./mean-metric-wrapper.ts";

export {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalHinge,
  hinge,
  huber,
  klDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
  sparseCategoricalCrossentropy,
  squaredHinge,
} from "../losses/functions/index.ts";
export * from "./classes.ts";
export { getMetric, type MetricLike, type MetricName, metric } from "./field.ts";
export {
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  topKCategoricalAccuracy,
} from "./functions/accuracy.ts";
export { concordanceCorrelation, cosineSimilarity, pearsonCorrelation } from "./functions/correlation.ts";
export { MeanMetricWrapper, type MeanMetricWrapperOptions } from "./mean-metric-wrapper.ts";
export {
  defineMetric,
  Metric,
  type MetricClassOptions,
  type MetricVariableOptions,
  type UpdateOptions,
} from "./metric.ts";

/** Every metric class of Keras, for a registry. */
export const classes: readonly RevivableClass[] = /* @__PURE__ */ Object.values({
  ...named,
  MeanMetricWrapper,
}) as readonly RevivableClass[];
