import { type End, ended } from "../../dialects/keras-2/ended.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { aString, nullable, optional } from "../../fields/kinds.ts";
import { bool } from "../../fields/shorthands.ts";
import type { Nested } from "../../graph/nested.ts";
import { structure, takes } from "../../graph/signature.ts";
import type { Operand } from "../../program/emit.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";

const passesOn = takes("inputs", { inputs: structure() });

const lossFields = {
  /** Whether it counts also where the model's inputs are others. Defaults to false. */
  unconditional: bool(false),
};

/** What {@link AddLoss} takes. */
export interface AddLossOptions extends LayerOptions, OptionsOf<typeof lossFields> {}

/**
 * Stands for `model.add_loss(tensor)` of tf.keras: passes the tensor on, which training adds to the loss. Not in Keras 3.
 * Source: tf.keras 2.9 `engine/base_layer.py`.
 */
export class AddLoss extends kerasLayer("AddLoss", lossFields, passesOn)<AddLossOptions> {
  static override readonly isBuiltAtOnce = true;
  static override readonly end: End = ended(
    "Layers of Keras 3 add losses when they are called; leave it out, as it only passes on.",
  );

  override call(x: Nested<Operand>): Nested<Operand> {
    return x;
  }
}

const metricFields = {
  /** What becomes of it over batches: `"mean"`, or null where that is up to the metric. Defaults to null. */
  aggregation: optional(nullable(aString), null),
  /** What the metric is called. Defaults to null. */
  metric_name: optional(nullable(aString), null),
};

/** What {@link AddMetric} takes. */
export interface AddMetricOptions extends LayerOptions, OptionsOf<typeof metricFields> {}

/**
 * Stands for `model.add_metric(tensor)` of tf.keras: passes the tensor on, which training shows. Not in Keras 3.
 * Source: tf.keras 2.9 `engine/base_layer.py`.
 */
export class AddMetric extends kerasLayer("AddMetric", metricFields, passesOn)<AddMetricOptions> {
  static override readonly isBuiltAtOnce = true;
  static override readonly end: End = ended(
    "Models of Keras 3 get their metrics when they are compiled; leave it out, as it only passes on.",
  );

  override call(x: Nested<Operand>): Nested<Operand> {
    return x;
  }
}
