import { copyEntry } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { picked } from "../change.ts";
import type { Dialect } from "../version.ts";

const moments = "beta_1 beta_2 epsilon";
const ftrl =
  "learning_rate_power initial_accumulator_value l1_regularization_strength l2_regularization_strength l2_shrinkage_regularization_strength beta";

/** What optimizers of Keras 2.15 say behind what they all say, in its order. */
const own: Readonly<Record<string, string>> = {
  Adadelta: "rho epsilon",
  Adafactor: "beta_2_decay epsilon_1 epsilon_2 clip_threshold relative_step",
  Adagrad: "initial_accumulator_value epsilon",
  Adam: `${moments} amsgrad`,
  AdamW: `${moments} amsgrad`,
  Adamax: moments,
  Ftrl: ftrl,
  Lion: "beta_1 beta_2",
  Nadam: moments,
  RMSprop: "rho momentum epsilon centered",
  SGD: "momentum nesterov",
};

const shared =
  "name weight_decay clipnorm global_clipnorm clipvalue use_ema ema_momentum ema_overwrite_frequency jit_compile is_legacy_optimizer learning_rate";

const scale = ["initial_scale", "dynamic_growth_steps"];

/** What Keras 3 does not say, or says of how it computes. */
const unsaid: JsonObject = { jit_compile: false, is_legacy_optimizer: false };

/** The first version whose optimizers are those of Keras 3. */
const firstOfNewOptimizers: Dialect = 211;

/** Whether a version has optimizers as Keras 3 has them. */
export function hasNewOptimizers(dialect: Dialect): boolean {
  return dialect >= firstOfNewOptimizers;
}

/** What scales the loss around such an optimizer, as no version but these calls it. */
const scaling: JsonObject = {
  module: "keras.src.mixed_precision.loss_scale_optimizer",
  class_name: "LossScaleOptimizerV3",
  registered_name: "LossScaleOptimizerV3",
};

/** Whether it is the name of that. */
export function isScaling(className: JsonValue): boolean {
  return className === scaling.class_name;
}

/** The envelope of an optimizer under the names that a version has for it. */
export function named(envelope: JsonObject, dialect: Dialect): JsonObject {
  const scales = envelope.class_name === "LossScaleOptimizer" && hasNewOptimizers(dialect);
  return scales ? { ...envelope, ...scaling } : envelope;
}

/** Whether Keras 2 has an optimizer of this class. */
export function hasOptimizer(className: JsonValue | undefined): boolean {
  return className === "LossScaleOptimizer" || Object.hasOwn(own, String(className));
}

/** The config of an optimizer of Keras 3 as Keras 2.15 writes it. What that has no word for must say nothing. */
export function writeOptimizer(
  config: JsonObject,
  className: string,
  refuse: (key: string, expected: string, value: JsonValue, droppable: boolean) => void,
): JsonObject {
  if (className === "LossScaleOptimizer")
    return { ...picked(config, ["inner_optimizer"]), dynamic: true, ...picked(config, scale) };
  // How the model was compiled says so.
  if (!Object.hasOwn(own, className)) return config;
  const result: JsonObject = {};
  copyMarks(config, result);
  for (const key of `${shared} ${own[className]}`.split(" "))
    if (Object.hasOwn(unsaid, key)) result[key] = unsaid[key]!;
    else if (Object.hasOwn(config, key)) copyEntry(config, result, key);
  for (const key of Object.keys(config))
    if (!Object.hasOwn(result, key) && config[key] !== null)
      refuse(key, "null, because Keras 2 has no such option", config[key]!, true);
  return result;
}
