import { ConfigError, type Issue } from "../errors.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { joinPath } from "../json/path.ts";
import { quote } from "../json/quote.ts";
import { isDict, namedIn, packageOf } from "./change.ts";
import { newValuesIn } from "./new-values.ts";
import { type Dialect, formatDialect } from "./version.ts";

/** What computes the same as a class in versions that do not have it. */
const instead: Readonly<Record<string, string>> = {
  AdaptiveAveragePooling1D:
    "AveragePooling1D computes the same where the length is a multiple of the output's.",
  AdaptiveAveragePooling2D:
    "AveragePooling2D computes the same where the sizes are multiples of the output's.",
  AdaptiveAveragePooling3D:
    "AveragePooling3D computes the same where the sizes are multiples of the output's.",
  AdaptiveMaxPooling1D: "MaxPooling1D computes the same where the length is a multiple of the output's.",
  AdaptiveMaxPooling2D: "MaxPooling2D computes the same where the sizes are multiples of the output's.",
  AdaptiveMaxPooling3D: "MaxPooling3D computes the same where the sizes are multiples of the output's.",
  Celu: "Write it of maximum, minimum and expm1.",
  Cbrt: "Write it of sign, absolute and power.",
  Deg2rad: "A multiplication by pi / 180 computes the same.",
  Erfc: "1 - erf(x) computes the same.",
  Exp2: "power(2, x) computes the same.",
  Fabs: "absolute computes the same.",
  Fliplr: "flip with axis 1 computes the same.",
  Flipud: "flip with axis 0 computes the same.",
  Glu: "Split the tensor, and multiply one half by the sigmoid of the other.",
  HardTanh: "clip from -1 to 1 computes the same.",
  Hypot: "sqrt(x * x + y * y) computes the same.",
  LayerNorm: "A LayerNormalization computes the same, or mean, variance and rsqrt.",
  Ptp: "max - min computes the same.",
  Rad2deg: "A multiplication by 180 / pi computes the same.",
  ReversibleEmbedding: "An Embedding has the same weight; matmul with its transpose goes back.",
  RMSNorm: "x * rsqrt(mean(square(x)) + epsilon) computes the same.",
  RMSNormalization: "x * rsqrt(mean(square(x)) + epsilon), times a weight, computes the same.",
  Squareplus: "(x + sqrt(x * x + b)) / 2 computes the same.",
  TanhShrink: "x - tanh(x) computes the same.",
  Trunc: "sign(x) * floor(absolute(x)) computes the same.",
};

/**
 * Refuses a model's text for an older Keras 3 that holds what came later: one ConfigError names each layer and operation,
 * what stands there, and what could stand for it.
 */
export function refuseNewer(text: JsonObject, dialect: Dialect): void {
  const issues = newerIn(text, dialect);
  if (issues.length > 0) throw new ConfigError(issues);
}

/** What a text of Keras 3 holds that came after a version. */
export function newerIn(text: JsonObject, dialect: Dialect): Issue[] {
  const issues: Issue[] = [];
  const version = formatDialect(dialect);
  eachEnvelope(text, (envelope, name) => {
    const named = namedIn(envelope);
    const noun = packageOf(named) === "keras.src.ops" ? "operation" : "layer";
    const place = name === null ? named.className : `${noun} ${quote(name)}`;
    for (const { key, since } of newValuesIn(envelope)) {
      if (since <= dialect) continue;
      const came = `which came with ${formatDialect(since)}`;
      const help = instead[named.className];
      issues.push(
        key === "class_name"
          ? {
              path: place,
              message: `expected ${noun === "layer" ? "a layer" : "an operation"} that Keras ${version} has, received ${named.className}, ${came}.${help ? ` ${help}` : ""}`,
            }
          : {
              path: joinPath(place, key),
              message: `expected what Keras ${version} takes, received a value ${came}.`,
            },
      );
    }
  });
  return issues;
}

/** Goes through the objects of a text, whose depth is limited where it was written, each with the name of its layer. */
function eachEnvelope(
  value: JsonValue | undefined,
  visit: (envelope: JsonObject, name: string | null) => void,
  layer: string | null = null,
): void {
  if (Array.isArray(value)) for (const item of value) eachEnvelope(item, visit, layer);
  if (!isDict(value)) return;
  let name = layer;
  if (typeof value.class_name === "string") {
    const { config } = value;
    const own = isDict(config) ? config.name : undefined;
    const given = value.name ?? own;
    if (typeof given === "string") name = given;
    visit(value, name);
  }
  for (const key of Object.keys(value)) eachEnvelope(value[key], visit, name);
}
