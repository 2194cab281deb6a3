import type { JsonObject, JsonValue } from "../json/json.ts";
import { type Change, isDict, type Named, namedIn, packageOf, picked } from "./change.ts";
import { eachCall, eachEntry, isHistory } from "./graph.ts";
import { noteOriginal } from "./notes.ts";

/**
 * Operations have their name and all their options in their config, in the order of their constructor. Before, a
 * class with options had no name there, and some options were recorded with the call. A model's single input or
 * output stands as `["x", 0, 0]`; before, it stood in a list. A `mask` that a layer's call is given goes on to its
 * outputs; before, masks went on from tensors alone.
 */
export const keras311: Change = {
  since: 311,
  configs: { "keras.src.ops": { write: asBefore }, "keras.src.activations": { write: asBefore } },
  graphs: {
    "*": {
      read(config) {
        eachEntry(config, intoConfig);
        return withEnds(config, bare);
      },
      write(config) {
        eachEntry(config, intoCall);
        return withEnds(config, listed);
      },
    },
  },
  // Of every layer, since every class of one extends it.
  behaviour: { "null>Layer": { handsGivenMaskOn: true } },
  isSeenIn: ({ input_layers: inputs }) => isHistory(inputs),
};

/** Options that stood behind all others. */
const last = new Map([
  ["Moments", ["axes", "keepdims"]],
  ["OneHot", ["num_classes"]],
  ["Pad", ["pad_width"]],
  ["Repeat", ["repeats"]],
  ["Resize", ["crop_to_aspect_ratio", "pad_to_aspect_ratio", "fill_mode", "fill_value", "size"]],
  ["Roll", ["shift"]],
  ["Split", ["indices_or_sections"]],
]);

/** Classes that had a name although they have options. */
const named = new Set(["MultiHot", "ReLU"]);

/** Classes that had no name although they have no options. */
const nameless = new Set([
  "BitwiseAnd",
  "BitwiseInvert",
  "BitwiseLeftShift",
  "BitwiseNot",
  "BitwiseOr",
  "BitwiseRightShift",
  "BitwiseXor",
  "Cholesky",
  "Det",
  "Eig",
  "Eigh",
  "FFT",
  "FFT2",
  "IFFT2",
  "Inv",
  "LeftShift",
  "Logdet",
  "LuFactor",
  "RightShift",
  "Select",
  "Slogdet",
  "Solve",
  "StopGradient",
  "Trunc",
]);

interface Moved {
  readonly key: string;
  readonly byDefault?: JsonValue;
  /** Its place among the positional arguments; absent, it was a keyword. */
  readonly at?: number;
}

/** Options that were recorded with the call. */
const moved = new Map<string, Moved>([
  ["Array", { key: "dtype", byDefault: null }],
  ["FullLike", { key: "dtype", byDefault: null }],
  ["OnesLike", { key: "dtype", byDefault: null }],
  ["ZerosLike", { key: "dtype", byDefault: null }],
  ["Isclose", { key: "equal_nan", byDefault: false, at: 4 }],
  ["Scatter", { key: "shape", at: 2 }],
  ["SearchSorted", { key: "side", byDefault: "left" }],
  ["Slice", { key: "shape", at: 2 }],
]);

function asBefore(config: JsonObject, { className }: Named): JsonObject {
  // It took no single axis.
  if (className === "Logsumexp" && typeof config.axis === "number") config.axis = [config.axis];
  const keys = Object.keys(config).filter((key) => key !== "name");
  const hasOptions = keys.some((key) => key !== moved.get(className)?.key);
  const behind = last.get(className) ?? [];
  const hasName = hasOptions ? named.has(className) : !nameless.has(className);
  return picked(config, [
    ...(hasName ? ["name"] : []),
    ...keys.filter((key) => !behind.includes(key)),
    ...behind,
  ]);
}

/** Takes an option out of the calls of an operation, into its config. */
function intoConfig(entry: JsonObject): void {
  const option = movedOf(entry);
  const { config } = entry;
  if (!option || !isDict(config) || Object.hasOwn(config, option.key)) return;
  const { key, at } = option;
  const values: (JsonValue | undefined)[] = [];
  eachCall(entry, ({ args, kwargs }) => values.push(at === undefined ? kwargs[key] : args[at]));
  const [value] = values;
  if (value === undefined || values.some((other) => other !== value)) return;
  eachCall(entry, ({ args, kwargs }) => {
    if (at === undefined) delete kwargs[key];
    else args.length = at;
  });
  entry.config = { ...config, [key]: value };
  noteOriginal(entry.config, config);
}

/** Puts it back into the calls. */
function intoCall(entry: JsonObject): void {
  const option = movedOf(entry);
  const { config } = entry;
  if (!option || !isDict(config)) return;
  const { key, at, byDefault } = option;
  const { [key]: value = byDefault } = config;
  delete config[key];
  if (value === undefined) return;
  eachCall(entry, ({ args, kwargs }) => {
    if (at === undefined) kwargs[key] = value;
    else if (args.length === at) args.push(value);
    else if (value !== byDefault) kwargs[key] = value;
  });
}

function movedOf(entry: JsonObject): Moved | undefined {
  const about = namedIn(entry);
  return packageOf(about) === "keras.src.ops" ? moved.get(about.className) : undefined;
}

/** The model's inputs and outputs, written otherwise. */
function withEnds(config: JsonObject, write: (tensors: JsonValue) => JsonValue): JsonObject {
  for (const key of ["input_layers", "output_layers"])
    if (config[key] !== undefined) config[key] = write(config[key]);
  return config;
}

function bare(tensors: JsonValue): JsonValue {
  const [only] = Array.isArray(tensors) && tensors.length === 1 ? tensors : [];
  return isHistory(only) ? only : tensors;
}

function listed(tensors: JsonValue): JsonValue {
  return isHistory(tensors) ? [tensors] : tensors;
}
