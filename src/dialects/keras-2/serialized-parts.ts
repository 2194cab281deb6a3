import type { JsonObject, JsonValue } from "../../json/json.ts";
import { isDict } from "../change.ts";

/** An object in the config of another; null for one that Keras makes an envelope of, and then leaves out. */
type Part = JsonObject | null;

const bias = ["bias_initializer", "bias_regularizer", "bias_constraint"] as const;
const depths = ["depthwise_initializer", "depthwise_regularizer", "depthwise_constraint"];
const points = ["pointwise_initializer", "pointwise_regularizer", "pointwise_constraint"];

/** The keys of a SeparableConv that it writes itself, in its order; those of a Conv it writes as one, again. */
const separable = [0, 1, 2].flatMap((i) => [depths[i]!, points[i]!, bias[i]!]);

/** Classes whose `get_config` begins with what every layer says. */
const beginsWithBase: ReadonlySet<string> = new Set(["Dense", "TimeDistributed"]);

const recurrent = /^(?:LSTM|GRU|SimpleRNN|ConvLSTM[123]D)$/;

/**
 * The objects in a layer's config in the order in which Keras 2.9 serializes them: a recurrent layer those of its cell once
 * more, a layer that extends another what that one says, too. Source: `get_config` of Keras 2.9's layers.
 */
export function partsOf(className: string, config: JsonObject): readonly Part[] {
  const at = (keys: readonly string[]) => keys.flatMap((key) => objectsIn(config[key]));
  const dtype = at(["dtype"]);
  const [start, penalty, limit] = bias;
  if (/^Separable/.test(className)) {
    const own = at(separable.toSpliced(6, 0, "activity_regularizer"));
    return [...own, ...at(["kernel_initializer", start, penalty, "activity_regularizer", limit]), ...dtype];
  }
  if (/^Depthwise/.test(className))
    return [null, ...at([start, penalty, "activity_regularizer", limit]), ...dtype, ...at(depths)];
  const own = Object.keys(config).filter((key) => key !== "dtype" && key !== "backward_layer");
  const parts = at(own);
  if (recurrent.test(className)) {
    const inCell = at(own.filter((key) => key !== "activity_regularizer"));
    return [...parts, ...inCell, ...dtype, null, ...dtype];
  }
  return beginsWithBase.has(className) ? [...dtype, ...parts] : [...parts, ...dtype];
}

function objectsIn(value: JsonValue | undefined): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isDict(value) && "class_name" in value ? [value] : [];
}
