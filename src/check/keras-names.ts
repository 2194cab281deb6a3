const optimizers =
  "Adadelta Adafactor Adagrad Adam AdamW Adamax Ftrl Lamb Lion LossScaleOptimizer MultiOptimizer Muon Nadam " +
  "RMSprop SGD ScheduleFreeAdamW";

/** Optimizers that were an experiment in TensorFlow 2.9 and 2.10 are registered there as if they were somebody's own. */
const experimental = optimizers.replaceAll(/\w+/g, "Custom>$&");

/** Classes that a config may name without a module, as Keras 2 does, and that this package does not have itself. */
const classes: ReadonlySet<string> = new Set(
  // losses
  (
    "BinaryCrossentropy BinaryFocalCrossentropy CTC CategoricalCrossentropy CategoricalFocalCrossentropy " +
    "CategoricalGeneralizedCrossEntropy CategoricalHinge Circle CosineSimilarity Dice Hinge Huber KLDivergence " +
    "LogCosh LossFunctionWrapper MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError " +
    "MeanSquaredLogarithmicError Poisson SparseCategoricalCrossentropy SquaredHinge Tversky " +
    // metrics
    "AUC Accuracy BinaryAccuracy BinaryIoU CategoricalAccuracy ConcordanceCorrelation F1Score FBetaScore " +
    "FalseNegatives FalsePositives IoU LogCoshError Mean MeanIoU MeanMetricWrapper MeanRelativeError MeanTensor " +
    "OneHotIoU OneHotMeanIoU PearsonCorrelation Precision PrecisionAtRecall R2Score Recall RecallAtPrecision " +
    "RootMeanSquaredError SensitivityAtSpecificity SparseCategoricalAccuracy SparseTopKCategoricalAccuracy " +
    "SpecificityAtSensitivity Sum SumOverBatchSizeMetricWrapper TopKCategoricalAccuracy TrueNegatives TruePositives " +
    // optimizers
    `${optimizers} ${experimental} TFOptimizer ` +
    "CosineDecay CosineDecayRestarts ExponentialDecay InverseTimeDecay PiecewiseConstantDecay PolynomialDecay " +
    // what Keras 1 and 2 have elsewhere
    "AtrousConvolution1D AtrousConvolution2D Deconvolution2D Functional Merge Model Policy SeparableConvolution2D " +
    "TimeDistributedDense"
  ).split(" "),
);

/** The functions of losses and metrics. */
const functions: ReadonlySet<string> = new Set(
  (
    "BCE KLD MAE MAPE MSE MSLE acc accuracy bce binary_accuracy binary_crossentropy binary_focal_crossentropy " +
    "categorical_accuracy categorical_crossentropy categorical_focal_crossentropy " +
    "categorical_generalized_cross_entropy categorical_hinge circle concordance_correlation cosine cosine_proximity " +
    "cosine_similarity ctc dice hinge huber huber_loss kl_divergence kld kullback_leibler_divergence log_cosh logcosh " +
    "mae mape mean_absolute_error mean_absolute_percentage_error mean_squared_error mean_squared_logarithmic_error " +
    "mse msle pearson_correlation poisson sparse_categorical_accuracy sparse_categorical_crossentropy " +
    "sparse_top_k_categorical_accuracy squared_hinge top_k_categorical_accuracy tversky"
  ).split(" "),
);

/** Parts of Keras that models are made of; `""` is Keras itself. */
const families: ReadonlySet<string> = new Set(
  (
    "activations constraints distillation dtype_policies engine feature_column initializers layers losses metrics " +
    "mixed_precision models nn ops optimizers optimizer_experimental premade premade_models quantizers random " +
    "regularizers trainers"
  )
    .split(" ")
    .concat(""),
);

/** Those of them whose classes are known without looking, since what they do is no danger and is not done here. */
const unread: ReadonlySet<string> = new Set(
  "distillation losses metrics optimizers optimizer_experimental quantizers random trainers".split(" "),
);

/** Those of them that have functions which compute. */
const computing: ReadonlySet<string> = new Set(
  "activations constraints initializers losses metrics nn ops random regularizers".split(" "),
);

/** Functions in every part of Keras that make objects of what they are given. */
const makers: ReadonlySet<string> = new Set("deserialize get serialize from_config".split(" "));

/** What an envelope names of Keras: a part of it, and a name there. */
export interface KerasName {
  readonly family: string;
  readonly name: string;
}

/** Takes a module and a name apart: `keras.src.utils.file_utils`, `get_file` is `get_file` of `utils`. */
export function kerasName(module: string, name: string): KerasName {
  const steps = `${module}.${name}`.split(".").slice(1);
  const own = steps.filter((step) => !/^(?:src|api|_v[12]|_tf_keras|keras|__internal__|legacy)$/.test(step));
  return { family: own.length > 1 ? (own[0] ?? "") : "", name: own.at(-1) ?? "" };
}

export function isKnownClass(name: string): boolean {
  return classes.has(name);
}

export function isKnownFunction(name: string): boolean {
  return functions.has(name);
}

/** Whether a function only computes, so that a model may be made of it. */
export function onlyComputes({ family, name }: KerasName): boolean {
  return computing.has(family) && !makers.has(name);
}

/** Whether an object can be made of a class that a model may have. */
export function isOfModels({ family, name }: KerasName): boolean {
  return families.has(family) || name === "FeatureSpace";
}

/** Whether it is one of those whose configs nobody here reads, such as losses. */
export function isUnread({ family }: KerasName): boolean {
  return unread.has(family);
}

/** Whether a function makes objects of what it is given, or finds them. */
export function isMaker(name: string): boolean {
  return makers.has(name);
}
