import { describe, expect, it } from "vitest";
import type { Issue } from "../../errors.ts";
import { modelFromJson } from "../../revive.ts";

const image = [null, 4, 4, 3];
const sequence = [null, 4, 3];

function read(className: string, config: object, onUnknown?: (issue: Issue) => void) {
  const layer = { class_name: className, config: { name: "it", ...config } };
  const model = { class_name: "Sequential", config: { name: "m", layers: [layer] }, keras_version: "2.9.0" };
  return modelFromJson(JSON.stringify(model), { onUnknown });
}

describe("a key that Keras 3 no longer has", () => {
  it.each<[className: string, config: object, key: string, expected: string, received: string]>([
    ["GRU", { units: 2, batch_input_shape: sequence, time_major: true }, "time_major", "false", "true"],
    [
      "Conv2DTranspose",
      { filters: 2, kernel_size: 2, batch_input_shape: image, groups: 2 },
      "groups",
      "1",
      "2",
    ],
    ["DepthwiseConv2D", { kernel_size: 2, batch_input_shape: image, filters: 3 }, "filters", "null", "3"],
    [
      "BatchNormalization",
      { batch_input_shape: image, virtual_batch_size: 4 },
      "virtual_batch_size",
      "null",
      "4",
    ],
  ])("of a %s with %j is an error that says what it may be", (className, config, key, expected, received) => {
    expect(() => read(className, config)).toThrow(
      `config (Sequential "m").layers[1] (${className} "it").${key}: expected ${expected}, because Keras 3 has no such option, received ${received}.`,
    );
    const told: Issue[] = [];
    read(className, config, (issue) => told.push(issue));
    expect(told.map(({ path }) => path)).toEqual([
      `config (Sequential "m").layers[1] (${className} "it").${key}`,
    ]);
    expect(() => read(className, { ...config, [key]: null })).not.toThrow();
  });

  it("stands beside one that nobody knows", () => {
    expect(() => read("GRU", { units: 2, batch_input_shape: sequence, time_major: true, typo: 1 })).toThrow(
      /time_major: expected false.*\n.*unknown key "typo"/s,
    );
  });
});
