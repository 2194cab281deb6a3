import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../json/json.ts";
import { parsePythonJson } from "../../json/parse.ts";
import { Input } from "../core/input-layer.ts";
import { LayerNormalization } from "./layer-normalization.ts";

describe("LayerNormalization over several axes", () => {
  const table = [
    { dialect: 306, axis: [1, -1], shape: [3, 4] },
    { dialect: 315, axis: [-1, 1], shape: [4, 3] },
  ];
  it.each(table)("orders them as the Keras that wrote the config: $dialect", ({ dialect, axis, shape }) => {
    const config = parsePythonJson('{"axis": [1, -1], "name": "norm"}') as JsonObject;
    const layer = LayerNormalization.fromConfig(config, { dialect });
    layer.apply(Input({ shape: [3, 4] }));
    expect(layer.axis).toEqual(axis);
    expect(layer.gamma?.shape).toEqual(shape);
  });
});
