import { describe, expect, it } from "vitest";
import { reference } from "../../src/engines/reference/index.ts";
import { CeratopsError } from "../../src/errors.ts";
import { cloneModel, Functional, Input, modelFromJson, Sequential, tensor } from "../../src/index.ts";
import type { JsonObject } from "../../src/json/json.ts";
import { Dense, TimeDistributed } from "../../src/layers/index.ts";
import type { Layer } from "../../src/layers/layer.ts";
import { modelGraph } from "../../src/picture/index.ts";
import { loadModel, toBytes } from "../../src/saving/index.ts";
import type { Shape } from "../../src/tensor/shape.ts";

const envelope = (class_name: string, config: JsonObject, module = "keras.layers"): JsonObject => ({
  module,
  class_name,
  config,
  registered_name: null,
});

const dense = envelope("Dense", { name: "d", units: 4 });

const model = (name: string, layers: JsonObject[]) => envelope("Sequential", { name, layers }, "keras");

const input = (shape: number[]) => envelope("InputLayer", { batch_shape: shape, name: "in" });

function nested<T>(depth: number, inner: T, around: (inner: T, i: number) => T): T {
  let value = inner;
  for (let i = 0; i < depth; i++) value = around(value, i);
  return value;
}

/** Configs of things inside each other. */
const configs: Readonly<Record<string, (depth: number) => JsonObject>> = {
  wrappers: (depth) =>
    model("m", [
      input([2, ...Array<number>(depth).fill(1), 3]),
      nested(depth, dense, (layer, i) => envelope("TimeDistributed", { name: `t${i}`, layer })),
    ]),
  cells: (depth) =>
    model("m", [
      input([2, 3, 4]),
      envelope("RNN", {
        name: "r",
        cell: nested(depth, envelope("LSTMCell", { name: "c", units: 4 }), (cell, i) =>
          envelope("StackedRNNCells", { name: `s${i}`, cells: [cell] }),
        ),
      }),
    ]),
  models: (depth) =>
    model("m", [input([2, 4]), nested(depth, dense, (layer, i) => model(`s${i}`, [input([2, 4]), layer]))]),
  unknown: (depth) =>
    model("m", [
      input([2, 4]),
      nested(depth, dense, (layer, i) => envelope("Mine", { name: `u${i}`, layer }, "my")),
    ]),
  arguments: (depth) =>
    model("m", [
      input([2, 4]),
      envelope("Mine", { name: "u", value: nested<unknown>(depth, 1, (a) => ({ a })) as JsonObject }, "my"),
    ]),
};

/** Models that nobody could write: made one around the other, deeper than the stack. */
const models: Readonly<Record<string, (depth: number) => Sequential | Functional>> = {
  wrappers: (depth) => {
    const layer = nested<Dense | TimeDistributed>(
      depth,
      new Dense({ units: 4 }),
      (inner) => new TimeDistributed({ layer: inner }),
    );
    return new Sequential([Input({ batch_shape: [2, ...Array<number>(depth).fill(1), 3] }), layer]);
  },
  stacks: (depth) =>
    nested(
      depth,
      new Sequential([Input({ batch_shape: [2, 4] }), new Dense({ units: 4 })]),
      (inner) => new Sequential([Input({ batch_shape: [2, 4] }), inner]),
    ),
  graphs: (depth) => {
    const make = (inner: Layer) => {
      const x = Input({ batch_shape: [2, 4] });
      return new Functional({ inputs: x, outputs: inner.apply(x) });
    };
    return nested(depth, make(new Dense({ units: 4 })), make);
  },
};

/** What becomes of it: a value, or an error of this package that says more than the platform does. */
async function outcome(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    expect(error).toBeInstanceOf(CeratopsError);
    const { message } = error as CeratopsError;
    expect(message).toMatch(/expected/);
    expect(message).not.toMatch(/call stack|too much recursion/);
    return undefined;
  }
}

/** All that is done to models. */
const works: Readonly<Record<string, (model: Sequential | Functional) => unknown>> = {
  toJson: (model) => model.toJson(),
  clone: (model) => cloneModel(model),
  "clone of all inside": (model) => cloneModel(model, { recursive: true }),
  summary: (model) => model.summary({ expand_nested: true }),
  graph: (model) => modelGraph(model),
  predict: (model) =>
    model.predict(tensor(Array.from({ length: 2 }, () => [1, 2, 3, 4])), { engine: reference }),
  "save and load": async (model) => loadModel(await toBytes(model), { onUnknown: () => undefined }),
};

const longest = 10_000;

describe.each(Object.entries(configs))("a config of %s inside each other", (_, make) => {
  it.each([12, 50, 150, 300, 480, 900])("%i deep is read or refused", async (depth) => {
    const start = performance.now();
    const text = JSON.stringify(make(depth));
    const read = await outcome(() => modelFromJson(text, { onUnknown: () => undefined }));
    if (depth <= 50) expect(read).toBeInstanceOf(Sequential);
    if (read instanceof Sequential) for (const work of Object.values(works)) await outcome(() => work(read));
    expect(performance.now() - start).toBeLessThan(longest);
  });
});

describe.each(Object.entries(models))("%s inside each other", (_, make) => {
  it.each([300, 1200])("%i deep, work or say what is too deep", async (depth) => {
    const start = performance.now();
    const made = await outcome(() => make(depth));
    if (made instanceof Sequential || made instanceof Functional)
      for (const work of Object.values(works)) await outcome(() => work(made));
    expect(performance.now() - start).toBeLessThan(longest);
  });
});

it("says where it was that the stack got full", () => {
  class Endless extends Dense {
    override buildOn(shape: Shape): void {
      this.buildOn(shape);
    }
    override getConfig(): JsonObject {
      return this.getConfig();
    }
  }
  const why = "expected nesting that JavaScript's stack has room for, received deeper one";
  const stack = new Sequential([new Endless({ units: 4 })], { name: "m" });
  expect(() => stack.toJson()).toThrow(why);
  const built = { ...dense, class_name: "Endless", module: null, build_config: { input_shape: [2, 4] } };
  const text = JSON.stringify(model("m", [built]));
  expect(() => modelFromJson(text, { customObjects: { Endless } })).toThrow(`config: ${why}`);
});
