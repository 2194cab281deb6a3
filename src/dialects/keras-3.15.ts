import type { JsonObject } from "../json/json.ts";
import { type Change, picked, type Rule } from "./change.ts";

/**
 * All layers of images say their data format, in front of what else they say; before, it stood at the end where they said it.
 * A Discretization keeps other numbers of those that it learns from.
 */
export const keras315: Change = {
  since: 315,
  configs: {
    "keras.layers>Resizing": withFormatBefore(null),
    "keras.layers>CenterCrop": withFormatBefore(null),
    "keras.layers>RandomCrop": withFormatBefore(null),
    "keras.layers>RandomFlip": withFormatBefore(null),
    "keras.layers>RandomRotation": withFormatBefore("fill_mode"),
    "keras.layers>RandomShear": withFormatBefore(null),
    "keras.layers>RandomTranslation": withFormatBefore(null),
    "keras.layers>RandomZoom": withFormatBefore(null),
    "keras.layers>ContrastLimitedAdaptiveHistogramEqualization": withFormatBefore(null),
  },
  behaviour: {
    "keras.layers>Discretization": { startsAtStep: true },
  },
};

const format = "data_format";

/** The data format stood before a key, or at the end. */
function withFormatBefore(next: string | null): Rule {
  return {
    write(config: JsonObject) {
      const keys = Object.keys(config).filter((key) => key !== format);
      const place = next === null ? keys.length : keys.indexOf(next);
      return picked(config, [...keys.slice(0, place), format, ...keys.slice(place)]);
    },
  };
}
