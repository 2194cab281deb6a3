import { expect, it } from "vitest";
import { builtins } from "../builtins.ts";
import { Dense } from "../layers/core/dense.ts";
import { Input } from "../layers/core/input-layer.ts";
import { modelFromJson } from "../revive.ts";
import { Functional } from "./functional.ts";

it.each(["input_layer", "x"])(
  "a layer whose config has no name is called as the graph calls it: %s",
  (name) => {
    const x = Input({ shape: [3], name });
    const outputs = new Dense({ units: 2, name: "out" }).apply(x);
    const whole = new Functional({ inputs: x, outputs, name: "m" }).toJson();
    const unnamed = whole.replace(`"name": "${name}"`, '"name": null');
    expect(unnamed).not.toBe(whole);
    for (const _ of [1, 2, 3]) {
      const model = modelFromJson(unnamed, { registry: builtins });
      expect(model.layers[0]?.name).toBe(name);
      expect(model.toJson()).toBe(whole);
    }
  },
);

it("a layer is in a graph once, whatever it is called", () => {
  const x = Input({ shape: [3], name: "x" });
  const half = new Dense({ units: 3, name: "half" }).apply(x);
  const outputs = new Dense({ units: 3, name: "out" }).apply(half);
  const text = new Functional({ inputs: x, outputs, name: "m" })
    .toJson()
    .replaceAll('"class_name": "Dense",', '"class_name": "Dense", "shared_object_id": 1,');
  expect(() => modelFromJson(text, { registry: builtins })).toThrow(
    'config (Functional "m").layers[2]: expected another layer, received layer "half" again.',
  );
});
