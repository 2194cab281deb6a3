import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CeratopsError, KerasTensor, ModelError, tensor } from "../index.ts";
import { Dense } from "../layers/core/dense.ts";
import { Input, InputLayer } from "../layers/core/input-layer.ts";
import type { Layer } from "../layers/layer.ts";
import { Add, Concatenate } from "../layers/merging/index.ts";
import { TimeDistributed } from "../layers/recurrent/index.ts";
import { Functional } from "../models/functional.ts";
import { flattenLayers, Model } from "../models/model.ts";
import { Sequential } from "../models/sequential.ts";
import type { Operand } from "../program/emit.ts";
import { cloneModel } from "./clone-model.ts";
import type { InputTensors } from "./input-tensors.ts";

/** What TensorFlow 2.9 does, as golden/README.md defines it. */
interface Outcome {
  readonly id: string;
  readonly error?: string;
  readonly [property: string]: unknown;
}

const file = new URL("../../golden/2.9/cloning.json", import.meta.url);
const outcomes = (JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly Outcome[] }).cases;

/** A case here: the twin of one in golden/keras2/cloning.py. */
interface Row {
  readonly clone: () => Model;
  /** The message, where 2.9 refuses. */
  readonly message?: string;
  /** What is otherwise here, on purpose. */
  readonly here?: Readonly<Record<string, unknown>>;
}

const x = (shape: readonly number[], name = "x", options = {}): KerasTensor =>
  Input({ shape, name, ...options });
const dense = (units: number, name: string): Dense => new Dense({ units, name });
const row = (...first: KerasTensor[]) =>
  new Sequential([...first, dense(2, "d1"), dense(1, "d2")], { name: "row" });
const givenRow = () => row(x([3]));
const given = () => x([3], "given");
const values = (...shape: number[]) => tensor(new Float32Array(shape.reduce((a, b) => a * b)), { shape });

function calledRow(): Sequential {
  const model = row();
  model.apply(values(2, 3));
  return model;
}

function joined(): { a: KerasTensor; b: KerasTensor; c: KerasTensor } {
  const [a, b] = [x([2], "a"), x([3], "b")];
  return { a, b, c: new Concatenate({ name: "c" }).apply([dense(3, "d").apply(a), b]) };
}

function two(): Functional {
  const { a, b, c } = joined();
  return new Functional({ inputs: [a, b], outputs: c, name: "two" });
}

function ofDicts(): Functional {
  const { a, b, c } = joined();
  return new Functional({ inputs: { second: b, first: a }, outputs: { out: c }, name: "dicts" });
}

function shared(): Functional {
  const [a, b] = [x([3], "a"), x([3], "b")];
  const layer = dense(3, "shared");
  const deep = dense(3, "deep").apply(dense(3, "first").apply(b));
  const outputs = new Add({ name: "add" }).apply([layer.apply(a), layer.apply(deep), a]);
  return new Functional({ inputs: [a, b], outputs, name: "sharing" });
}

function inner(trainable: boolean): Sequential {
  const model = new Sequential([x([3], "in"), dense(3, "one"), dense(3, "two")], { name: "inner" });
  model.trainable = trainable;
  return model;
}

function nested(trainable = true): Functional {
  const inputs = x([3]);
  const outputs = dense(1, "last").apply(inner(trainable).apply(inputs) as KerasTensor);
  return new Functional({ inputs, outputs, name: "outer" });
}

function timed(): Functional {
  const inputs = x([4, 3]);
  const outputs = new TimeDistributed({ layer: inner(false), name: "times" }).apply(inputs) as KerasTensor;
  return new Functional({ inputs, outputs, name: "outer" });
}

class OwnGraph extends Functional {}
class OwnRow extends Sequential {}
class Subclassed extends Model {
  override call(input: Operand): Operand {
    return input;
  }
}

function ownGraph(): Functional {
  const inputs = x([3]);
  return new OwnGraph({ inputs, outputs: dense(2, "d").apply(inputs), name: "own" });
}

function frozen<M extends Model>(model: M): M {
  model.trainable = false;
  return model;
}

function compiled(): Sequential {
  const model = givenRow();
  model.compileConfig = { optimizer: "adam", loss: "mse" };
  return model;
}

const computed = (size: number) => dense(size, "before").apply(x([size], "start"));

function renamed(layer: Layer): Layer {
  return layer.constructor.fromConfig({ ...layer.getConfig(), name: `new_${layer.name}` });
}

function wrapped(layer: Layer): Layer {
  return new Sequential([layer.constructor.fromConfig(layer.getConfig())], { name: `in_${layer.name}` });
}

const allTheSame = () => dense(3, "same");
const junk = (value: unknown) => value as InputTensors;
const noLayer = (() => null) as never;
const failing = () => {
  throw new ModelError("function", "of its own");
};

const rows: Readonly<Record<string, Row>> = {
  "given input": { clone: () => cloneModel(givenRow()) },
  empty: { clone: () => cloneModel(new Sequential([], { name: "empty" })) },
  "empty on a tensor": {
    clone: () => cloneModel(new Sequential([], { name: "empty" }), x([3])),
    // As everywhere here, an input alone builds no model.
    here: { built: false, inputs: [] },
  },
  "not built": { clone: () => cloneModel(row()) },
  "not built, on a tensor": { clone: () => cloneModel(row(), given()) },
  called: { clone: () => cloneModel(calledRow()), here: { inputs: [["input_layer", [2, 3], "float32"]] } },
  "called, on a tensor": { clone: () => cloneModel(calledRow(), given()) },
  "own Sequential": { clone: () => cloneModel(new OwnRow([x([3]), dense(1, "d")], { name: "mine" })) },
  Functional: { clone: () => cloneModel(two()) },
  "own Functional": { clone: () => cloneModel(ownGraph()) },
  subclassed: {
    clone: () => cloneModel(new Subclassed({ name: "sub" })),
    message:
      'expected a Functional or Sequential model, received the subclassed Subclassed "sub". Give it getConfig() and use model.constructor.fromConfig(model.getConfig()).',
  },
  "a layer": {
    clone: () => cloneModel(dense(1, "d") as never),
    message: 'expected a model, received Dense "d".',
  },
  nothing: { clone: () => cloneModel(null as never), message: "expected a model, received null." },
  "a text": { clone: () => cloneModel("model" as never), message: 'expected a model, received "model".' },
  compiled: { clone: () => cloneModel(compiled()) },
  "frozen Sequential": { clone: () => cloneModel(frozen(givenRow())) },
  "frozen Functional": { clone: () => cloneModel(frozen(two())) },
  "frozen model in a model": { clone: () => cloneModel(nested(false)) },
  "frozen model in a wrapper": { clone: () => cloneModel(timed()) },
  "function not callable": {
    clone: () => cloneModel(givenRow(), null, 3 as never),
    message: "expected cloneFunction to be a function, received 3.",
  },
  "function of a Sequential": { clone: () => cloneModel(givenRow(), null, renamed) },
  "function of shared layers": { clone: () => cloneModel(shared(), null, renamed) },
  "function of a nested model": {
    clone: () => cloneModel(nested(), null, (layer) => (layer.name === "inner" ? layer : renamed(layer))),
  },
  "function that shares": { clone: () => cloneModel(givenRow(), null, (layer) => layer) },
  "function that gives models": { clone: () => cloneModel(givenRow(), null, wrapped) },
  "function that gives one name": {
    clone: () => cloneModel(givenRow(), null, allTheSame),
    message: 'expected unique names of layers, received "same" again.',
  },
  // This never returns there.
  "function that gives one name, Functional": {
    clone: () => cloneModel(nested(), null, allTheSame),
    message: 'expected unique names of layers and operations, received "same" 2 times.',
  },
  "function that gives nothing": {
    clone: () => cloneModel(givenRow(), null, noLayer),
    message: 'expected cloneFunction to return a layer for "d1", received null.',
  },
  "function that gives nothing, Functional": {
    clone: () => cloneModel(two(), null, noLayer),
    message: 'expected cloneFunction to return a layer for "d", received null.',
  },
  "function that fails": { clone: () => cloneModel(givenRow(), null, failing), message: "of its own" },
  "row: tensor": { clone: () => cloneModel(givenRow(), given()) },
  "row: list": { clone: () => cloneModel(givenRow(), [given()]) },
  "row: dict": {
    clone: () => cloneModel(givenRow(), { x: given() }),
    message:
      "inputTensors: expected a KerasTensor or an InputLayer for a Sequential model, received { x: KerasTensor }.",
  },
  "row: list in a list": {
    clone: () => cloneModel(givenRow(), [[given()]]),
    message:
      "inputTensors: expected a KerasTensor or an InputLayer for a Sequential model, received [KerasTensor].",
  },
  // The documents promise InputLayers; TensorFlow 2.9 refuses them.
  "row: InputLayer": {
    clone: () => cloneModel(givenRow(), new InputLayer({ shape: [3], name: "given" })),
    here: { ...described("row: tensor") },
  },
  "row: none": {
    clone: () => cloneModel(givenRow(), []),
    message: "inputTensors: expected one tensor for a Sequential model, received 0.",
  },
  "row: two": {
    clone: () => cloneModel(givenRow(), [x([3]), x([3], "y")]),
    message: "inputTensors: expected one tensor for a Sequential model, received 2.",
  },
  "row: computed": {
    clone: () => cloneModel(givenRow(), computed(3)),
    message:
      'inputTensors: expected a tensor that Input(…) made, received one of the layer "before". Call the model, or a clone of it, on that tensor.',
  },
  "row: another shape": { clone: () => cloneModel(givenRow(), x([5], "given", { batch_size: 2 })) },
  "row: values": {
    clone: () => cloneModel(givenRow(), values(2, 3)),
    message: "inputTensors: expected a KerasTensor or an InputLayer for a Sequential model, received Tensor.",
  },
  "row: an array": {
    clone: () => cloneModel(givenRow(), junk(new Float32Array(6))),
    message: "inputTensors: expected KerasTensors or InputLayers, received Float32Array(6).",
  },
  "row: a text": {
    clone: () => cloneModel(givenRow(), junk("x")),
    message: 'inputTensors: expected KerasTensors or InputLayers, received "x".',
  },
  "two: list": { clone: () => cloneModel(two(), [x([2]), x([3], "y")]) },
  "two: dict": { clone: () => cloneModel(two(), { z: x([3], "y"), m: x([2]) }) },
  "two: nested": { clone: () => cloneModel(two(), [[x([2])], { k: x([3], "y") }]) },
  "two: one": { clone: () => cloneModel(two(), x([2])) },
  "two: none": { clone: () => cloneModel(two(), []) },
  "two: three": {
    clone: () => cloneModel(two(), [x([2]), x([3], "y"), x([3], "z")]),
    message: "inputTensors: expected at most 2 tensors, received 3.",
  },
  "two: one twice": {
    clone: () => {
      const one = x([2]);
      return cloneModel(two(), [one, one]);
    },
    message: 'inputTensors: expected each tensor once, received the input "x" several times.',
  },
  "two: InputLayers": {
    clone: () =>
      cloneModel(two(), [
        new InputLayer({ shape: [2], name: "x" }),
        new InputLayer({ shape: [3], name: "y" }),
      ]),
    here: { ...described("two: list") },
  },
  // This never returns there.
  "two: computed": {
    clone: () => cloneModel(two(), [computed(2), x([3], "y")]),
    message:
      'inputTensors: expected a tensor that Input(…) made, received one of the layer "before". Call the model, or a clone of it, on that tensor.',
  },
  "two: other shapes": { clone: () => cloneModel(two(), [x([5]), x([4], "y", { batch_size: 2 })]) },
  "two: named like a layer": {
    clone: () => cloneModel(two(), [x([2], "d"), x([3], "y")]),
    message: 'expected unique names of layers and operations, received "d" 2 times.',
  },
  "two: named alike": {
    clone: () => cloneModel(two(), [x([2]), x([3])]),
    message: 'expected unique names of layers and operations, received "x" 2 times.',
  },
  "two: values": { clone: () => cloneModel(two(), [values(2, 2), x([3], "y")]) },
  "two: a text": {
    clone: () => cloneModel(two(), junk(["x", "y"])),
    message: 'inputTensors: expected KerasTensors or InputLayers, received "x".',
  },
  "two: its own": {
    clone: () => {
      const model = two();
      return cloneModel(model, model.inputs);
    },
  },
  dicts: { clone: () => cloneModel(ofDicts()) },
  "dicts: dict": { clone: () => cloneModel(ofDicts(), { second: x([3], "y"), first: x([2]) }) },
  "dicts: list": { clone: () => cloneModel(ofDicts(), [x([2]), x([3], "y")]) },
};

/** What 2.9 says of another case. */
function described(id: string): Outcome {
  const found = outcomes.find((outcome) => outcome.id === id);
  if (!found) throw new Error(`expected a case ${id}`);
  return found;
}

function describeModel(model: Model): Record<string, unknown> {
  const models = flattenLayers(model).filter((layer) => layer instanceof Model);
  return {
    class_name: model.constructor.className,
    name: model.name,
    built: model.built,
    trainable: model.trainable,
    compiled: model.compiled,
    layers: model.layers.map((layer) => [layer.constructor.className, layer.name, layer.trainable]),
    models: models.map(({ name, trainable, layers }) => [
      name,
      trainable,
      layers.map((layer) => layer.trainable),
    ]),
    inputs: model.built
      ? model.inputs.map(({ node, shape, dtype }) => [node?.operation.name, shape, dtype])
      : [],
  };
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof CeratopsError) return error.message;
    throw error;
  }
  throw new Error("expected an error");
}

describe("clone_model of TensorFlow 2.9", () => {
  it("has a case here for each one there", () => {
    expect(Object.keys(rows)).toEqual(outcomes.map(({ id }) => id));
  });

  it.each(outcomes)("$id", ({ id, error, message: _, ...there }) => {
    const { clone, message, here } = rows[id] ?? { clone: two };
    if (message !== undefined) {
      expect(error).toBeDefined();
      expect(messageOf(clone).endsWith(`: ${message}`), messageOf(clone)).toBe(true);
      return;
    }
    const { id: ___, ...expected } = { ...there, ...here, id };
    expect(describeModel(clone())).toEqual(expected);
  });

  it("gives a tensor without a graph an input that is named for it", () => {
    const loose = new KerasTensor({ shape: [null, 3], dtype: "float32" }, null, 0, "loose");
    expect(cloneModel(givenRow(), loose).inputs[0]?.name).toBe("input_wrapper_for_loose");
  });

  it("keeps the structure of the inputs, and the order of their keys", () => {
    const copy = cloneModel(ofDicts(), [x([2]), x([3], "y")]);
    expect(Object.keys(copy.input)).toEqual(["second", "first"]);
    expect(copy.outputStructure).toHaveProperty("out");
  });

  it("gives the clone function what makes the layers, in the order of the model", () => {
    const order: string[] = [];
    cloneModel(shared(), null, (layer) => {
      order.push(layer.name);
      return renamed(layer);
    });
    expect(order).toEqual(["first", "deep", "shared", "add"]);
  });
});
