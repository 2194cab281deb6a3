import { comparable } from "../../json/comparable.ts";
import type { JsonValue } from "../../json/json.ts";

const any = () => true;
const is =
  (...values: readonly JsonValue[]) =>
  (value: JsonValue) =>
    values.some((each) => comparable(each) === comparable(value));
const ones = (value: JsonValue) => [value].flat().every((each) => each === 1);

/** Keys of Keras 3 that Keras 2 lacks, and with which values they say nothing that it does not do. */
const keys: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  // Keras 2 draws from another generator in any case.
  seed: any,
  data_format: is("channels_last"),
  dilation_rate: ones,
  value_range: is([0, 255]),
  fill_mode: any,
  fill_value: any,
  renorm_momentum: any,
  vocabulary_size: any,
  flash_attention: any,
  noise_shape: is(null),
  autocast: any,
  encoding: is("utf-8"),
  registered_name: any,
};

/** Whether a key that Keras 2 does not have for a layer changes nothing there. */
export function isSilent(key: string, value: JsonValue, className: string): boolean {
  if (value === null || value === false) return true;
  // The envelope names another class then.
  if (className === "BatchNormalization" && key === "synchronized") return true;
  if (className === "ActivityRegularization" && key === "activity_regularizer") return true;
  // Where these are options of what is drawn, they are no options of Keras 2.
  if (key.startsWith("fill_") && className !== "Resizing") return false;
  return keys[key]?.(value) ?? false;
}

/** Layers that pass on what they get in all but training. */
const forTraining = /^(?:Random|SpatialDropout|AlphaDropout$|Dropout$|Gaussian(?:Dropout|Noise)$)/;

/** Whether a key says nothing of what a layer computes when it is not trained. */
export function isForTraining(key: string, className: string): boolean {
  if (key === "activity_regularizer" || key === "quantization_config") return true;
  return forTraining.test(className) && className !== "RandomCrop";
}
