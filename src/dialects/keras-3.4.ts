import type { JsonObject } from "../json/json.ts";
import { type Change, isDict } from "./change.ts";

const ofImages = {
  write(config: JsonObject): JsonObject {
    config.data_format ??= "channels_last";
    return config;
  },
};

/**
 * Configs hold a dtype policy; before, they held its name. Operations on images take no `data_format`, and say so; before,
 * they had to have one.
 */
export const keras304: Change = {
  since: 304,
  configs: {
    "keras.src.ops.image>AffineTransform": ofImages,
    "keras.src.ops.image>ExtractPatches": ofImages,
    "keras.src.ops.image>RGBToGrayscale": ofImages,
    "keras.src.ops.image>Resize": ofImages,
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
