import type { Field, FieldSettings } from "../fields/field.ts";
import { type Kind, nullable, optional, required } from "../fields/kinds.ts";
import type { JsonObject } from "../json/json.ts";
import { objectKind } from "../registry/object-field.ts";
import { Layer } from "./layer.ts";

/** What stands for a layer: one, or its envelope. */
export type LayerLike = Layer | Readonly<JsonObject>;

/** Whether a layer only keeps the place of one whose code is missing. */
export function isUnknown(layer: Layer): boolean {
  return "keptClassName" in layer;
}

/** The kind of the fields that hold a layer. */
export const aLayer: Omit<Kind<LayerLike, Layer>, "copy"> = /* @__PURE__ */ objectKind(
  "layer",
  "a layer",
  (found) => found instanceof Layer,
  "layer",
);

/** A field that holds a layer, or null where its default is null. */
export function layer(): Field<LayerLike, Layer, true>;
export function layer(
  byDefault: null,
  settings?: FieldSettings,
): Field<LayerLike | null, Layer | null, false>;
export function layer(byDefault?: null, settings?: FieldSettings): unknown {
  return byDefault === undefined ? required(aLayer) : optional(nullable(aLayer), null, settings);
}
