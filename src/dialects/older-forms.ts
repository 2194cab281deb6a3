import { ConfigError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { markFloat } from "../json/marks.ts";
import { isDict, namedIn, nameOf } from "./change.ts";
import { placeIn } from "./place-in.ts";
import type { Dialect } from "./version.ts";

/** Of more features one number for all is not written as a list, which a short config could make as long as it likes. */
const mostFeatures = 2 ** 20;

/** What versions before one load in another form than they write it themselves, and how it gets that form. */
type Form = readonly [before: Dialect, write: (envelope: JsonObject) => void];

/** By class. Each was tried with a release before, and with one after. */
const forms: Readonly<Record<string, Form>> = {
  // Its longer name is written, and not found again inside of a layer.
  "keras.initializers>IdentityInitializer": [
    307,
    (envelope) => {
      envelope.class_name = "Identity";
    },
  ],
  // It is built when it is called; the shapes that a file has are none that it can be built from.
  "keras.layers>Dot": [
    302,
    (envelope) => {
      delete envelope.build_config;
    },
  ],
  "keras.layers>Normalization": [308, withNumbersForAll],
};

/** Gives an envelope the form that a version loads. */
export function giveOlderForm(envelope: JsonObject, dialect: Dialect): void {
  const [before = 0, write] = forms[nameOf(namedIn(envelope))] ?? [];
  if (dialect < before) write?.(envelope);
}

/** How many features a Normalization was built for; null where that is not known. */
export function featuresOf({ config, build_config: built }: JsonObject): number | null {
  const shape = isDict(built) ? built.input_shape : undefined;
  if (!isDict(config) || !Array.isArray(shape)) return null;
  const { axis = -1 } = config;
  const axes = axis === null ? [] : [axis].flat();
  return axes.reduce<number>((product, at) => product * Number(shape.at(Number(at))), 1);
}

/** A number for each feature in place of one for all. */
function withNumbersForAll(envelope: JsonObject): void {
  const { config } = envelope;
  const features = featuresOf(envelope);
  if (!isDict(config) || features === null || !Number.isInteger(features)) return;
  for (const key of ["mean", "variance"]) {
    const numbers = [config[key] ?? []].flat(Number.POSITIVE_INFINITY as 1) as JsonValue[];
    const [only] = numbers;
    if (numbers.length !== 1 || typeof only !== "number" || features === 1) continue;
    if (features < 0 || features > mostFeatures) {
      const message = `expected at most ${mostFeatures} features with one number for all, received ${inspect(features)}.`;
      throw new ConfigError(placeIn(config, namedIn(envelope)), message);
    }
    const list = Array<JsonValue>(features).fill(only);
    for (const i of list.keys()) markFloat(list, i);
    config[key] = list;
  }
}
