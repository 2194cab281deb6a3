import { ConfigError } from "../errors.ts";
import type { Kind } from "../fields/kinds.ts";
import type { JsonObject } from "../json/json.ts";
import { asDType, isOperand, type OperandLike } from "../ops/operands.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { copyObject } from "../registry/configurable.ts";
import { ENVELOPE, objectKind } from "../registry/object-field.ts";
import { OpaqueObject } from "../registry/opaque.ts";
import { isClass } from "../registry/registry.ts";
import { serialize } from "../registry/serialize.ts";
import { LearningRateSchedule } from "./schedules/learning-rate-schedule.ts";

/** A function that gives the learning rate whenever it is asked. */
export type RateFunction = () => OperandLike;

/** What options take for a learning rate: a number, a schedule, the envelope of one, or a function. */
export type LearningRateLike =
  | number
  | LearningRateSchedule
  | RateFunction
  | OpaqueObject
  | Readonly<JsonObject>;

/** What an optimizer holds of it: a number is rounded to float32, as its variable is. */
export type LearningRate = number | LearningRateSchedule | RateFunction | OpaqueObject;

const aChangingRate = objectKind("learning_rate", "a number, a schedule or a function", isChangingRate);

export const aLearningRate: Kind<LearningRateLike, LearningRate> = {
  ...aChangingRate,
  schema: { anyOf: [{ type: "number" }, ENVELOPE] },
  float: true,
  parse: (input, problems) =>
    typeof input === "number" ? Math.fround(input) : aChangingRate.parse(input, problems),
  toJson: serialize,
  copy: (rate) => (rate instanceof LearningRateSchedule ? copyObject(rate) : rate),
};

function isChangingRate(value: unknown): value is Exclude<LearningRate, number> {
  if (typeof value === "function") return !isClass(value);
  return value instanceof LearningRateSchedule || value instanceof OpaqueObject;
}

/** The learning rate of a step, where it is no variable. */
export function rateAt(rate: Exclude<LearningRate, number>, step: Operand, path: string): Numeric {
  if (rate instanceof OpaqueObject) throw rate.unusable(`${path}.learning_rate`);
  if (rate instanceof LearningRateSchedule) return rate.call(step);
  const given: unknown = rate();
  if (typeof given === "number" || isOperand(given)) return asDType(given, "float32") as Numeric;
  throw new ConfigError(`${path}.learning_rate`, "expected a function that gives a number or a tensor.");
}
