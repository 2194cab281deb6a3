import type { JsonValue } from "../../json/json.ts";
import type { Dialect } from "../version.ts";

/** An option of a loss or metric. */
export interface CompiledKey {
  readonly key: string;
  /** The first version that takes it. */
  readonly since: Dialect;
  /** With which value it says nothing to a version that does not; undefined where none does. */
  readonly silent: JsonValue | undefined;
}

const entropy = "from_logits label_smoothing axis";
const counts = "thresholds";
const iou = "num_classes ignore_class=null@210";

/**
 * What losses of Keras 2 take beside name and reduction; `key@version` came with that one, and `key=value` says nothing to
 * those before. Harvested from TensorFlow 2.9 to 2.15.
 */
const losses: Readonly<Record<string, string>> = {
  BinaryCrossentropy: entropy,
  BinaryFocalCrossentropy: `apply_class_balancing=false@210 alpha=0.25@210 gamma ${entropy}`,
  CategoricalCrossentropy: entropy,
  "CategoricalFocalCrossentropy@213": `alpha gamma ${entropy}`,
  CategoricalHinge: "",
  CosineSimilarity: "axis",
  Hinge: "",
  Huber: "delta",
  KLDivergence: "",
  LogCosh: "",
  MeanAbsoluteError: "",
  MeanAbsolutePercentageError: "",
  MeanSquaredError: "",
  MeanSquaredLogarithmicError: "",
  Poisson: "",
  SparseCategoricalCrossentropy: "from_logits ignore_class=null@210 axis=-1@300",
  SquaredHinge: "",
};

/** The same of metrics, beside name and dtype. */
const metrics: Readonly<Record<string, string>> = {
  AUC: "num_thresholds curve summation_method thresholds multi_label num_labels label_weights from_logits",
  Accuracy: "",
  BinaryAccuracy: "threshold",
  BinaryCrossentropy: "from_logits label_smoothing",
  BinaryIoU: "target_class_ids threshold",
  CategoricalAccuracy: "",
  CategoricalCrossentropy: "from_logits label_smoothing axis=-1@210",
  CategoricalHinge: "",
  CosineSimilarity: "axis",
  "F1Score@213": "average threshold",
  "FBetaScore@213": "average beta threshold",
  FalseNegatives: counts,
  FalsePositives: counts,
  Hinge: "",
  IoU: `${iou} target_class_ids sparse_y_true=true@210 sparse_y_pred=true@210 axis=-1@210`,
  KLDivergence: "",
  LogCoshError: "",
  Mean: "",
  MeanAbsoluteError: "",
  MeanAbsolutePercentageError: "",
  MeanIoU: `${iou} sparse_y_true=true@210 sparse_y_pred=true@210 axis=-1@210`,
  MeanMetricWrapper: "fn",
  MeanRelativeError: "normalizer",
  MeanSquaredError: "",
  MeanSquaredLogarithmicError: "",
  MeanTensor: "shape",
  OneHotIoU: `${iou} target_class_ids sparse_y_pred=false@210 axis=-1@210`,
  OneHotMeanIoU: `${iou} sparse_y_pred=false@210 axis=-1@210`,
  Poisson: "",
  Precision: "thresholds top_k class_id",
  PrecisionAtRecall: "recall num_thresholds class_id",
  "R2Score@213": "class_aggregation num_regressors",
  Recall: "thresholds top_k class_id",
  RecallAtPrecision: "precision num_thresholds class_id",
  RootMeanSquaredError: "",
  SensitivityAtSpecificity: "specificity num_thresholds class_id",
  SparseCategoricalAccuracy: "",
  SparseCategoricalCrossentropy: "from_logits ignore_class=null@210 axis",
  SparseTopKCategoricalAccuracy: "k from_sorted_ids=false@300",
  SpecificityAtSensitivity: "sensitivity num_thresholds class_id",
  SquaredHinge: "",
  Sum: "",
  TopKCategoricalAccuracy: "k",
  TrueNegatives: counts,
  TruePositives: counts,
};

/** What can be in the parts of how a model is compiled. */
export type CompiledKind = "loss" | "metric";

/** The parts that have losses and metrics in them. */
export const compiledParts: Readonly<Record<string, CompiledKind>> = {
  loss: "loss",
  metrics: "metric",
  weighted_metrics: "metric",
};

/** A class of losses or metrics. */
export interface CompiledClass {
  readonly since: Dialect;
  readonly keys: readonly CompiledKey[];
}

const first: Dialect = 209;
const tables: Readonly<Record<CompiledKind, ReadonlyMap<string, CompiledClass>>> = {
  // Files of their own say the function of a loss, too.
  loss: read(losses, "name reduction fn"),
  metric: read(metrics, "name dtype"),
};

/** What a class of Keras 2 takes; undefined where it has none of this name. */
export function compiledClass(kind: CompiledKind, className: string): CompiledClass | undefined {
  return tables[kind].get(className);
}

/** The classes that came with a version, of one kind. */
export function compiledClassesSince(kind: CompiledKind, version: Dialect): string[] {
  return [...tables[kind]].flatMap(([name, { since }]) => (since === version ? [name] : []));
}

/** Names by which losses and metrics are asked for, and which no Keras 2 knows. */
export const unknownNames: Readonly<Record<CompiledKind, ReadonlySet<string>>> = {
  loss: new Set(["categorical_generalized_cross_entropy", "circle", "ctc", "dice", "tversky"]),
  metric: new Set(["concordance_correlation", "pearson_correlation"]),
};

function read(table: Readonly<Record<string, string>>, shared: string): ReadonlyMap<string, CompiledClass> {
  return new Map(
    Object.entries(table).map(([named, own]) => {
      const [name = "", since = first] = named.split("@");
      const keys = `${shared} ${own}`.split(" ").filter(Boolean).map(keyIn);
      return [name, { since: Number(since), keys }] as const;
    }),
  );
}

function keyIn(text: string): CompiledKey {
  const [said = "", since = first] = text.split("@");
  const [key = "", value] = said.split("=");
  return { key, since: Number(since), silent: value === undefined ? undefined : JSON.parse(value) };
}
