import type { JsonObject, JsonValue } from "../json/json.ts";
import { isDict, namedIn, nameOf } from "./change.ts";
import type { Dialect } from "./version.ts";

/** A key that versions before one know, but not with such a value. */
export interface NewValue {
  readonly key: string;
  readonly since: Dialect;
}

/** By class: since when a config may have values that older versions refuse, and which keys of an envelope have them. */
const newValues = new Map<string, readonly [since: Dialect, keys: (envelope: JsonObject) => string[]]>([
  // Statistics are spread over features; before, there was a number for each.
  ["keras.layers>Normalization", [308, spreadStatistics]],
]);

/** Classes that no version before one has. */
const newClasses: Readonly<Record<string, Dialect>> = {
  AdaptiveAveragePooling1D: 313,
  AdaptiveAveragePooling2D: 313,
  AdaptiveAveragePooling3D: 313,
  AdaptiveMaxPooling1D: 313,
  AdaptiveMaxPooling2D: 313,
  AdaptiveMaxPooling3D: 313,
  AugMix: 309,
  ContrastLimitedAdaptiveHistogramEqualization: 314,
  CutMix: 309,
  Equalization: 308,
  MaxNumBoundingBoxes: 307,
  MixUp: 308,
  RMSNormalization: 310,
  RandAugment: 308,
  RandomColorDegeneration: 308,
  RandomColorJitter: 308,
  RandomElasticTransform: 310,
  RandomErasing: 309,
  RandomGaussianBlur: 309,
  RandomGrayscale: 308,
  RandomHue: 308,
  RandomInvert: 309,
  RandomPerspective: 309,
  RandomPosterization: 308,
  RandomSaturation: 308,
  RandomSharpness: 308,
  RandomShear: 308,
  ReversibleEmbedding: 312,
  STFTSpectrogram: 307,
};

/** What an envelope's config holds that no version before one takes, though it knows the keys. */
export function newValuesIn(envelope: JsonObject): NewValue[] {
  const { module, className } = namedIn(envelope);
  const newer = module === "keras.layers" ? newClasses[className] : undefined;
  if (newer !== undefined) return [{ key: "class_name", since: newer }];
  const [since = 0, keysIn] = newValues.get(nameOf(namedIn(envelope))) ?? [];
  return keysIn ? keysIn(envelope).map((key) => ({ key, since })) : [];
}

function spreadStatistics({ config, build_config: built }: JsonObject): string[] {
  const shape = isDict(built) ? built.input_shape : undefined;
  if (!isDict(config) || !Array.isArray(shape)) return [];
  const { axis = -1 } = config;
  const axes = axis === null ? [] : [axis].flat();
  const features = axes.reduce<number>((product, at) => product * Number(shape.at(Number(at))), 1);
  return ["mean", "variance"].filter((key) => {
    const count = countIn(config[key]);
    return count > 0 && count !== features;
  });
}

/** How many numbers there are in a number or in lists of them. */
function countIn(value: JsonValue | undefined): number {
  if (!Array.isArray(value)) return typeof value === "number" ? 1 : 0;
  return value.reduce<number>((sum, item) => sum + countIn(item), 0);
}
