import type { JsonObject } from "../json/json.ts";
import { joinPath } from "../json/path.ts";
import { quote } from "../json/quote.ts";
import { type Change, isDict, type Rule, without } from "./change.ts";
import { placeIn } from "./place-in.ts";

const withFormat: Rule = {
  write(config) {
    config.data_format ??= "channels_last";
    return config;
  },
};

const withoutFormat: Rule = {
  write(config, about, lacks) {
    const { data_format: format } = config;
    if (format === "channels_first")
      lacks.say(
        joinPath(placeIn(config, about), "data_format"),
        `expected "channels_last", all that versions before 3.4 know, received ${quote(format)}.`,
      );
    return without(config, ["data_format"]);
  },
};

/**
 * Configs hold a dtype policy; before, they held its name. Operations on images take no `data_format`, and say so; before,
 * they had to have one, or knew `channels_last` alone.
 */
export const keras304: Change = {
  since: 304,
  configs: {
    "keras.src.ops.image>AffineTransform": withFormat,
    "keras.src.ops.image>CropImages": withoutFormat,
    "keras.src.ops.image>ExtractPatches": withFormat,
    "keras.src.ops.image>PadImages": withoutFormat,
    "keras.src.ops.image>RGBToGrayscale": withFormat,
    "keras.src.ops.image>Resize": withFormat,
    "*": {
      write(config) {
        const { dtype } = config;
        if (isDict(dtype) && isDict(dtype.config)) config.dtype = nameOf(dtype.config);
        return config;
      },
    },
  },
};

/** `mixed_float16`, `int8_from_float32`, `map_float32`. */
function nameOf({ name, mode, source_name: source, default_policy: byDefault }: JsonObject): string | null {
  if (name !== undefined) return name as string | null;
  if (mode !== undefined) return `${mode}_from_${source}`;
  return `map_${isDict(byDefault) && isDict(byDefault.config) ? nameOf(byDefault.config) : byDefault}`;
}
