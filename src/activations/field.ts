import { ConfigError } from "../errors.ts";
import type { Field, FieldSettings } from "../fields/field.ts";
import { type Kind, optional } from "../fields/kinds.ts";
import { Problems } from "../fields/problems.ts";
import { readScope, withReadScope } from "../fields/scope.ts";
import { Operation } from "../graph/operation.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { didYouMean } from "../json/suggest.ts";
import { deserialize, gathering } from "../registry/deserialize.ts";
import { OpaqueObject } from "../registry/opaque.ts";
import { serialize } from "../registry/serialize.ts";
import type { Activation } from "./activation.ts";
import { linear } from "./functions.ts";
import { names } from "./table.ts";
import { layerOf, ofLayer, ofOpaque, opaqueOf } from "./wrapped.ts";

/** What stands for an activation: its name, a function with a name, a layer, an envelope, null for none. */
export type ActivationLike =
  | string
  | Activation
  | ((x: never) => unknown)
  | Operation
  | Readonly<JsonObject>
  | OpaqueObject
  | null;

const anActivation: Kind<ActivationLike, Activation> = {
  kind: "activation",
  expected: "an activation's name, a function, a layer or null",
  schema: {
    anyOf: [{ type: "string" }, { type: "object", required: ["class_name", "config"] }, { type: "null" }],
  },
  parse: (input, problems) => resolve(input, problems),
  toJson: written,
  copy: (activation) => (layerOf(activation) ? getActivation(written(activation) as JsonObject) : activation),
};

/** A field that holds an activation, as a function; null is `linear`. */
export function activation(
  byDefault: string | null = null,
  settings: FieldSettings = {},
): Field<ActivationLike, Activation, false> {
  return optional(anActivation, byDefault, settings);
}

/** The function that an identifier stands for. */
export function getActivation(identifier: ActivationLike): Activation {
  const problems = new Problems("activation");
  const found = resolve(identifier, problems);
  if (problems.issues.length > 0) throw new ConfigError(problems.issues);
  return found;
}

/** The name of an activation of Keras, or of an op that has the name of one; undefined for any other function. */
export function nameOf(activation: Activation): string | undefined {
  const name = Object.keys(names).find((key) => names[key] === activation);
  if (name !== undefined) return name;
  return "Operation" in activation && Object.hasOwn(names, activation.name) ? activation.name : undefined;
}

function resolve(input: unknown, problems: Problems): Activation {
  if (input === null) return linear;
  if (typeof input === "string") return named(input, problems);
  const isEnvelope =
    typeof input === "object" && !(input instanceof Operation) && !(input instanceof OpaqueObject);
  const before = problems.issues.length;
  const found = isEnvelope ? gathering(problems.issues, () => read(input as JsonObject, problems)) : input;
  if (problems.issues.length > before) return undefined as never;
  if (found instanceof Operation) return ofLayer(found);
  if (found instanceof OpaqueObject) return ofOpaque(found);
  if (typeof found === "function" && !("fromConfig" in found)) return found as Activation;
  return problems.expected(anActivation.expected, input);
}

function named(name: string, problems: Problems): Activation {
  const custom = readScope()?.resolver.functionNamed(name);
  if (custom) return custom as unknown as Activation;
  if (Object.hasOwn(names, name)) return names[name]!;
  return problems.say(`unknown activation ${JSON.stringify(name)}.${didYouMean(name, Object.keys(names))}`);
}

function read(envelope: JsonObject, problems: Problems): unknown {
  const { class_name: className, config } = envelope;
  const scope = readScope();
  if (className === "function" && typeof config === "string" && !scope?.resolver.functionNamed(config)) {
    if (Object.hasOwn(names, config)) return names[config];
  }
  if (!scope) return deserialize(envelope, { path: problems.path });
  return withReadScope({ ...scope, path: problems.path }, () => scope.resolver.deserialize(envelope));
}

/** As Keras writes it: its own by name, others by an envelope. Source: Keras 3.6 `activations/__init__.py`. */
function written(activation: Activation): JsonValue {
  const name = nameOf(activation);
  if (name !== undefined) return name;
  return serialize(layerOf(activation) ?? opaqueOf(activation) ?? activation);
}
