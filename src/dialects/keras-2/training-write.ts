import { ConfigError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark, markFloat } from "../../json/marks.ts";
import { isDict, picked, without } from "../change.ts";
import { type Dialect, isOlder } from "../version.ts";
import { bare, eachObject } from "./compile-write.ts";

const rest = "clipnorm clipvalue global_clipnorm";

/** What optimizers of TensorFlow 2.9 say, in its order. */
const optimizers: Readonly<Record<string, string>> = {
  Adadelta: "name learning_rate decay rho epsilon",
  Adagrad: "name learning_rate decay initial_accumulator_value epsilon",
  Adam: "name learning_rate decay beta_1 beta_2 epsilon amsgrad",
  Adamax: "name learning_rate decay beta_1 beta_2 epsilon",
  Ftrl: "name learning_rate decay initial_accumulator_value learning_rate_power l1_regularization_strength l2_regularization_strength beta l2_shrinkage_regularization_strength",
  Nadam: "name learning_rate decay beta_1 beta_2 epsilon",
  RMSprop: "name learning_rate decay rho momentum epsilon centered",
  SGD: "name learning_rate decay momentum nesterov",
};

/** Options of optimizers of Keras 2.15 that change nothing as long as others are not given. */
const silent = ["ema_momentum", "jit_compile"];

/** The first version whose optimizers are those of Keras 3. */
const firstOfNewOptimizers: Dialect = 211;

/** Whether losses and metrics of a version have the options that they have in Keras 2.13. */
function hasNewOptions(dialect: Dialect): boolean {
  return dialect >= 213;
}

/** Whether a version has optimizers as Keras 3 has them. */
export function hasNewOptimizers(dialect: Dialect): boolean {
  return dialect >= firstOfNewOptimizers;
}

/**
 * How a model was compiled, of what `.keras` files of a version say (`compile_config`), as HDF5 files of it say
 * (`training_config`). Throws a ConfigError where it has no such optimizer.
 */
export function writeTraining(compiled: JsonObject, dialect: Dialect): JsonObject {
  const {
    loss = null,
    metrics = null,
    weighted_metrics = null,
    loss_weights = null,
    optimizer = null,
  } = compiled;
  const training: JsonObject = {
    loss: plain(loss, dialect),
    metrics: plain(metrics, dialect),
    weighted_metrics: plain(weighted_metrics, dialect),
    loss_weights,
    optimizer_config: hasNewOptimizers(dialect) ? newOptimizer(optimizer, dialect) : optimizerOf(optimizer),
  };
  mark(training);
  return training;
}

/** In Keras 2 their names come from a registry. */
function newOptimizer(optimizer: JsonValue, dialect: Dialect): JsonValue {
  if (!isDict(optimizer) || !isDict(optimizer.config)) return optimizer;
  const { class_name: name = null, config } = optimizer;
  return { class_name: isOlder(dialect) ? `Custom>${name}` : name, config };
}

function optimizerOf(optimizer: JsonValue): JsonValue {
  if (!isDict(optimizer) || !isDict(optimizer.config)) return optimizer;
  const { class_name: name } = optimizer;
  const config = withRate(optimizer.config);
  if (name === "LossScaleOptimizer")
    return { class_name: name, config: { ...config, inner_optimizer: optimizerOf(config.inner_optimizer!) } };
  const keys = typeof name === "string" && Object.hasOwn(optimizers, name) ? optimizers[name] : undefined;
  if (keys === undefined) {
    const help = "Load or make the model without compiling it.";
    const known = Object.keys(optimizers).join(", ");
    throw new ConfigError(
      "compile_config.optimizer",
      `expected an optimizer of TensorFlow 2.9 (${known}), received ${inspect(name)}. ${help}`,
    );
  }
  const written: JsonObject = {};
  copyMarks(config, written);
  written.name = config.name ?? name!;
  for (const key of rest.split(" ")) if (config[key] != null) written[key] = config[key];
  for (const key of keys.split(" ").slice(1)) written[key] = config[key] ?? (key === "decay" ? 0 : null);
  if (typeof written.decay === "number") markFloat(written, "decay");
  for (const [key, value] of Object.entries(config)) {
    if (Object.hasOwn(written, key) || value === null || value === false || silent.includes(key)) continue;
    throw new ConfigError(
      `compile_config.optimizer.${key}`,
      `expected null, because TensorFlow 2.9 has no such option, received ${inspect(value)}.`,
    );
  }
  return { class_name: name!, config: written };
}

/** The learning rate had a short name in the first versions. */
function withRate(config: JsonObject): JsonObject {
  const { lr, ...others } = config;
  if (lr === undefined) return config;
  const result: JsonObject = { learning_rate: lr, ...others };
  copyMarks(config, result);
  markFloat(result, "learning_rate");
  return result;
}

/** Options of losses and metrics that came after TensorFlow 2.9, by class, as long as they say nothing. */
const newer: Readonly<Record<string, JsonObject>> = {
  BinaryFocalCrossentropy: { apply_class_balancing: false, alpha: 0.25 },
  IoU: { sparse_y_true: true, sparse_y_pred: true, axis: -1 },
  MeanIoU: { sparse_y_true: true, sparse_y_pred: true, axis: -1 },
  OneHotIoU: { sparse_y_pred: false, axis: -1 },
  OneHotMeanIoU: { sparse_y_pred: false, axis: -1 },
};

/** Losses and metrics without what Keras 3 says of them beside. */
function plain(value: JsonValue, dialect: Dialect): JsonValue {
  return eachObject(value, (object) => {
    const named = picked(bare(object), ["class_name", "config"]);
    const own = newer[String(named.class_name)];
    if (!own || hasNewOptions(dialect) || !isDict(named.config)) return named;
    const { config } = named;
    const silenced = Object.keys(own).filter((key) => config[key] === own[key]);
    const result = { ...named, config: without(config, silenced) };
    copyMarks(named, result);
    return result;
  });
}
