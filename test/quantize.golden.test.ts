import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { expectClose } from "../src/engines/expect-close.ts";
import { onnxruntime } from "../src/engines/onnxruntime/index.ts";
import { reference } from "../src/engines/reference/index.ts";
import { tensor } from "../src/engines/tensor.ts";
import { Dense } from "../src/layers/core/dense.ts";
import { Input } from "../src/layers/core/input-layer.ts";
import type { Layer } from "../src/layers/layer.ts";
import type { QuantizeModelOptions } from "../src/layers/quantize-options.ts";
import { Dropout } from "../src/layers/regularization/dropout.ts";
import { cloneModel } from "../src/models/clone-model.ts";
import { Sequential } from "../src/models/sequential.ts";
import { AbsMaxQuantizer, Int4QuantizationConfig, Int8QuantizationConfig } from "../src/quantizers/index.ts";
import { loadModel } from "../src/saving/load.ts";
import type { Tensor } from "../src/tensor/tensor.ts";

const ort = onnxruntime({ package: "onnxruntime-node" });

function fileOf(version: string, id: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../golden/${version}/files/${id}.keras`, import.meta.url)));
}

const weightOnly = new Int8QuantizationConfig({ activation_quantizer: null });
const ranges = new Int8QuantizationConfig({
  weight_quantizer: new AbsMaxQuantizer({ axis: 0, value_range: [-100, 100] }),
  activation_quantizer: new AbsMaxQuantizer({ value_range: [-63, 63], epsilon: 1e-3 }),
});
const blocks = new Int4QuantizationConfig({ block_size: 3 });
const channels = new Int4QuantizationConfig({ block_size: -1 });
const inputs = new Int4QuantizationConfig({ activation_quantizer: new AbsMaxQuantizer(), block_size: null });

const modes: readonly (readonly [string, string, string | null, QuantizeModelOptions<Layer>])[] = [
  ["3.6", "quantized_int8", "int8", {}],
  ["3.15", "quantized_int8", "int8", {}],
  ["3.15", "quantized_int8_weights", null, { config: weightOnly }],
  ["3.15", "quantized_int8_ranges", null, { config: ranges, filters: "plain|inside" }],
  ["3.15", "quantized_int4", "int4", {}],
  ["3.15", "quantized_int4_blocks", null, { config: blocks }],
  ["3.15", "quantized_int4_channels", "int4", { config: channels }],
  ["3.15", "quantized_int4_inputs", null, { config: inputs }],
];

describe("a model is quantized as Keras quantizes it", () => {
  it.each(modes)("Keras %s: %s", async (version, id, mode, options) => {
    const model = await loadModel(fileOf(version, "quantizable_float"));
    const before = await model.predict<Tensor[]>(tensor([[1, 2, 3, 4]], { dtype: "int32" }), {
      engine: reference,
    });
    const { quantized, skipped } = await model.quantize(mode, options);
    const expected = await loadModel(fileOf(version, id));
    expect(model.toJson()).toBe(expected.toJson());
    expect(quantized).toContain("plain");
    expect(skipped.map(({ name }) => name)).toContain("mean");
    const values = (all: readonly { readonly path: string; readonly value: Tensor }[]) =>
      Object.fromEntries(all.map(({ path, value }) => [path, value]));
    expect(values(model.weights)).toEqual(values(expected.weights));
    const given = tensor([[1, 2, 3, 4]], { dtype: "int32" });
    const after = await model.predict<Tensor[]>(given, { engine: reference });
    expect(after).toEqual(await expected.predict<Tensor[]>(given, { engine: reference }));
    expect(after).not.toEqual(before);
    const fast = await model.predict<Tensor[]>(given, { engine: ort });
    for (const [i, output] of after.entries()) expectClose(fast[i]!, output, `output ${i}`);
    const copy = cloneModel(model, { weights: "copy" });
    expect(await copy.predict<Tensor[]>(given, { engine: reference })).toEqual(after);
  });

  it("to floats of 8 bits", async () => {
    const model = await loadModel(fileOf("3.6", "quantizable_float"));
    const { quantized, skipped } = await model.quantize("float8");
    expect(quantized).not.toContain("vectors");
    expect(skipped).toContainEqual({
      name: "vectors",
      reason: "expected a layer that can be quantized to float8, received a Embedding.",
    });
    const expected = await loadModel(fileOf("3.6", "quantized_float8"));
    expect(model.toJson()).toBe(expected.toJson());
  });
});

it("names of layers are looked through from the front, whatever was found before", async () => {
  const layers = ["dense_a", "dense_b", "dense_c"].map((name) => new Dense({ units: 2, name }));
  const model = new Sequential([Input({ shape: [4] }), ...layers]);
  const { quantized } = await model.quantize("int8", { filters: /dense/g });
  expect(quantized).toEqual(["dense_a", "dense_b", "dense_c"]);
});

describe("a layer that is quantized", () => {
  const made = () => {
    const model = new Sequential([
      Input({ shape: [4] }),
      new Dense({ units: 3, name: "y" }),
      new Dropout({ rate: 0.5 }),
    ]);
    return { model, dense: model.getLayer("y", Dense) };
  };

  it("keeps its bias, and says what it was quantized to", async () => {
    const { dense } = made();
    const { bias } = dense;
    await dense.quantize("int8");
    expect(dense.bias).toBe(bias);
    expect(dense.kernel.dtype).toBe("int8");
    expect(dense.weights.map(({ path }) => path)).toEqual(
      ["bias", "kernel", "kernel_scale"].map((name) => bias!.path.replace("bias", name)),
    );
    expect(dense.getConfig()).toMatchObject({
      dtype: { class_name: "QuantizedDTypePolicy", config: { mode: "int8", source_name: "float32" } },
    });
    expect(Object.keys(dense.getConfig())).not.toContain("quantization_config");
  });

  class Mine extends Dense {}

  it.each([
    [
      "a mode that there is not",
      (m: Sequential) => m.quantize("int3"),
      'model "m": quantize: expected one of ["int8", "int4", "float8"], received "int3".',
    ],
    ["gptq", (m: Sequential) => m.quantize("gptq"), 'received "gptq". Weights are fitted to data in Python.'],
    [
      "an unknown option",
      (m: Sequential) => m.quantize("int8", { filter: "a" } as never),
      'unknown option "filter"',
    ],
    [
      "another config",
      (m: Sequential) => m.quantize("int4", { config: weightOnly }),
      'expected a config of the mode "int4", received one of int8.',
    ],
    [
      "a config that is none",
      (m: Sequential) => m.quantize(null, { config: {} as never }),
      "expected config to be a QuantizationConfig, received {}.",
    ],
    [
      "filters that are none",
      (m: Sequential) => m.quantize("int8", { filters: 3 as never }),
      "expected filters to be expressions for names of layers, or a function, received 3.",
    ],
    [
      "a filter that is no expression",
      (m: Sequential) => m.quantize("int8", { filters: "dense(" }),
      'expected filters to be expressions, received "dense(".',
    ],
    [
      "a layer of another class",
      (m: Sequential) => m.layers[1]!.quantize("int8"),
      'layer "drop": quantize: expected a layer that can be quantized to int8, received a Dropout.',
    ],
    [
      "an unbuilt layer",
      () => new Dense({ units: 2, name: "d" }).quantize("int8"),
      'layer "d": quantize: expected a layer that is built, received one that is not.',
    ],
    [
      "one that is quantized",
      async (m: Sequential) => {
        await m.quantize("int8");
        await m.layers[0]!.quantize("int8");
      },
      'expected a layer that is not quantized, received one with the policy "int8_from_float32".',
    ],
    [
      "a class that extends one",
      async () => {
        const l = new Mine({ units: 2 });
        l.buildOn([null, 3]);
        await l.quantize("int8");
      },
      "expected a layer that can be quantized to int8, received a Mine.",
    ],
    [
      "float16",
      async () => {
        const l = new Dense({ units: 2, dtype: "mixed_float16" });
        l.buildOn([null, 3]);
        await l.quantize("int8");
      },
      "expected a policy that does not compute in float16",
    ],
  ] as const)("is refused: %s", async (_, quantize, message) => {
    const model = new Sequential(
      [Input({ shape: [4] }), new Dense({ units: 3 }), new Dropout({ rate: 0.5, name: "drop" })],
      { name: "m" },
    );
    await expect(quantize(model)).rejects.toThrow(message);
  });

  it("is one of a class that extends one, where that is allowed", async () => {
    const layer = new Mine({ units: 2 });
    layer.buildOn([null, 3]);
    await layer.quantize("int8", { type_check: false });
    expect(layer.kernel.dtype).toBe("int8");
  });
});
