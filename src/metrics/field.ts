import type { AnyTruthFunction } from "../losses/function.ts";
import { familyOf, type Identifier, type NamesOf } from "../registry/family.ts";
import { type MemberClass, objectsOf } from "../registry/members.ts";
import * as classes from "./classes.ts";
import { MeanMetricWrapper } from "./mean-metric-wrapper.ts";
import { Metric } from "./metric.ts";

const aliases = {
  bce: "BinaryCrossentropy",
  BCE: "BinaryCrossentropy",
  mse: "MeanSquaredError",
  MSE: "MeanSquaredError",
  mae: "MeanAbsoluteError",
  MAE: "MeanAbsoluteError",
  mape: "MeanAbsolutePercentageError",
  MAPE: "MeanAbsolutePercentageError",
  msle: "MeanSquaredLogarithmicError",
  MSLE: "MeanSquaredLogarithmicError",
};

/** The names of Keras's metrics. */
export type MetricName = NamesOf<typeof classes> | keyof typeof classes | keyof typeof aliases;

/** What stands for a metric: its name (`"accuracy"`), an instance, a class, a function, an envelope. */
export type MetricLike = Identifier<Metric, MetricName> | AnyTruthFunction;

const family = /* @__PURE__ */ familyOf<"metric", MetricLike, Metric>({
  kind: "metric",
  expected: "a metric, the name of one, or a function",
  classes: { ...classes, MeanMetricWrapper } as unknown as Readonly<Record<string, MemberClass<Metric>>>,
  aliases,
  members: objectsOf(Metric, "update", (fn, name) => new MeanMetricWrapper({ fn, name })),
});

/** A field that holds a metric or null. */
export const metric = family.field;

/**
 * The metric that an identifier stands for; null for null. A function becomes the mean of what it gives.
 *
 * @example
 * const metric = getMetric("accuracy");
 */
export const getMetric = family.get;
