import { describe, expect, it } from "vitest";
import { simple, stated } from "../../dialects/keras-2/stated.fixture.ts";
import { maskOf } from "../../graph/mask.ts";
import { Input, type KerasTensor, Model } from "../../index.ts";
import { modelFromJson } from "../../revive.ts";
import { modelToJson } from "../../tf-keras/index.ts";
import {
  Add,
  Concatenate,
  Embedding,
  Flatten,
  LSTM,
  Maximum,
  MultiHeadAttention,
  Rescaling,
} from "../index.ts";
import { merged } from "./merged.fixture.ts";

const both = { isRecurrent: true, both: true };
const states = (does: string) =>
  `layer "y": expected no initial_state for an input with a mask, because ${does} that mask, received both.`;
const masks = (keras: string) =>
  `layer "m": expected inputs with one mask, because ${keras} joins masks otherwise, received masks that differ.`;
const without = (keras: string) =>
  `layer "m": expected inputs without masks, because ${keras} computes masked steps otherwise, received one that has a mask.`;

it.each([
  [merged("Multiply", both), without("Keras 3.6")],
  [merged("Minimum", { isRecurrent: false, both: false }), without("Keras 3.6")],
])("what Keras 3 would compute otherwise is not written for it: %#", (text, message) => {
  const model = modelFromJson(text);
  expect(() => model.toJson({ keras: "3.6" })).toThrow(message);
  expect(() => modelToJson(model, { keras: "2.15" })).not.toThrow();
});

it("nor is a mask that comes out of a model beside states, or is joined where no call can say it", () => {
  const text = JSON.parse(stated(simple, {}, true));
  const { layers } = text.config;
  const [e, x, , y] = layers;
  const inner = {
    name: "x",
    layers: [
      { ...e, name: "e", inbound_nodes: [] },
      { ...x, config: { ...x.config, name: "in" }, name: "in" },
    ],
    input_layers: [["e", 0, 0]],
    output_layers: [["in", 0, 0]],
  };
  layers[1] = { class_name: "Functional", config: inner, name: "x", inbound_nodes: x.inbound_nodes };
  expect(y.name).toBe("y");
  const model = modelFromJson(JSON.stringify(text));
  expect(() => model.toJson({ keras: "3.6" })).toThrow(states("Keras 3.6 passes over"));
  const averaged = merged("Add", both).replace("SimpleRNN", "GlobalAveragePooling1D");
  const pooled = JSON.parse(averaged);
  pooled.config.layers.at(-1).config = { name: "y" };
  expect(() => modelFromJson(JSON.stringify(pooled)).toJson({ keras: "3.6" })).toThrow(masks("Keras 3.6"));
});

it("nor is a model inside that computes otherwise by a mask that comes in", () => {
  const inside = (isMasked: boolean) => {
    const text = JSON.parse(stated(simple, {}, true));
    const [e, x, s, y] = text.config.layers;
    const config = {
      name: "in",
      layers: [
        { ...e, name: "q", config: { ...e.config, name: "q", batch_input_shape: [null, 3, 2] } },
        s,
        y,
      ],
      input_layers: [
        ["q", 0, 0],
        ["s", 0, 0],
      ],
      output_layers: [["y", 0, 0]],
    };
    config.layers[2] = {
      ...y,
      inbound_nodes: JSON.parse(JSON.stringify(y.inbound_nodes).replace('"x"', '"q"')),
    };
    const call = [
      [
        ["x", 0, 0, {}],
        ["s", 0, 0, {}],
      ],
    ];
    text.config.layers = [
      e,
      { ...x, config: { ...x.config, mask_zero: isMasked } },
      s,
      { class_name: "Functional", config, name: "in", inbound_nodes: call },
    ];
    text.config.output_layers = [["in", 1, 0]];
    return modelFromJson(JSON.stringify(text));
  };
  expect(() => inside(false).toJson({ keras: "3.6" })).not.toThrow();
  expect(() => inside(true).toJson({ keras: "3.6" })).toThrow(
    'model "in": expected a model inside whose masks Keras 3.6 joins and looks at alike, received another one.',
  );
});

it("nor is a mask that Keras 2 hands on from a call to what looks at it, and that no call can say", () => {
  const text = JSON.parse(stated(simple, {}, true));
  const { layers } = text.config;
  const [e, , s, y] = layers;
  y.config.return_sequences = true;
  y.inbound_nodes = JSON.parse(JSON.stringify(y.inbound_nodes).replace("{}", '{"mask":["k",0,0]}'));
  const kept = { ...e, config: { ...e.config, name: "k", dtype: "bool" }, name: "k" };
  const behind = (className: string, config: object) => {
    const z = { class_name: className, config: { ...config, name: "z" }, name: "z" };
    text.config.layers = [...layers, kept, { ...z, inbound_nodes: [[["y", 0, 0, {}]]] }];
    text.config.input_layers = [e, s, kept].map(({ name }: { name: string }) => [name, 0, 0]);
    text.config.output_layers = [["z", 0, 0]];
    return modelFromJson(JSON.stringify(text));
  };
  const pooled = behind("GlobalAveragePooling1D", {});
  expect(() => pooled.toJson({ keras: "3.10" })).toThrow(
    'layer "y": expected no mask for a layer in front of one that looks at masks, because Keras 3.10 does not hand that mask on, received one.',
  );
  expect(() => pooled.toJson({ keras: "3.11" })).not.toThrow();
  expect(() => behind("Flatten", {}).toJson({ keras: "3.10" })).not.toThrow();
  const said = JSON.parse(behind("SimpleRNN", { units: 2 }).toJson({ keras: "3.10" }));
  const [{ kwargs }] = said.config.layers.find(({ name }: { name: string }) => name === "z").inbound_nodes;
  expect(kwargs.mask.config.keras_history).toEqual(["k", 0, 0]);
});

describe("attention of several heads, which passes over masks in Keras 2.9", () => {
  const attended = (isInside: boolean) => {
    const a = Input({ shape: [4] });
    const x = embedded(a, "x");
    const heads = new MultiHeadAttention({ num_heads: 1, key_dim: 2, name: "h" });
    if (!isInside) return new Model({ inputs: a, outputs: flat(heads.apply(x, x)) });
    const e = Input({ shape: [4, 2] });
    const inner = new Model({ inputs: e, outputs: flat(heads.apply(e, e)), name: "in" });
    return new Model({ inputs: a, outputs: inner.apply(x) as KerasTensor });
  };
  const heads = (does: string) =>
    `layer "h": expected inputs without masks, because Keras ${does}, received one that has a mask.`;

  it("is not written for another Keras", () => {
    expect(() => modelToJson(attended(false))).toThrow(heads("2.9 passes over masks"));
    const newer = modelToJson(attended(false), { keras: "2.15" });
    expect(() => modelToJson(modelFromJson(newer))).toThrow(heads("2.9 passes over masks"));
    const older = newer.replace('"2.15.0"', '"2.9.0"');
    expect(() => modelFromJson(older).toJson({ keras: "3.6" })).toThrow(
      heads("3.6 attends to nothing that is masked"),
    );
    expect(() => modelToJson(modelFromJson(older), { keras: "2.15" })).toThrow(
      heads("2.15 attends to nothing that is masked"),
    );
    expect(modelFromJson(newer).toJson({ keras: "3.6" })).toContain("MultiHeadAttention");
  });

  it("nor where it stands in a model inside", () => {
    expect(() => modelToJson(attended(true))).toThrow('model "in": expected a model inside');
    expect(() => modelToJson(attended(true), { keras: "2.15" })).not.toThrow();
  });
});

it("nor is a mask that goes on through a layer in Keras 3 alone", () => {
  const a = Input({ shape: [4] });
  const scaled = new Rescaling({ scale: 2, name: "r" }).apply(embedded(a, "x"));
  const model = (y: KerasTensor) => new Model({ inputs: a, outputs: y });
  expect(() => modelToJson(model(recurrent(scaled)))).toThrow(
    'layer "r": expected no mask for a layer in front of one that looks at masks, because Keras 2.9 does not hand masks on there, received one.',
  );
  const older = modelFromJson(modelToJson(model(flat(scaled))));
  expect(maskOf((older.getLayer("r").output as KerasTensor).value)).toBe(null);
  expect(maskOf((older.getLayer("x").output as KerasTensor).value)).not.toBe(null);
  expect(() => older.toJson({ keras: "3.6" })).not.toThrow();
});

it("a mask that a model inside is given stays one between versions of Keras 2", () => {
  const [a, kept, e] = [tokens(), Input({ shape: [4], dtype: "bool", name: "k" }), Input({ shape: [4, 2] })];
  const inner = new Model({ inputs: e, outputs: recurrent(e), name: "in" });
  const y = inner.apply(embedded(a, "x"), { mask: kept }) as KerasTensor;
  const text = modelToJson(new Model({ inputs: [a, kept], outputs: y }));
  for (const again of [text, modelToJson(modelFromJson(text), { keras: "2.15" })]) {
    const { layers } = JSON.parse(again).config;
    const { inbound_nodes: nodes } = layers.find(({ name }: { name: string }) => name === "in");
    expect(nodes).toEqual([[["x", 0, 0, { mask: ["k", 0, 0] }]]]);
  }
});

it("names of layers stay what they are", () => {
  const model = modelFromJson(merged("Add", both));
  const names = () => model.operations.map(({ name }) => name);
  const before = names();
  model.toJson({ keras: "3.6" });
  expect(names()).toEqual(before);
});

it.each([
  stated(simple, {}, false),
  merged("Add", { isRecurrent: false, both: true }),
  merged("Concatenate", { ...both, axis: 1 }),
])("what computes alike is written: %#", (text) => {
  expect(() => modelFromJson(text).toJson({ keras: "3.6" })).not.toThrow();
});

const tokens = () => Input({ shape: [4] });
const embedded = (x: KerasTensor, name: string) =>
  new Embedding({ input_dim: 6, output_dim: 2, mask_zero: true, name }).apply(x);

const recurrent = (x: KerasTensor): KerasTensor => new LSTM({ units: 2 }).apply(x);
const flat = (x: KerasTensor): KerasTensor => new Flatten().apply(x);

function joining(layer: Add | Concatenate | Maximum, isOne: boolean, behind = recurrent): Model {
  const [a, b] = [tokens(), tokens()];
  const x = embedded(a, "x");
  const z = isOne ? x : embedded(b, "z");
  return new Model({ inputs: isOne ? a : [a, b], outputs: behind(layer.apply([x, z])) });
}

it("nor is what Keras 2 would compute otherwise", () => {
  const [a, s] = [tokens(), Input({ shape: [2] })];
  const y = new LSTM({ units: 2, name: "y" }).apply(embedded(a, "x"), { initial_state: [s, s] });
  const called = new Model({ inputs: [a, s], outputs: y });
  expect(() => modelToJson(called)).toThrow(states("Keras 2.9 looks at"));
  expect(() => called.toJson({ keras: "3.6" })).not.toThrow();
  expect(() => modelToJson(joining(new Add({ name: "m" }), false))).toThrow(masks("Keras 2.9"));
  const kept = Input({ shape: [4], dtype: "bool" });
  const given = new LSTM({ units: 2, return_sequences: true, name: "g" }).apply(embedded(a, "w"), {
    mask: kept,
  });
  const behind = new Model({ inputs: [a, kept], outputs: new LSTM({ units: 2 }).apply(given) });
  expect(() => modelToJson(behind)).toThrow(
    'layer "g": expected no mask for a layer in front of one that looks at masks, because Keras 2.9 hands that mask on, received one.',
  );
  expect(() => modelToJson(joining(new Maximum({ name: "m" }), true))).toThrow(without("Keras 2.9"));
  for (const model of [
    joining(new Add({}), true),
    joining(new Concatenate({}), true),
    joining(new Concatenate({}), false, flat),
  ])
    expect(() => modelToJson(model)).not.toThrow();
});
