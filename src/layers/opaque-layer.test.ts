import { describe, expect, it } from "vitest";
import { builtins } from "../builtins.ts";
import { tensor } from "../engines/tensor.ts";
import type { Issue } from "../errors.ts";
import { parsePythonJson } from "../json/parse.ts";
import { cloneModel } from "../models/clone-model.ts";
import { Functional } from "../models/functional.ts";
import { Sequential } from "../models/sequential.ts";
import { deserialize } from "../registry/deserialize.ts";
import { OpaqueObject } from "../registry/opaque.ts";
import { Dense } from "./core/dense.ts";
import { Input } from "./core/input-layer.ts";
import { OpaqueLayer } from "./opaque-layer.ts";

/** A model whose middle layer is of a class that only its author has. */
function text(): string {
  const x = Input({ shape: [3], name: "x" });
  const middle = new Dense({ units: 5, name: "middle" }).apply(x);
  const model = new Functional({
    inputs: x,
    outputs: new Dense({ units: 2, name: "out" }).apply(middle),
    name: "m",
  });
  return model
    .toJson()
    .replace('"module": "keras.layers", "class_name": "Dense"', '"module": "mine", "class_name": "Secret"');
}

describe("a layer of an unknown class", () => {
  it("is an error where nobody asked for leniency", () => {
    expect(() => deserialize(parsePythonJson(text()), { registry: builtins })).toThrow(
      'config (Functional "m").layers[1].class_name: unknown class "Secret". Pass onUnknown to keep it as it is, or a class of your own in customObjects.',
    );
  });

  it("is kept with its config and its place in the graph, and reported", () => {
    const issues: Issue[] = [];
    const options = { registry: builtins, onUnknown: (issue: Issue) => issues.push(issue) };
    const model = deserialize(parsePythonJson(text()), options) as Functional;
    expect(issues.map(({ message }) => message)).toEqual(['unknown class "Secret".']);
    expect(model.getLayer("middle")).toBeInstanceOf(OpaqueLayer);
    expect(model.getLayer("out").weights[0]?.shape).toEqual([5, 2]);
    expect(model.toJson()).toBe(text());
    model.getLayer("middle").name = "renamed";
    expect(model.toJson()).toBe(text().replaceAll('"middle"', '"renamed"'));
  });

  it("is cloned with what is kept of it", () => {
    const model = deserialize(parsePythonJson(text()), {
      registry: builtins,
      onUnknown: () => {},
    }) as Functional;
    expect(cloneModel(model).toJson()).toBe(text());
  });

  it("has a dict for its config, or none", () => {
    const read = (config: string) => {
      const json = parsePythonJson(
        `{"module": "keras", "class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "Scale", "config": ${config}}]}}`,
      );
      return () => deserialize(json, { registry: builtins, onUnknown: () => {} });
    };
    for (const config of ["3", "[1]", '"x"'])
      expect(read(config)).toThrow(
        `config (Sequential "s").layers[0].config: expected a dict, received ${config}.`,
      );
    expect(read("null")()).toBeInstanceOf(Sequential);
  });

  it("is kept whole where it stands alone and nothing in its config is a layer's", () => {
    const envelope = {
      module: "mine",
      class_name: "Secret",
      config: {},
      registered_name: "Secret",
      inbound_nodes: [],
    };
    const kept = deserialize(envelope, { registry: builtins, onUnknown: () => {} });
    expect(kept).toBeInstanceOf(OpaqueObject);
    expect(kept).toMatchObject({ envelope });
  });

  it("cannot run", () => {
    const model = deserialize(parsePythonJson(text()), {
      registry: builtins,
      onUnknown: () => {},
    }) as Functional;
    expect(() => model.apply(tensor([[1, 2, 3]], { dtype: "float32" }))).toThrow(
      'layer "middle": expected a known class, received "Secret", which this program has no code for. Pass it in customObjects.',
    );
  });

  it.each([
    ["TFSMLayer", "runs a SavedModel of TensorFlow"],
    ["TorchModuleWrapper", "holds a module of PyTorch as a pickle"],
    ["JaxLayer", "calls a function of JAX, which is in no config"],
    ["FlaxLayer", "calls a module of Flax, which is Python's code"],
  ])("%s cannot run for a reason of its own", (className, reason) => {
    const config = { name: "other", trainable: true, dtype: "float32" };
    const envelope = { module: "keras.layers", class_name: className, config, registered_name: null };
    const layer = new OpaqueLayer({ envelope });
    expect(layer.getConfig()).toEqual(config);
    expect(() => layer.apply(tensor([1]))).toThrow(
      `layer "other": expected a known class, received "${className}", which ${reason}. Pass it in customObjects.`,
    );
  });
});
