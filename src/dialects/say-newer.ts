import type { JsonObject, JsonValue } from "../json/json.ts";
import { joinPath } from "../json/path.ts";
import { quote } from "../json/quote.ts";
import { isDict, namedIn, packageOf } from "./change.ts";
import type { Lacks } from "./lacks.ts";
import { maskedQueries } from "./masked-queries.ts";
import { sayNewerCompiled } from "./new-compiled.ts";
import { newValuesIn } from "./new-values.ts";
import { giveOlderForm } from "./older-forms.ts";
import { helpFor, unfolds } from "./unfolded.ts";
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

/** Where a text's objects stand. */
interface Place {
  /** The name of the layer or operation around them; null where there is none. */
  readonly layer: string | null;
  /** The key that holds one, where it can be left out. */
  readonly slot: string | null;
}

const droppable = /(?:initializer|regularizer|constraint)$/;

/**
 * Says each layer and operation of a model's text for an older Keras 3 that came later, what stands there, and what could
 * stand for it. What is left out is gone from the text then.
 */
export function sayNewer(text: JsonObject, dialect: Dialect, lacks: Lacks): void {
  sayIn(text, { layer: null, slot: null }, dialect, lacks);
  if (isDict(text.compile_config) && !sayNewerCompiled(text.compile_config, dialect, lacks))
    text.compile_config = null;
}

/** Goes through the objects of a text, whose depth is limited where it was written. */
function sayIn(value: JsonValue | undefined, { layer, slot }: Place, dialect: Dialect, lacks: Lacks): void {
  if (Array.isArray(value)) for (const item of value) sayIn(item, { layer, slot: null }, dialect, lacks);
  if (!isDict(value)) return;
  let name = layer;
  if (typeof value.class_name === "string") {
    const { config } = value;
    const own = isDict(config) ? config.name : undefined;
    const given = value.name ?? own;
    if (typeof given === "string") name = given;
    sayOf(value, { layer: name, slot }, dialect, lacks);
  }
  for (const { layer: masked, refusedBy } of maskedQueries(value)) {
    const [first, last] = refusedBy;
    if (dialect < first || dialect > last) continue;
    const versions = refusedBy.map(formatDialect).join(" to ");
    const message = `expected a query and a value with masks that Keras ${formatDialect(dialect)} takes, received ones that ${versions} refuse.`;
    lacks.say(`layer ${quote(masked)}`, message);
  }
  for (const key of Object.keys(value)) {
    if (key === "compile_config") continue;
    const inner = value[key];
    const place = () => joinPath(name === null ? "" : `layer ${quote(name)}`, key);
    const write = () => {
      sayIn(inner, { layer: name, slot: key }, dialect, lacks);
      return true;
    };
    if (!droppable.test(key) || !isDict(inner)) write();
    else if (!lacks.whole(place, write)) value[key] = null;
  }
}

/** What of one object came later. */
function sayOf(envelope: JsonObject, { layer, slot }: Place, dialect: Dialect, lacks: Lacks): void {
  giveOlderForm(envelope, dialect);
  const version = formatDialect(dialect);
  const named = namedIn(envelope);
  const noun =
    packageOf(named) === "keras.src.ops" ? "operation" : slot === null ? "layer" : slot.replace(/^.*_/, "");
  const place = layer === null ? named.className : `${noun === "operation" ? noun : "layer"} ${quote(layer)}`;
  for (const { key, since } of newValuesIn(envelope)) {
    if (since <= dialect) continue;
    const came = `which came with ${formatDialect(since)}`;
    if (key !== "class_name") {
      const path = joinPath(place, key);
      lacks.say(
        path,
        `expected what Keras ${version} takes, received a value ${came}.${key === "activation" ? unfolds : ""}`,
      );
      continue;
    }
    const help = instead[named.className];
    const kind = `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
    const message = `expected ${kind} that Keras ${version} has, received ${named.className}, ${came}.`;
    const isCalled = noun === "layer" || noun === "operation";
    lacks.say(place, `${message}${help ? ` ${help}` : ""}${isCalled ? helpFor(named.className) : ""}`);
  }
}
