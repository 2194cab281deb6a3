import type { Field, FieldSettings } from "../fields/field.ts";
import { type Kind, nullable, optional, required } from "../fields/kinds.ts";
import type { Problems } from "../fields/problems.ts";
import { currentReading, runReading } from "../fields/reading.ts";
import type { JsonObject } from "../json/json.ts";
import { deserialize, gathering } from "../registry/deserialize.ts";
import { serialize } from "../registry/serialize.ts";
import { Layer } from "./layer.ts";

/** What stands for a layer: one, or its envelope. */
export type LayerLike = Layer | Readonly<JsonObject>;

/** Whether a layer only keeps the place of one whose code is missing. */
export function isUnknown(layer: Layer): boolean {
  return "keptClassName" in layer;
}

/** The kind of the fields that hold a layer. */
export const aLayer: Omit<Kind<LayerLike, Layer>, "copy"> = {
  kind: "layer",
  expected: "a layer",
  schema: { type: "object", required: ["class_name", "config"] },
  parse(input, problems) {
    const before = problems.issues.length;
    const found = gathering(problems.issues, () => find(input, problems));
    if (problems.issues.length > before) return undefined as never;
    return found instanceof Layer ? found : problems.expected("a layer", input);
  },
  toJson: serialize,
};

function find(input: unknown, { path }: Problems): unknown {
  if (typeof input !== "object" || input === null || !("class_name" in input)) return input;
  const reading = currentReading();
  if (!reading) return deserialize(input, { path });
  return runReading({ ...reading, path }, () => reading.resolver.deserialize(input, "layer"));
}

/** A field that holds a layer, or null where its default is null. */
export function layer(): Field<LayerLike, Layer, true>;
export function layer(
  byDefault: null,
  settings?: FieldSettings,
): Field<LayerLike | null, Layer | null, false>;
export function layer(byDefault?: null, settings?: FieldSettings): unknown {
  return byDefault === undefined ? required(aLayer) : optional(nullable(aLayer), null, settings);
}
