import { describe, expect, it } from "vitest";
import { reference } from "../../src/engines/reference/index.ts";
import { CeratopsError } from "../../src/errors.ts";
import {
  cloneModel,
  Functional,
  Input,
  modelFromJson,
  Sequential,
  serialize,
  tensor,
} from "../../src/index.ts";
import type { JsonObject } from "../../src/json/json.ts";
import {
  Add,
  Dense,
  Identity,
  LSTMCell,
  RNN,
  StackedRNNCells,
  TimeDistributed,
} from "../../src/layers/index.ts";
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

/** Layers inside each other, far deeper than the stack. */
const towers: Readonly<Record<string, () => Layer>> = {
  stacks: () => nested<Layer>(5000, new Dense({ units: 2 }), (layer) => new Sequential([layer])),
  wrappers: () => nested<Layer>(5000, new Dense({ units: 2 }), (layer) => new TimeDistributed({ layer })),
  cells: () =>
    nested<Layer>(5000, new LSTMCell({ units: 2 }), (cell) => new StackedRNNCells({ cells: [cell] })),
};

/** All that is done to layers which have more inside than the stack has room for. */
const uses: Readonly<Record<string, (layer: Layer) => unknown>> = {
  apply: (layer) => layer.apply(Input({ shape: [2] })),
  build: (layer) => layer.buildOn([2, 2]),
  getConfig: (layer) => layer.getConfig(),
  serialize: (layer) => serialize(layer),
  weights: (layer) => [layer.weights, layer.variables, layer.losses, layer.countParams()],
  missingCode: (layer) => layer.missingCode,
  state_size: (layer) => (layer instanceof StackedRNNCells ? layer.state_size : null),
  output_size: (layer) => (layer instanceof StackedRNNCells ? layer.output_size : null),
  summary: (layer) => (layer instanceof Sequential ? layer.summary() : null),
  "in a model": (layer) => new Sequential([Input({ shape: [2] }), layer]),
};

describe.each(Object.entries(towers))("%s 5,000 deep", (_, make) => {
  it.each(Object.entries(uses))("%s works or says what is too deep", async (_, use) => {
    await outcome(() => use(make()));
  });

  it("trainable reaches all of them", () => {
    const tower = make();
    tower.trainable = false;
    let inmost = tower;
    for (let inside = tower; inside; inside = inside.sublayers()[0]!) inmost = inside;
    expect(inmost.trainable).toBe(false);
  });
});

it("the time that cells inside each other take does not grow with the cube of their number", async () => {
  const start = performance.now();
  const cell = nested<Layer>(
    600,
    new LSTMCell({ units: 2 }),
    (inner) => new StackedRNNCells({ cells: [inner] }),
  );
  await outcome(() => new RNN({ cell }).apply(Input({ shape: [3, 2] })));
  expect(performance.now() - start).toBeLessThan(2000);
});

/** Lists and dicts deeper than any config has them. */
const structures: Readonly<Record<string, () => unknown>> = {
  lists: () => nested<unknown>(5000, Input({ shape: [2] }), (inner) => [inner]),
  dicts: () => nested<unknown>(5000, Input({ shape: [2] }), (a) => ({ a })),
  "lists of numbers": () => nested<unknown>(5000, 1, (inner) => [inner]),
  "a list that contains itself": () => {
    const list: unknown[] = [];
    list.push(list);
    return list;
  },
};

describe.each(Object.entries(structures))("%s", (_, make) => {
  const x = Input({ shape: [2] });
  const model = new Sequential([x, new Dense({ units: 2 })]);
  it.each<[string, (value: never) => unknown]>([
    ["inputs of a model", (value) => new Functional({ inputs: value, outputs: x })],
    ["outputs of a model", (value) => new Functional({ inputs: x, outputs: value })],
    ["Add.apply", (value) => new Add().apply(value)],
    ["Identity.apply", (value) => new Identity().apply(value)],
    ["predict", (value) => model.predict(value, { engine: reference })],
    ["computeOutputShape", (value) => model.computeOutputShape(value)],
    ["buildOn", (value) => new Add().buildOn(value)],
    ["tensor", (value) => tensor(value)],
    ["serialize", (value) => serialize(value)],
  ])("%s works or is a clear error", async (_, use) => {
    await outcome(() => use(make() as never));
  });
});

it("says where it was that the stack got full", () => {
  class Endless extends Dense {
    override build(shape: Shape): void {
      this.build(shape);
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
