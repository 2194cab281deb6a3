import { describe, expect, it } from "vitest";
import { joinPath } from "./path.ts";

describe("joinPath", () => {
  it.each([
    ["config", "layers", "config.layers"],
    ["config.layers", 4, "config.layers[4]"],
    [
      'config.layers[4] (Conv2D "conv2d_3")',
      "kernel_size",
      'config.layers[4] (Conv2D "conv2d_3").kernel_size',
    ],
    ["config", "a b", 'config["a b"]'],
    ["config", "10", 'config["10"]'],
    ["config", "", 'config[""]'],
    ["config", 'a"\n\u202e', 'config["a\\"\\n\\u202e"]'],
    ["config", "k".repeat(81), `config["${"k".repeat(80)}…"]`],
    ["", "config", "config"],
    ["", 0, "[0]"],
    ["", "a b", '["a b"]'],
  ])("%j and %j make %s", (base, key, path) => {
    expect(joinPath(base, key)).toBe(path);
  });
});
