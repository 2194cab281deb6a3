import { expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { obstaclesInKeras3 } from "./keras-3.ts";
import { unsortedAxes } from "./unsorted-axes.ts";

const layer = (axis: JsonValue, more: JsonObject = {}, shape: JsonValue = null) => ({
  module: "keras.layers",
  class_name: "LayerNormalization",
  config: { name: "ln", axis, ...more },
  registered_name: null,
  ...(shape && { build_config: { input_shape: shape } }),
});

it.each<[what: string, layer: JsonObject, isUnsure: boolean | null]>([
  ["axes of other lengths, not in order", layer([1, -1], {}, [null, 3, 2]), false],
  ["axes that fall", layer([2, 1], {}, [null, 3, 2]), false],
  ["axes of one length", layer([1, -1], {}, [null, 3, 3]), null],
  ["axes of nobody knows what", layer([1, -1]), true],
  ["axes in order", layer([-2, -1], {}, [null, 3, 2]), null],
  ["axes in order of nobody knows what", layer([1, 2]), null],
  ["one axis", layer([-1], {}, [null, 3, 2]), null],
  ["one axis in no list", layer(-1, {}, [null, 3, 2]), null],
  ["no weights", layer([1, -1], { scale: false, center: false }, [null, 3, 2]), null],
  ["another layer", { ...layer([1, -1], {}, [null, 3, 2]), class_name: "Dense" }, null],
])("a layer that normalizes over %s", (_, layer, isUnsure) => {
  const expected = isUnsure === null ? [] : [{ layer: '"ln"', isUnsure }];
  expect(unsortedAxes({ layers: [layer] })).toEqual(expected);
});

it("is said of the versions that sort them", () => {
  const obstacle = obstaclesInKeras3(layer([1, -1], {}, [null, 3, 2])).find(({ text }) =>
    text.includes("axes"),
  );
  expect(obstacle).toMatchObject({ program: "keras", versions: [314, expect.any(Number)], isUnsure: false });
});
