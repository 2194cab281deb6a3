import { expect, it } from "vitest";
import type { JsonObject } from "../json/json.ts";
import { changesBetween } from "./changes.ts";

const layer = (name: string, units: number): JsonObject => ({ class_name: "Dense", config: { name, units } });
const model = (...layers: JsonObject[]): JsonObject => ({
  class_name: "Sequential",
  config: { name: "m", layers },
});

const place = (name: string) => `layer "${name}"`;

it.each([
  ["in another order", [layer("b", 2), layer("a", 1)], []],
  [
    "under another name",
    [layer("c", 1), layer("b", 2)],
    [{ path: place("a"), key: "name", from: "a", to: "c" }],
  ],
  ["one less", [layer("b", 2)], [{ path: place("a"), key: "class_name", from: "Dense", to: undefined }]],
  [
    "one more in front",
    [layer("c", 3), layer("a", 1), layer("b", 2)],
    [{ path: place("c"), key: "class_name", from: undefined, to: "Dense" }],
  ],
])("layers are compared with those of their name: %s", (_, layers, changes) => {
  expect(changesBetween(model(layer("a", 1), layer("b", 2)), model(...layers))).toEqual(changes);
});
