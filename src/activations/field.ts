import type { Suggested } from "../fields/field.ts";
import { Operation } from "../graph/graph.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { familyOf } from "../registry/family.ts";
import type { Members } from "../registry/members.ts";
import { nameIn, OpaqueObject } from "../registry/opaque.ts";
import { isClass } from "../registry/registry.ts";
import { serialize } from "../registry/serialize.ts";
import type { Activation } from "./activation.ts";
import { linear } from "./functions.ts";
import { type ActivationName, names } from "./table.ts";
import { layerOf, ofLayer, ofOpaque, opaqueOf } from "./wrapped.ts";

/** What stands for an activation: its name, a function with a name, a layer, an envelope, null for none. */
export type ActivationLike =
  | Suggested<ActivationName>
  | Activation
  | ((x: never) => unknown)
  | Operation
  | Readonly<JsonObject>
  | OpaqueObject
  | null;

const members: Members<Activation> = {
  from(found) {
    if (found instanceof Operation) return ofLayer(found);
    if (found instanceof OpaqueObject) return ofOpaque(found);
    return typeof found === "function" && !isClass(found) ? (found as Activation) : undefined;
  },
  toJson: written,
  copy: (activation) => (layerOf(activation) ? getActivation(written(activation) as JsonObject) : activation),
};

const family = /* @__PURE__ */ familyOf<"activation", ActivationLike, Activation>({
  kind: "activation",
  expected: "an activation's name, a function, a layer or null",
  functions: names,
  none: linear,
  members,
});

/** A field that holds an activation, as a function; null is `linear`. */
export const activation = family.field;

/** The function that an identifier stands for. */
export const getActivation = family.get;

/** As Keras writes it: its own by name, others by an envelope. Source: Keras 3.6 `activations/__init__.py`. */
function written(activation: Activation): JsonValue {
  return nameOf(activation) ?? serialize(layerOf(activation) ?? opaqueOf(activation) ?? activation);
}

/** The name of an activation of Keras, or of an op that has the name of one; undefined for any other function. */
function nameOf(activation: Activation): string | undefined {
  const name = Object.keys(names).find((key) => names[key] === activation);
  if (name !== undefined) return name;
  return "Operation" in activation && Object.hasOwn(names, activation.name) ? activation.name : undefined;
}

function nameOfOpaque(activation: Activation): string | undefined {
  const object = opaqueOf(activation);
  return object && nameIn(object.envelope);
}

/** What people call an activation: `relu`, or the name of a function or class of somebody's own. */
export function activationName(activation: Activation): string {
  return (
    nameOf(activation) ??
    layerOf(activation)?.constructor.className ??
    nameOfOpaque(activation) ??
    activation.name
  );
}
