import { inspect } from "../../json/inspect.ts";
import type { JsonObject } from "../../json/json.ts";
import { copyMarks, isFloat, markFloat } from "../../json/marks.ts";
import { isDict, without } from "../change.ts";
import type { OldConfig } from "./old-config.ts";
import { optimizerNamed } from "./registered.ts";

const any = () => true;

/** What Keras 2 took where it was given no epsilon. */
const EPSILON = 1e-7;

/** Of every optimizer. */
export const optimizer: OldConfig = {
  renamed: { lr: "learning_rate" },
  gone: { is_legacy_optimizer: any, jit_compile: any },
  values: { epsilon: (value) => value ?? EPSILON },
  whole: (config, { className }) => readRate(config, className),
};

export const lossScale: OldConfig = {
  gone: { dynamic: (value) => value === true || "true" },
};

/**
 * An optimizer that scales the loss, under the name that it has now. Where the scale never changes, it is an option of the
 * optimizer inside.
 */
export function readLossScale(envelope: JsonObject): JsonObject {
  const { class_name: name, config: said } = envelope;
  if (typeof name !== "string" || !/^LossScaleOptimizer(?:V\d)?$/.test(name) || !isDict(said))
    return envelope;
  const config = withInner(said);
  const { inner_optimizer: inner, dynamic } = config;
  if (dynamic === false && isDict(inner) && isDict(inner.config)) {
    const own = { ...inner.config, loss_scale_factor: config.initial_scale ?? null };
    copyMarks(inner.config, own);
    if (isFloat(config, "initial_scale")) markFloat(own, "loss_scale_factor");
    return { module: "keras.optimizers", registered_name: null, ...inner, config: own };
  }
  const named = { class_name: "LossScaleOptimizer", module: "keras.optimizers", registered_name: null };
  return { ...envelope, config, ...named };
}

/** With the optimizer inside under the name that it has now. */
function withInner(config: JsonObject): JsonObject {
  const { inner_optimizer: inner } = config;
  if (!isDict(inner) || typeof inner.class_name !== "string" || !inner.class_name.includes(">"))
    return config;
  const result = { ...config, inner_optimizer: { ...inner, ...optimizerNamed(inner.class_name, 2) } };
  copyMarks(config, result);
  copyMarks(inner, result.inner_optimizer);
  return result;
}

/** The learning rate of an optimizer of Keras 2; null where it is another one at each step. */
export function rateIn(config: JsonObject, className: string): number | null {
  const { learning_rate, lr = learning_rate } = config;
  const { learning_rate: rate } = readRate({ ...config, learning_rate: lr! }, className);
  return typeof rate === "number" ? rate : null;
}

/** Why the config of an optimizer of Keras 2 is none of Keras 3: a schedule cannot be made smaller with each step; null: it is not why. */
export function scheduleThatDecays({ learning_rate: rate, decay }: JsonObject): string | null {
  if (!isDict(rate) || typeof decay !== "number" || decay === 0) return null;
  return `expected a learning_rate that is a number beside decay ${decay}, received ${inspect(rate.class_name)}.`;
}

/** Losses that left it to the strategy how they are added up take the mean. */
export const loss: OldConfig = {
  values: { reduction: (value) => (value === "auto" ? "sum_over_batch_size" : value) },
};

/** Schedules that nobody named have the name of their class. */
export const schedule: OldConfig = { gone: { name: (value) => value === null } };

/** What is a constant of Nadam in Keras 3; it made no learning rate smaller. */
const ofNadam = ["decay", "schedule_decay"];

/** A `decay` that is not 0 makes the learning rate smaller with each step: today a schedule says that. */
function readRate(config: JsonObject, className: string): JsonObject {
  if (className === "Nadam") return ofNadam.some((key) => key in config) ? without(config, ofNadam) : config;
  const { decay, learning_rate: rate } = config;
  if (decay === undefined) return config;
  const result = without(config, ["decay"]);
  if (decay === 0) return result;
  if (typeof decay !== "number" || typeof rate !== "number") return config;
  const schedule = {
    initial_learning_rate: rate,
    decay_steps: 1,
    decay_rate: decay,
    staircase: false,
  };
  markFloat(schedule, "initial_learning_rate");
  markFloat(schedule, "decay_rate");
  result.learning_rate = {
    module: "keras.optimizers.schedules",
    class_name: "InverseTimeDecay",
    config: schedule,
    registered_name: null,
  };
  return result;
}
