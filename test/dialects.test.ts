import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { builtins } from "../src/builtins.ts";
import { formatDialect, parseDialect } from "../src/dialects/version.ts";
import { expectClose } from "../src/engines/expect-close.ts";
import { reference, useReference } from "../src/engines/reference/index.ts";
import {
  cloneModel,
  Functional,
  Input,
  type Model,
  modelFromJson,
  Sequential,
  type Tensor,
} from "../src/index.ts";
import type { JsonObject } from "../src/json/json.ts";
import {
  BatchNormalization,
  Bidirectional,
  Conv2DTranspose,
  Dense,
  Embedding,
  GlobalAveragePooling1D,
  GRU,
  InputLayer,
  LayerNormalization,
  LSTM,
  MultiHeadAttention,
  RandomCrop,
  RNN,
  SimpleRNN,
  SimpleRNNCell,
  TimeDistributed,
} from "../src/layers/index.ts";
import type { Layer } from "../src/layers/layer.ts";
import { copyObject } from "../src/registry/configurable.ts";
import { readMetadata, toBytes } from "../src/saving/index.ts";
import { loadModel } from "../src/saving/load.ts";
import { fromNumbers } from "../src/tensor/cast.ts";
import { fromNested } from "../src/tensor/create.ts";
import { goldenObjects } from "./golden-custom.ts";

const golden = new URL("../golden/", import.meta.url);
const versions = ["3.6", "3.15"];

beforeAll(useReference);

/** Clones as careless programs do: what is remembered beside a config is lost. */
const spread = (layer: Layer) => layer.constructor.fromConfig({ ...layer.getConfig() });

/** A class's `fromConfig`, whatever class it is. */
function fromConfig<T extends Model>(model: T, config: object, options: object = {}): T {
  return (model.constructor as unknown as typeof Functional).fromConfig(config, options) as unknown as T;
}

/** The text of a model without what only `compile` says, which no `fromConfig` keeps. */
function textOf(model: Model): string {
  const { compile_config: _, ...envelope } = JSON.parse(model.toJson().replace(/-?Infinity|NaN/g, '"$&"'));
  return JSON.stringify(envelope);
}

describe.each(versions)("models of Keras %s", (version) => {
  const models = new URL(`${version}/models/`, golden);
  const files = new URL(`${version}/files/`, golden);
  const options = { customObjects: goldenObjects };

  it.each(readdirSync(models))("%s speak their dialect, read or rebuilt from their config", (file) => {
    const { config_text: text } = JSON.parse(readFileSync(new URL(file, models), "utf8"));
    const model = modelFromJson(text, { ...options, dialect: parseDialect(version)! });
    const again = fromConfig(model, model.getConfig());
    expect(again.dialect).toBe(parseDialect(version));
    expect(textOf(again)).toBe(textOf(model));
    const config = JSON.stringify(model.getConfig());
    const bare = fromConfig(model, JSON.parse(config), options);
    expect(textOf(bare)).toBe(
      textOf(fromConfig(model, JSON.parse(config), { ...options, registry: builtins })),
    );
  });

  it.each(readdirSync(files).filter((file) => file.endsWith(".keras")))(
    "%s is cloned to the same text by configs that are spread",
    async (file) => {
      const model = await loadModel(readFileSync(new URL(file, files)), options);
      expect(model.dialect).toBe(parseDialect(version));
      const clone = cloneModel(model, { cloneFunction: spread });
      expect(clone.toJson()).toBe(cloneModel(model).toJson());
      expect(fromConfig(model, model.getConfig()).dialect).toBe(model.dialect);
      expect(textOf(fromConfig(model, { ...model.getConfig() }))).toBe(textOf(model));
      expect(model.toJson()).not.toContain("shared_object_id");
    },
  );

  it.each(readdirSync(models))("%s share nothing with what getConfig gives", (file) => {
    const { config_text: text } = JSON.parse(readFileSync(new URL(file, models), "utf8"));
    const read = modelFromJson(text, options);
    for (const model of [read, cloneModel(read)]) {
      const before = model.toJson();
      spoil(model.getConfig());
      expect(model.toJson()).toBe(before);
      for (const layer of model.layers) spoil(layer.getConfig());
      expect(model.toJson()).toBe(before);
      expect(cloneModel(model).toJson()).toBe(cloneModel(read).toJson());
    }
  });

  it("are cloned by spread configs without an error, every layer of Keras", () => {
    const folder = new URL(`${version}/layers/`, golden);
    for (const file of readdirSync(folder)) {
      const { cases } = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
      for (const { config_text: text } of cases as { config_text: string }[]) {
        const { class_name: name, module, config } = JSON.parse(plain(text)) as JsonObject;
        const cls = builtins.builtin(module as string, name as string) as unknown as typeof Dense | undefined;
        if (!cls) continue;
        const registry = builtins.with(goldenObjects);
        const layer = cls.fromConfig(config as object, { registry }) as unknown as Layer;
        const again = layer.constructor.fromConfig({ ...layer.getConfig() });
        expect(again.getConfig()).toEqual(layer.getConfig());
      }
    }
  });
});

/** Text that JavaScript reads too. */
function plain(text: string): string {
  return text.replace(/(?<![\w"])(-?Infinity|NaN)(?![\w"])/g, "0");
}

/** Changes everything that can be changed. */
function spoil(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const item of Object.values(value)) spoil(item);
  if (Array.isArray(value)) value.push(9);
  else Object.assign(value, { spoilt: true });
}

describe("what a new model needs", () => {
  it.each<[string, Layer, JsonObject]>([
    [
      "an optional input",
      new InputLayer({ shape: [4], optional: true, name: "x" }),
      { optional: true, ragged: false },
    ],
    ["renorm", new BatchNormalization({ renorm: true }), { renorm: true, renorm_momentum: 0.99 }],
    [
      "output_padding",
      new Conv2DTranspose({ filters: 1, kernel_size: 2, strides: 2, output_padding: 1 }),
      { output_padding: [1, 1] },
    ],
    ["a gate", new MultiHeadAttention({ num_heads: 1, key_dim: 2, use_gate: true }), { use_gate: true }],
  ])("%s has a config, in the oldest dialect that holds it", (_, layer, expected) => {
    expect(layer.getConfig()).toMatchObject(expected);
    expect(copyObject(layer).getConfig()).toEqual(layer.getConfig());
    expect(spread(layer).getConfig()).toEqual(layer.getConfig());
  });

  const model = () => {
    const x = new InputLayer({ shape: [4], optional: true, name: "x" }).output;
    return new Functional({ inputs: x, outputs: new Dense({ units: 2, name: "d" }).apply(x), name: "m" });
  };

  it("is said by its summary, and by its file", async () => {
    expect(model().summary()).toMatch(/ Needs Keras 3\.13 or newer$/);
    const bytes = await toBytes(model());
    expect(await readMetadata(bytes)).toMatchObject({ keras_version: "3.13.0" });
    const again = await loadModel(bytes);
    expect(again.dialect).toBe(313);
    expect(again.toJson()).toBe(model().toJson());
    expect(again.summary()).not.toContain("Needs Keras");
    expect(model().toJson()).toBe(cloneModel(model()).toJson());
  });

  it("is an error where an older version is asked for", async () => {
    const message =
      'layer "x".optional: expected its default, because Keras 3.6 does not know this key ' +
      "(it came with Keras 3.13), received true.";
    expect(() => model().toJson({ keras: 306 })).toThrow(message);
    await expect(toBytes(model(), { keras: "3.6" })).rejects.toThrow(message);
  });

  it("is nothing where every version will do", () => {
    const plainModel = new Sequential([Input({ shape: [4] }), new Dense({ units: 2 })]);
    expect(plainModel.summary()).not.toContain("Needs Keras");
  });

  it("stays with a config that is spread", () => {
    const layer = Dense.fromConfig({ name: "d", units: 1, lora_rank: 2, lora_alpha: 8 });
    expect(Dense.fromConfig({ ...layer.getConfig() }).getConfig()).toEqual(layer.getConfig());
    expect(layer.getConfig()).toMatchObject({ lora_alpha: 8 });
  });
});

describe("a config without what is remembered beside it", () => {
  it("is read without a registry, as far as the program has the classes", () => {
    const x = Input({ shape: [5], dtype: "int32" });
    const y = new Bidirectional({ layer: new GRU({ units: 2 }) }).apply(
      new Embedding({ input_dim: 3, output_dim: 2 }).apply(x),
    );
    const inner = new Sequential([new TimeDistributed({ layer: new Dense({ units: 1 }) })], {
      name: "inner",
    });
    const model = new Functional({
      inputs: x,
      outputs: inner.apply(
        new LSTM({ units: 2, return_sequences: true }).apply(
          new Embedding({ input_dim: 3, output_dim: 2 }).apply(x),
        ),
      ),
    });
    for (const given of [
      model,
      new Functional({ inputs: x, outputs: y }),
      new Sequential([Input({ shape: [2] }), new Dense({ units: 1 })]),
    ])
      expect(fromConfig<Model>(given, JSON.parse(JSON.stringify(given.getConfig()))).toJson()).toBe(
        given.toJson(),
      );
  });

  it("needs one's own classes, and names what is not there", () => {
    class Mine extends Dense {
      static override readonly className: string = "Mine";
    }
    const model = new Sequential([Input({ shape: [2] }), new Mine({ units: 1 })], { name: "s" });
    const config = JSON.parse(JSON.stringify(model.getConfig()));
    expect(() => Sequential.fromConfig(config)).toThrow(
      'unknown custom class "Mine". Pass it in customObjects, or onUnknown to keep it as it is.',
    );
    expect(Sequential.fromConfig(config, { customObjects: { Mine } }).layers[0]).toBeInstanceOf(Mine);
  });
});

describe("from Keras 3.16 on, what goes through a sequence passes no mask on", () => {
  /** Numbers of Keras 3.15.1 on JAX, with `layer.supports_masking` as it is there and as 3.16 has it. */
  const table: readonly [string, () => Layer, before: number[][], since: number[][]][] = [
    [
      "RNN",
      () => new RNN({ cell: new SimpleRNNCell({ units: 2 }), return_sequences: true }),
      [
        [-0.255563, 0.344235],
        [-0.214473, 0.360888],
      ],
      [
        [-0.275356, 0.312736],
        [-0.260638, 0.345915],
      ],
    ],
    [
      "SimpleRNN",
      () => new SimpleRNN({ units: 2, return_sequences: true }),
      [
        [-0.255563, 0.344235],
        [-0.214473, 0.360888],
      ],
      [
        [-0.275356, 0.312736],
        [-0.260638, 0.345915],
      ],
    ],
    [
      "GRU",
      () => new GRU({ units: 2, return_sequences: true }),
      [
        [-0.154988, -0.170534],
        [-0.183221, -0.195614],
      ],
      [
        [-0.166528, -0.195188],
        [-0.162936, -0.187836],
      ],
    ],
    [
      "LSTM",
      () => new LSTM({ units: 2, return_sequences: true }),
      [
        [-0.047597, -0.154029],
        [-0.031874, -0.13115],
      ],
      [
        [-0.042518, -0.147256],
        [-0.03041, -0.126714],
      ],
    ],
    [
      "Bidirectional",
      () => new Bidirectional({ layer: new LSTM({ units: 2, return_sequences: true }) }),
      [
        [-0.047597, -0.154029, 0.084707, 0.113502],
        [-0.031874, -0.13115, 0.065664, 0.137371],
      ],
      [
        [-0.028558, -0.092417, 0.050824, 0.068101],
        [-0.019124, -0.07869, 0.039398, 0.082423],
      ],
    ],
    [
      "TimeDistributed",
      () => new TimeDistributed({ layer: new Dense({ units: 2 }) }),
      [
        [-0.462835, 0.008079],
        [-0.432364, 0.02747],
      ],
      [
        [-0.404294, 0.05554],
        [-0.386011, 0.067175],
      ],
    ],
  ];

  const sequences = fromNested(
    [
      [1, 2, 3, 0, 0],
      [4, 0, 5, 6, 0],
    ],
    "int32",
  );

  function make(layer: Layer): Functional {
    const ids = Input({ shape: [5], dtype: "int32" });
    const y = layer.apply(new Embedding({ input_dim: 7, output_dim: 3, mask_zero: true }).apply(ids));
    return new Functional({ inputs: ids, outputs: new GlobalAveragePooling1D().apply(y) });
  }

  async function compute(model: Model): Promise<Tensor> {
    const values = model.weights.map(({ shape }, k) => {
      const size = shape.reduce((a, b) => a * b, 1);
      const numbers = Array.from({ length: size }, (_, i) => ((i * (k + 2) * 7) % 19) / 19 - 0.5);
      return fromNumbers("float32", shape, numbers);
    });
    model.setWeights(values);
    return model.predict<Tensor>(sequences, { engine: reference });
  }

  it.each(table)("%s", async (_, layer, before, since) => {
    const made = make(layer());
    for (const [dialect, expected] of [
      [306, before],
      [315, before],
      [316, since],
    ] as const) {
      const model = modelFromJson(made.toJson({ keras: dialect }), { dialect });
      const clones = {
        model,
        clone: cloneModel(model),
        "rebuilt from its config": fromConfig(model, model.getConfig()),
        "cloned by spread configs": cloneModel(model, { cloneFunction: spread }),
        "read again": modelFromJson(model.toJson(), { dialect }),
      };
      for (const [what, tested] of Object.entries(clones))
        expectClose(
          await compute(tested),
          fromNested(expected.map((row) => [...row])),
          `${what} of ${formatDialect(dialect)}`,
          1e-6,
        );
    }
    expectClose(await compute(made), fromNested(before), "new");
  });

  it("a copy of such a layer does not either, a new one does", () => {
    const read = LSTM.fromConfig({ units: 1 }, { dialect: 316 });
    expect(read.supportsMasking).toBe(false);
    expect(copyObject(read).supportsMasking).toBe(false);
    expect(LSTM.fromConfig(read.getConfig()).supportsMasking).toBe(false);
    expect(new LSTM({ units: 1 }).supportsMasking).toBe(true);
    expect(LSTM.fromConfig({ units: 1 }).supportsMasking).toBe(true);
    expect(Embedding.fromConfig({ input_dim: 1, output_dim: 1 }, { dialect: 316 }).supportsMasking).toBe(
      true,
    );
  });
});

describe("RandomCrop", () => {
  it("crops in training only in files of Keras 3.8 and later, and so do clones of it", () => {
    const config = { height: 2, width: 2, seed: 1, name: "crop" };
    const predicted = (layer: RandomCrop) =>
      layer.apply<Tensor>(fromNumbers("float32", [1, 4, 4, 1], new Array(16).fill(0)), { training: false })
        .shape;
    const read = RandomCrop.fromConfig(config, { dialect: 308 });
    expect(predicted(copyObject(read))).toEqual([1, 4, 4, 1]);
    expect(predicted(RandomCrop.fromConfig(config, { dialect: 307 }))).toEqual([1, 2, 2, 1]);
    expect(predicted(new RandomCrop(config))).toEqual([1, 2, 2, 1]);
    expect(read.apply(Input({ shape: [4, 4, 1] })).shape).toEqual([null, 2, 2, 1]);
  });
});

describe("LayerNormalization", () => {
  it("sorts its axes in files of Keras 3.14, and so do clones of it", () => {
    const config = { axis: [1, -1], name: "norm" };
    const built = (layer: LayerNormalization) => {
      layer.apply(Input({ shape: [3, 4] }));
      return layer.axis;
    };
    const read = LayerNormalization.fromConfig(config, { dialect: 314 });
    expect(built(copyObject(read))).toEqual([-1, 1]);
    expect(built(LayerNormalization.fromConfig(read.getConfig()))).toEqual([-1, 1]);
    expect(built(read)).toEqual([-1, 1]);
    expect(built(LayerNormalization.fromConfig(config, { dialect: 313 }))).toEqual([1, -1]);
    expect(built(new LayerNormalization(config))).toEqual([1, -1]);
  });
});
