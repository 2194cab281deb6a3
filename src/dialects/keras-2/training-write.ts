import { inspect } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark, markFloat } from "../../json/marks.ts";
import { isDict, picked, without } from "../change.ts";
import type { Lacks } from "../lacks.ts";
import { type Dialect, isOlder } from "../version.ts";
import { writeCompile } from "./compile-write.ts";
import { replaced } from "./entries.ts";
import { hasNewOptimizers, isScaling } from "./optimizers-write.ts";
import { isOwn, nameWritten } from "./registered.ts";
import { runKeys } from "./training.ts";

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
const silent = ["ema_momentum", "ema_overwrite_frequency", "jit_compile"];

/**
 * How a model was compiled, of what Keras 3 says, as HDF5 files of a version say it (`training_config`); null where it is left
 * out, as its optimizer is one that the version lacks.
 */
export function writeTraining(compiled: JsonObject, dialect: Dialect, lacks: Lacks): JsonObject | null {
  const written = isOlder(dialect) ? writeCompile(compiled, { dialect, lacks }) : compiled;
  if (!written) return null;
  const {
    loss = null,
    metrics = null,
    weighted_metrics = null,
    loss_weights = null,
    optimizer = null,
  } = written;
  const config = hasNewOptimizers(dialect) ? newOptimizer(optimizer, dialect) : optimizerOf(optimizer, lacks);
  if (config === undefined) return null;
  const training: JsonObject = isOlder(dialect)
    ? {
        loss: plain(loss, fileKeys),
        metrics: plain(metrics),
        weighted_metrics: plain(weighted_metrics),
        loss_weights,
        optimizer_config: config,
      }
    : {
        loss: plain(loss),
        loss_weights,
        metrics: plain(metrics),
        weighted_metrics: plain(weighted_metrics),
        ...picked(written, runKeys),
        optimizer_config: config,
      };
  mark(training);
  return training;
}

/** In Keras 2 their names come from a registry, but for one that scales the loss. */
function newOptimizer(optimizer: JsonValue, dialect: Dialect): JsonValue {
  if (!isDict(optimizer) || !isDict(optimizer.config)) return optimizer;
  const { class_name: name = null, config } = optimizer;
  if (isOwn(optimizer)) return { class_name: nameWritten(optimizer), config };
  return { class_name: isOlder(dialect) && !isScaling(name) ? `Custom>${name}` : name, config };
}

/** An optimizer as TensorFlow 2.9 says it; undefined where it is left out. */
function optimizerOf(optimizer: JsonValue, lacks: Lacks): JsonValue | undefined {
  if (!isDict(optimizer) || !isDict(optimizer.config)) return optimizer;
  const { class_name: name } = optimizer;
  if (isOwn(optimizer)) return { class_name: nameWritten(optimizer), config: optimizer.config };
  const config = withRate(optimizer.config);
  if (name === "LossScaleOptimizer") {
    const inner = optimizerOf(config.inner_optimizer!, lacks);
    return inner && { class_name: name, config: { ...config, inner_optimizer: inner } };
  }
  const keys = typeof name === "string" && Object.hasOwn(optimizers, name) ? optimizers[name] : undefined;
  if (keys === undefined) {
    const known = Object.keys(optimizers).join(", ");
    const message = `expected an optimizer of TensorFlow 2.9 (${known}), received ${inspect(name)}.`;
    return lacks.say("compile_config.optimizer", message, true) ? undefined : optimizer;
  }
  const written: JsonObject = {};
  copyMarks(config, written);
  written.name = config.name ?? name!;
  for (const key of rest.split(" ")) if (config[key] != null) written[key] = config[key];
  for (const key of keys.split(" ").slice(1)) written[key] = config[key] ?? (key === "decay" ? 0 : null);
  if (typeof written.decay === "number") markFloat(written, "decay");
  for (const [key, value] of Object.entries(config)) {
    if (Object.hasOwn(written, key) || value === null || value === false || silent.includes(key)) continue;
    if (key === "weight_decay" && value === 0) continue;
    lacks.say(
      `compile_config.optimizer.${key}`,
      `expected null, because TensorFlow 2.9 has no such option, received ${inspect(value)}.`,
      true,
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

/** What losses say in `.keras` files of Keras 2 alone. */
const fileKeys = ["fn"];

/** Losses and metrics by their class and config alone, without some keys of that; functions by their names. */
function plain(value: JsonValue, left: readonly string[] = []): JsonValue {
  return replaced(value, (part) => {
    if (!isDict(part) || !("class_name" in part && "config" in part)) return undefined;
    if (!isDict(part.config)) return part.config ?? null;
    return { class_name: nameWritten(part), config: isOwn(part) ? part.config : without(part.config, left) };
  });
}
