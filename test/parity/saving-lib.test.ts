import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  Functional,
  Input,
  type KerasTensor,
  Model,
  parsePythonJson,
  Sequential,
  type Tensor,
  tensor,
  toNested,
} from "../../src/index.ts";
import type { JsonObject } from "../../src/json/json.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { Layer } from "../../src/layers/layer.ts";
import { Normalization } from "../../src/layers/preprocessing/index.ts";
import { Bidirectional, LSTM } from "../../src/layers/recurrent/index.ts";
import { loadModel, loadWeights, readMetadata, saveModel, saveWeights } from "../../src/node.ts";
import type { Numeric, Operand } from "../../src/program/emit.ts";
import { openArchive } from "../../src/saving/archive.ts";
import { loadModel as loadBytes } from "../../src/saving/load.ts";
import { toBytes } from "../../src/saving/save-model.ts";
import { memorySource } from "../../src/saving/sources.ts";
import { full } from "../../src/tensor/create.ts";
import { numbers, values } from "./common.ts";
import { CustomModelX, customObjects, models } from "./saving-models.ts";

let folder: string;
let count = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ceratops-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const at = (ending: string) => join(folder, `${count++}${ending}`);
const golden = (id: string) =>
  new Uint8Array(readFileSync(new URL(`../../golden/3.6/files/${id}.keras`, import.meta.url)));

/** A model after it was saved and loaded; the outputs of both for the same input are the same. */
async function expectKept(model: Model, input: Tensor | readonly Tensor[]): Promise<Model> {
  const path = at(".keras");
  const expected = values(model.apply<Tensor>(input));
  await saveModel(model, path);
  const loaded = await loadModel(path, { customObjects });
  expect(loaded.weights.map((variable) => toNested(variable.value))).toEqual(
    model.weights.map((variable) => toNested(variable.value)),
  );
  expect(values(loaded.apply<Tensor>(input))).toEqual(expected);
  return loaded;
}

async function configIn(bytes: Uint8Array): Promise<JsonObject> {
  const { members } = await openArchive(memorySource(bytes));
  return parsePythonJson(new TextDecoder().decode(await members.get("config.json")!.read())) as JsonObject;
}

describe("saving/saving_lib_test.py", () => {
  it.each(Object.keys(models))("test_inference_after_instantiation: %s", async (kind) => {
    const loaded = await expectKept(models[kind]!(), numbers([2, 4]));
    expect(loaded.compiled).toBe(false);
  });

  it.each(["fitted_adam", "fitted_schedule"])(
    "test_compile_preserved: %s, trained by Keras, after it was saved here",
    async (id) => {
      const original = await loadBytes(golden(id));
      const loaded = await loadBytes(await toBytes(original));
      expect([original.compiled, loaded.compiled, loaded.built]).toEqual([true, true, true]);
      expect(loaded.getCompileConfig()).toEqual(original.getCompileConfig());
      const state = (model: Model) =>
        Promise.all(model.optimizerState!.variables.map(async ({ data }) => toNested(await data())));
      expect(await state(loaded)).toEqual(await state(original));
      expect((await state(loaded)).length).toBeGreaterThan(2);
      expect(values(loaded.getWeights())).toEqual(values(original.getWeights()));
    },
  );

  it("test_saving_preserve_unbuilt_state: a model that was never called", async () => {
    const path = at(".keras");
    const model = new CustomModelX();
    await saveModel(model, path);
    const loaded = await loadModel(path, { customObjects });
    expect([model.built, loaded.built, loaded.compiled]).toEqual([false, false, false]);
    expect(loaded).toBeInstanceOf(CustomModelX);
  });

  it("test_saved_module_paths_and_class_names: in config.json", async () => {
    const own = await configIn(await toBytes(models.subclassed!()));
    expect(own).toMatchObject({
      class_name: "CustomModelX",
      registered_name: "my_custom_package>CustomModelX",
    });
    const original = await configIn(golden("fitted_adam"));
    const { compile_config } = await configIn(await toBytes(await loadBytes(golden("fitted_adam"))));
    expect(compile_config).toEqual(original.compile_config);
    expect(compile_config).toMatchObject({
      optimizer: { module: "keras.optimizers", class_name: "Adam", registered_name: null },
    });
  });

  it("test_metadata: the version and the date", async () => {
    const path = at(".keras");
    await saveModel(models.subclassed!(), path);
    expect(Object.keys(await readMetadata(path))).toEqual(["keras_version", "date_saved"]);
  });

  it("test_save_load_weights_only: into another model of the same layers", async () => {
    const path = at(".weights.h5");
    const model = models.basic_functional!();
    await saveWeights(model, path);
    const other = models.basic_functional!();
    await loadWeights(other, path);
    const x = numbers([2, 4]);
    expect(toNested(await other.predict<Tensor>(x))).toEqual(toNested(await model.predict<Tensor>(x)));
  });

  it("test_load_weights_only_with_keras_file: the weights of a whole model", async () => {
    const path = at(".keras");
    const model = models.basic_functional!();
    await saveModel(model, path);
    const other = models.basic_functional!();
    await loadWeights(other, path);
    const x = numbers([2, 4]);
    expect(toNested(await other.predict<Tensor>(x))).toEqual(toNested(await model.predict<Tensor>(x)));
  });

  it.each([
    ["basic_functional", "subclassed_functional"],
    ["subclassed_functional", "basic_functional"],
  ])("test_save_weights_subclassed_functional: from %s to %s", async (from, to) => {
    const path = at(".weights.h5");
    const [source, target] = [models[from]!(), models[to]!()];
    await saveWeights(source, path);
    await loadWeights(target, path);
    expect(values(target.getWeights())).toEqual(values(source.getWeights()));
  });

  it("test_compile_arg: compile: false", async () => {
    expect((await loadBytes(golden("fitted_adam"))).compiled).toBe(true);
    const plain = await loadBytes(golden("fitted_adam"), { compile: false });
    expect([plain.compiled, plain.getCompileConfig()]).toEqual([false, undefined]);
  });

  describe("test_partial_load: a file of 3 → 4 → 5", () => {
    const stack = (...units: number[]) =>
      new Sequential([Input({ shape: [3], batch_size: 2 }), ...units.map((n) => new Dense({ units: n }))]);
    const original = stack(4, 5);
    const save = async () => {
      const path = at(".keras");
      await saveModel(original, path);
      return path;
    };

    it("test_partial_load: a layer of another shape", async () => {
      const path = await save();
      const model = stack(4, 6);
      const before = values(model.layers[1]!.getWeights());
      await expect(loadWeights(model, path)).rejects.toThrow(
        "/layers/dense_1/vars/0: expected shape [4, 6], received [4, 5].",
      );
      expect(values(model.layers[1]!.getWeights())).toEqual(before);
      const skipped = await loadWeights(model, path, { skipMismatch: true });
      expect(skipped.length).toBeGreaterThan(0);
      expect(values(model.layers[0]!.getWeights())).toEqual(values(original.layers[0]!.getWeights()));
      expect(values(model.layers[1]!.getWeights())).toEqual(before);
    });

    it("test_partial_load: a layer that the file does not have", async () => {
      const path = await save();
      const model = stack(4, 5, 5);
      const before = values(model.layers[2]!.getWeights());
      await expect(loadWeights(model, path)).rejects.toThrow("received 0");
      await loadWeights(model, path, { skipMismatch: true });
      for (const i of [0, 1])
        expect(values(model.layers[i]!.getWeights())).toEqual(values(original.layers[i]!.getWeights()));
      expect(values(model.layers[2]!.getWeights())).toEqual(before);
    });
  });

  it("test_save_to_fileobj: bytes and a Blob", async () => {
    const model = new Sequential([Input({ shape: [1] }), new Dense({ units: 1 }), new Dense({ units: 1 })]);
    const bytes = await toBytes(model);
    const x = tensor([[1], [2]]);
    const expected = toNested(await model.predict<Tensor>(x));
    expect(toNested(await (await loadBytes(bytes)).predict<Tensor>(x))).toEqual(expected);
    expect(toNested(await (await loadBytes(new Blob([bytes as BlobPart]))).predict<Tensor>(x))).toEqual(
      expected,
    );
  });

  it("test_load_model_containing_reused_layer: at two depths", async () => {
    const inputs = Input({ shape: [4] });
    const reused = new Dense({ units: 4 });
    const outputs = reused.apply(new Dense({ units: 4 }).apply(reused.apply(inputs)));
    const model = new Functional({ inputs, outputs });
    expect(model.layers).toHaveLength(3);
    const loaded = await expectKept(model, numbers([2, 4]));
    expect(loaded.layers).toHaveLength(3);
  });

  it.each<readonly [string, () => Promise<unknown>, RegExp]>([
    [
      "another ending",
      () => saveModel(models.basic_functional!(), at(".notkeras")),
      /expected a path that ends in \.keras/,
    ],
    [
      "a format of before",
      () => saveModel(models.basic_functional!(), at(".keras"), { save_format: "keras" } as never),
      /unknown option "save_format"/,
    ],
    [
      "an unknown option",
      () => saveModel(models.basic_functional!(), at(".keras"), { invalid_arg: "hello" } as never),
      /unknown option "invalid_arg"/,
    ],
    ["a file that is not there", () => loadModel(at(".keras")), /no such file or directory/],
    ["no ending", () => loadModel(at("")), /expected a path that ends in \.keras/],
  ])("test_saving_api_errors: %s", async (_, act, message) => {
    await expect(act()).rejects.toThrow(message);
  });

  it("test_model_api_endpoint: saved and loaded by path", async () => {
    const path = at(".keras");
    const model = models.basic_functional!();
    await saveModel(model, path);
    const x = numbers([2, 4]);
    const loaded = await loadModel(path);
    expect(toNested(await loaded.predict<Tensor>(x))).toEqual(toNested(await model.predict<Tensor>(x)));
  });

  it("test_normalization_kpl: with a mean and a variance, given or from the file", async () => {
    const given = new Normalization({ mean: [1, 2, 3], variance: [4, 5, 6] });
    await expectKept(new Sequential([Input({ shape: [3] }), given]), numbers([3, 3]));
    const adapted = new Sequential([Input({ shape: [3] }), new Normalization()]);
    adapted.layers[0]!.setWeights([
      full([3], 2, "float32"),
      full([3], 4, "float32"),
      ...adapted.layers[0]!.getWeights().slice(2),
    ]);
    await expectKept(adapted, numbers([3, 3]));
  });

  it("test_custom_object_without_from_config: an activation of a class that is none of Keras", () => {
    class GrowthFactor {
      readonly factor = 0.5;
      getConfig() {
        return { factor: this.factor };
      }
    }
    expect(() => new Dense({ units: 1, activation: new GrowthFactor() as never })).toThrow(
      /^Dense\.activation: expected .*, received /,
    );
  });

  it("test_complex_model_without_explicit_deserialization: a layer in a config of one's own", async () => {
    class Holding extends Layer {
      static override readonly className = "Holding";
      readonly first_layer: Layer;
      constructor({ first_layer, ...rest }: { first_layer: Layer; name?: string }) {
        super(rest);
        this.first_layer = first_layer;
      }
      override getConfig() {
        return { ...super.getConfig(), first_layer: this.first_layer as never };
      }
      override call(x: Operand) {
        return this.first_layer.apply<Numeric>(x);
      }
    }
    const inputs = Input({ shape: [32] });
    const outer = new Holding({ first_layer: new Dense({ units: 2, name: "inside" }) });
    const model = new Functional({ inputs, outputs: outer.apply(inputs) });
    await expect((async () => toBytes(model))()).rejects.toThrow(
      /config\.first_layer: expected a JSON value, received Dense "inside"\.$/,
    );
  });

  it("test_redefinition_of_trackable: a layer that is reached by another name", async () => {
    class Normal extends Model {
      static override readonly className = "Normal";
      readonly dense = new Dense({ units: 3 });
      override call(x: Operand) {
        return this.dense.apply<Numeric>(x);
      }
    }
    class Renamed extends Model {
      static override readonly className = "Renamed";
      readonly a_dense = new Dense({ units: 3 });
      get dense() {
        return this.a_dense;
      }
      override call(x: Operand) {
        return this.dense.apply<Numeric>(x);
      }
    }
    const path = at(".weights.h5");
    const [normal, renamed] = [new Normal(), new Renamed()];
    for (const model of [normal, renamed]) model.apply<Tensor>(numbers([2, 2]));
    await saveWeights(normal, path);
    await loadWeights(renamed, path);
    expect(values(renamed.getWeights())).toEqual(values(normal.getWeights()));
  });

  const inner = (size: number, name: string) => {
    const inputs = Input({ shape: [4] });
    return new Functional({ inputs, outputs: new Dense({ units: size }).apply(inputs), name });
  };

  it("test_nested_functional_model_saving: two models inside, two inputs, two outputs", async () => {
    const inputs = [Input({ shape: [4] }), Input({ shape: [4] })] as const;
    const outputs = [
      inner(2, "func_a").apply<KerasTensor>(inputs[0]),
      inner(3, "func_b").apply<KerasTensor>(inputs[1]),
    ];
    await expectKept(new Functional({ inputs: [...inputs], outputs }), [
      numbers([2, 4]),
      numbers([2, 4], 0.5),
    ]);
  });

  it("test_nested_shared_functional_model_saving: one model inside, called twice", async () => {
    const inputs = [Input({ shape: [4] }), Input({ shape: [4] })] as const;
    const shared = inner(4, "func_shared");
    const outputs = inputs.map((x) => new Dense({ units: 2 }).apply(shared.apply<KerasTensor>(x)));
    await expectKept(new Functional({ inputs: [...inputs], outputs }), [
      numbers([2, 4]),
      numbers([2, 4], 0.5),
    ]);
  });

  it("test_bidirectional_lstm_saving: the same outputs", async () => {
    const inputs = Input({ shape: [3, 2] });
    const outputs = new Bidirectional({ layer: new LSTM({ units: 64 }) }).apply(inputs);
    await expectKept(new Functional({ inputs, outputs }), numbers([1, 3, 2]));
  });

  it.each(["list", "dict"] as const)(
    "test_nested_container_layer_saving: layers in a %s, each with its own weights",
    async (kind) => {
      class Container extends Model {
        static override readonly className = "Container";
        readonly blocks: readonly Layer[][] | Readonly<Record<string, Layer[]>>;
        readonly out_layer = new Dense({ units: 2 });
        constructor(options: { name?: string } = {}) {
          super(options);
          const pair = () => [new Dense({ units: 8 }), new Dense({ units: 8 })];
          this.blocks = kind === "list" ? [pair(), pair()] : { block_a: pair(), block_b: pair() };
        }
        override call(x: Operand) {
          const steps: Layer[] = [...Object.values(this.blocks).flat(), this.out_layer];
          return steps.reduce<Operand>((value, step) => step.apply<Numeric>(value), x) as Numeric;
        }
      }
      const model = new Container();
      const x = numbers([2, 4]);
      model.apply<Tensor>(x);
      for (const [i, dense] of Object.values(model.blocks).flat().entries()) {
        const [kernel, bias] = dense.getWeights();
        dense.setWeights([full(kernel!.shape, i + 1, "float32"), bias!]);
      }
      const expected = values(model.apply<Tensor>(x));
      const loaded = await loadBytes(await toBytes(model), { customObjects: { Container } });
      expect(values(loaded.apply<Tensor>(x))).toEqual(expected);
      const kernels = Object.values((loaded as Container).blocks)
        .flat()
        .map((dense) => dense.getWeights()[0]!);
      expect(kernels.map(({ data }) => data[0])).toEqual([1, 2, 3, 4]);
    },
  );
});
