import { readFileSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { checkModel } from "../../check/check-model.ts";
import { modelFromJson } from "../../revive.ts";
import { loadModel } from "../../saving/load.ts";
import { namesWithout } from "./names.ts";

const layer = (name: string, calls: unknown[] = []) => ({
  class_name: calls.length > 0 ? "Activation" : "InputLayer",
  config: calls.length > 0 ? { name, activation: "relu" } : { name, batch_input_shape: [null, 2] },
  name,
  inbound_nodes: calls,
});
const graph = (name: string, layers: object[], output: string) => ({
  class_name: "Functional",
  config: { name, layers, input_layers: [["x/y", 0, 0]], output_layers: [[output, 0, 0]] },
});
const inner = graph("in/ner", [layer("x/y"), layer("x_y", [[["x/y", 0, 0, {}]]])], "x_y");
const outer = graph(
  "outer",
  [layer("x/y"), { ...inner, name: "in/ner", inbound_nodes: [[["x/y", 0, 0, {}]]] }],
  "in/ner",
);
outer.config.output_layers = [["in/ner", 1, 0]];

it("names with a / are said, each once, with what they are here", () => {
  const onUnknown = vi.fn();
  const model = modelFromJson(JSON.stringify({ ...outer, keras_version: "2.9.0" }), { onUnknown });
  expect(onUnknown.mock.calls.map(([{ path, message }]) => `${path}: ${message}`)).toEqual([
    'config.config.layers[0]: expected a name without "/", received "x/y": it is called "x_y" here.',
    'config.config.layers[1].config.name: expected a name without "/", received "in/ner": it is called "in_ner" here.',
    'config.config.layers[1].config.layers[0]: expected a name without "/", received "x/y": it is called "x_y_1" here.',
  ]);
  expect(model.layers.map(({ name }) => name)).toEqual(["x_y", "in_ner"]);
});

it.each(["2.9/models/slashes.h5", "2.15/models/slashes.keras"])("of %s, which is usable", async (path) => {
  const bytes = new Uint8Array(readFileSync(`golden/${path}`));
  const onUnknown = vi.fn();
  await loadModel(bytes, { onUnknown });
  expect(onUnknown.mock.calls.map(([{ message }]) => message)).toContainEqual(
    expect.stringContaining('expected a name without "/"'),
  );
  expect(await checkModel(bytes)).toMatchObject({ usable: true, verdict: "clean" });
});

it("of many layers with one name, or with names that become one, cost no more than others", () => {
  const same = Array.from({ length: 20_000 }, () => ({ name: "a/b" }));
  const alike = Array.from({ length: 2 ** 13 }, (_, i) => ({
    name: Array.from({ length: 14 }, (_, k) => `a${"_/"[(i >> k) & 1]}`).join(""),
  }));
  expect(namesWithout({ layers: same })).toEqual(new Map([["a/b", "a_b"]]));
  const names = namesWithout({ layers: alike });
  expect(new Set(names.values()).size).toBe(names.size);
});
