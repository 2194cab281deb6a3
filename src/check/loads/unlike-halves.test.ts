import { expect, it } from "vitest";
import type { JsonObject } from "../../json/json.ts";
import { obstaclesInKeras3 } from "./keras-3.ts";
import { layersOfUnlikeHalves } from "./unlike-halves.ts";

const half = (config: JsonObject) => ({ module: "keras.layers", class_name: "LSTM", config });
const both = (layer: JsonObject, backward_layer: JsonObject | null) => ({
  module: "keras.layers",
  class_name: "Bidirectional",
  config: { name: "both", layer, backward_layer },
});

it.each<[what: string, layer: JsonObject, found: readonly string[]]>([
  ["units that differ", both(half({ units: 2 }), half({ units: 3 })), ["both"]],
  ["filters that differ", both(half({ filters: 2 }), half({ filters: 3 })), ["both"]],
  ["the same units", both(half({ units: 2 }), half({ units: 2 })), []],
  ["one half", both(half({ units: 2 }), null), []],
  ["a half that says nothing", both(half({ units: 2 }), half({})), []],
])("a layer that goes both ways with %s", (_, layer, found) => {
  expect(layersOfUnlikeHalves({ layers: [layer, layer] })).toEqual(found);
});

it("nobody knows whether Keras loads what has such a layer", () => {
  const obstacles = obstaclesInKeras3(both(half({ units: 2 }), half({ units: 3 })));
  expect(obstacles.find(({ text }) => text.includes("unlike widths"))).toMatchObject({ isUnsure: true });
});
