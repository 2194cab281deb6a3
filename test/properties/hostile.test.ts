import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  builtins,
  CeratopsError,
  ConfigError,
  cloneModel,
  Functional,
  Input,
  ModelError,
  modelFromJson,
  Sequential,
  ShapeError,
  serialize,
} from "../../src/index.ts";
import type { Layer } from "../../src/layers/layer.ts";
import { Dropout } from "../../src/layers/regularization/index.ts";
import { mutate, mutations } from "./mutate.ts";
import { build, plans } from "./random-model.ts";

/** Runs `body`; what it throws must be an error of ours, and no accident in reading a class of Keras. */
function survives(body: () => unknown): CeratopsError | null {
  try {
    body();
    return null;
  } catch (error) {
    const isOurs = error instanceof ConfigError || error instanceof ModelError || error instanceof ShapeError;
    if (!isOurs) throw error;
    const isAccident = error.cause !== undefined && !(error.cause instanceof CeratopsError);
    if (isAccident) expect(error.message).toMatch(/: calling \w+ failed: /);
    return error;
  }
}

describe("hostile configs", () => {
  it("a changed config makes a model or a clear error", () => {
    fc.assert(
      fc.property(plans, mutations, fc.boolean(), (plan, changes, isLenient) => {
        const config = JSON.parse(JSON.stringify(build(plan).getConfig())) as object;
        mutate(config, changes);
        const before = structuredClone(config);
        survives(() => {
          const lenient = isLenient ? { onUnknown: () => {} } : {};
          const model = Functional.fromConfig(config, { registry: builtins, ...lenient });
          model.toJson();
          cloneModel(model).toJson();
        });
        expect(config).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it("a changed Sequential config makes a model or a clear error", () => {
    const text = JSON.stringify(sequential(3).getConfig());
    fc.assert(
      fc.property(mutations, (changes) => {
        const config = JSON.parse(text) as object;
        mutate(config, changes);
        survives(() => Sequential.fromConfig(config, { registry: builtins }).toJson());
      }),
      { numRuns: 500 },
    );
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty", "", "0"])(
    "%j is a name like any other",
    (name) => {
      const x = Input({ shape: [2], name: "x" });
      const y = Input({ shape: [2], name });
      const inputs = JSON.parse(`{"a": 0, ${JSON.stringify(name)}: 1}`) as Record<string, unknown>;
      for (const [key, tensor] of [["a", x] as const, [name, y] as const]) {
        Object.defineProperty(inputs, key, { value: tensor, enumerable: true });
      }
      const model = new Functional({ inputs: inputs as never, outputs: [x, y] });
      const text = model.toJson();
      expect(modelFromJson(text).toJson()).toBe(text);
      expect(cloneModel(model).toJson()).toBe(text);
      expect(({} as Record<string, unknown>).config).toBeUndefined();
    },
  );

  it("calls in a loop, or of nobody, are named", () => {
    const dense = (name: string, from: unknown[]) => ({
      module: "keras.layers",
      class_name: "Dense",
      config: { name, units: 2 },
      registered_name: null,
      name,
      inbound_nodes: [
        {
          args: [
            {
              class_name: "__keras_tensor__",
              config: { shape: [null, 2], dtype: "float32", keras_history: from },
            },
          ],
          kwargs: {},
        },
      ],
    });
    const config = (from: unknown[]) => ({
      name: "loop",
      layers: [dense("a", from), dense("b", ["a", 0, 0])],
      input_layers: [["a", 0, 0]],
      output_layers: [["b", 0, 0]],
    });
    const messageOf = (from: unknown[]) =>
      survives(() => Functional.fromConfig(config(from), { registry: builtins }))?.message;
    expect(messageOf(["b", 0, 0])).toBe(
      'config.layers[0].inbound_nodes[0]: expected inputs that can be computed, received call 0 of "b", which is in a loop or not connected.\n' +
        'config.layers[1].inbound_nodes[0]: expected inputs that can be computed, received call 0 of "a", which is in a loop or not connected.',
    );
    expect(messageOf(["a", 0, 0])).toMatch(/received call 0 of "a", which is in a loop/);
    expect(messageOf(["b", 7, 0])).toMatch(/received call 7 of "b", which is in a loop or not connected/);
    expect(messageOf(["nobody", 0, 0])).toBe(
      'config.layers[0].inbound_nodes[0]: expected the name of a layer of this model, received "nobody".',
    );
    expect(messageOf(["b", -1, 0.5])).toBe(
      "config.layers[0].inbound_nodes[0]: expected a tensor's history (a layer's name and two indices), received [\"b\", -1, 0.5].",
    );
  });
});

function sequential(depth: number): Sequential {
  let model = new Sequential([Input({ shape: [2] })]);
  for (let i = 1; i < depth; i++) model = new Sequential([Input({ shape: [2] }), model]);
  return model;
}

/** The config of Sequential models inside each other, as an object and as text. */
function nested(depth: number): object {
  let model: object = sequential(1).getConfig();
  for (let i = 1; i < depth; i++) {
    const inner = { module: "keras", class_name: "Sequential", config: model, registered_name: null };
    model = { name: `level_${i}`, trainable: true, layers: [inner] };
  }
  return model;
}

describe("depth", () => {
  const tooDeep =
    "JSON: expected at most 1000 levels of nesting, received more. Does the value contain itself?";

  it("150 models inside each other are read, cloned and written", () => {
    expect(Sequential.fromConfig(nested(150), { registry: builtins }).name).toBe("level_149");
    const model = sequential(150);
    const text = model.toJson();
    expect(modelFromJson(text).toJson()).toBe(text);
    expect(cloneModel(model).toJson()).toBe(text);
    expect(cloneModel(model, { recursive: true }).toJson()).toBe(text);
  });

  it("100,000 models inside each other are a clear error", () => {
    const error = survives(() => Sequential.fromConfig(nested(100_000), { registry: builtins }));
    expect(error?.message).toBe(tooDeep);
    const text = `${'{"a":['.repeat(100_000)}1${"]}".repeat(100_000)}`;
    expect(() => modelFromJson(text)).toThrow(/expected at most 1000 levels of nesting/);
  });

  it("a config that contains itself is a clear error", () => {
    const config: { name: string; layers: unknown[] } = { name: "snake", layers: [] };
    config.layers.push({ module: "keras", class_name: "Sequential", config, registered_name: null });
    expect(survives(() => Sequential.fromConfig(config, { registry: builtins }))?.message).toBe(tooDeep);
    expect(survives(() => Functional.fromConfig(config, { registry: builtins }))?.message).toBe(tooDeep);
  });

  it("models inside each other that could not be read again are not written", () => {
    // Code that has not run often takes more of the stack than JSON's limit leaves for it: whichever ends first.
    expect(() => serialize(sequential(2000))).toThrow(
      /^serialize: expected (?:at most 500 objects inside each other, received more\.$|nesting that JavaScript's stack has)/,
    );
  });

  it("a chain of 20,000 layers is built, written, read and cloned", () => {
    const x = Input({ shape: [2] });
    const layers: Layer[] = Array.from({ length: 20_000 }, () => new Dropout({ rate: 0.5 }));
    const model = new Functional({ inputs: x, outputs: layers.reduce((y, layer) => layer.apply(y), x) });
    const text = model.toJson();
    expect(modelFromJson(text).toJson()).toBe(text);
    expect(cloneModel(model).toJson()).toBe(text);
    expect(new Sequential([x, ...layers]).layers).toHaveLength(20_000);
  });
});
