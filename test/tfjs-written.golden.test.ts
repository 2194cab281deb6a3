import { describe, expect, it } from "vitest";
import { CeratopsError } from "../src/errors.ts";
import { flatten, type Nested } from "../src/graph/nested.ts";
import { cloneModel, type Model, type Sequential } from "../src/index.ts";
import type { Layer } from "../src/layers/layer.ts";
import { loadModel, saveTfjs } from "../src/saving/index.ts";
import { fileSource } from "../src/saving/node/file.ts";
import { openInTensorflow, tensorflow } from "../src/saving/tfjs/tensorflow.fixture.ts";
import { toNumbers } from "../src/tensor/cast.ts";
import { Tensor } from "../src/tensor/tensor.ts";
import { nestedTensors, tfKerasModels } from "./golden-tf-keras.ts";

// Whole-model files of TensorFlow 2.9, written for TensorFlow.js: it computes what TensorFlow did, or they are refused.

const tf = await tensorflow();
const models = tfKerasModels("2.9").flatMap(({ file, ...record }) =>
  file === null || record.id.endsWith("own_class") ? [] : [{ ...record, file }],
);

/** The files for TensorFlow.js; what refuses them otherwise. */
async function filesOf(model: Model): Promise<Map<string, Uint8Array> | CeratopsError> {
  const files = new Map<string, Uint8Array>();
  try {
    for await (const { name, bytes } of saveTfjs(model)) files.set(name, bytes);
    return files;
  } catch (error) {
    if (error instanceof CeratopsError) return error;
    throw error;
  }
}

/** Tensors in the order of TensorFlow.js, which has no dicts: theirs is that of their keys in the file. */
function ordered(tensors: Nested<Tensor>): readonly Tensor[] {
  const isDict = !(tensors instanceof Tensor) && !Array.isArray(tensors);
  return isDict ? Object.values(tensors as Readonly<Record<string, Tensor>>) : flatten(tensors);
}

/** Models that have what TensorFlow.js lacks, or computes otherwise. */
const refused = [
  "activations",
  "added_losses",
  "attention",
  "bidirectional_mask",
  "conv1d",
  "conv2d",
  "conv3d",
  "conv_lstm_1d_3d",
  "dtypes",
  "given_masks",
  "gru",
  "images",
  "initializers",
  "locally_connected",
  "masked_translation",
  "merging",
  "mixed_float16",
  "multi_head",
  "new_attention",
  "new_lstm_stack",
  "new_mixed",
  "new_recurrent_graph",
  "new_stacked_cells",
  "normalization",
  "normalizing",
  "numbers",
  "odd_names",
  "op_arithmetic",
  "op_between_layers",
  "op_comparing",
  "op_constants",
  "op_elementwise",
  "op_multiplying",
  "op_networks",
  "op_on_inner_models",
  "op_reducing",
  "op_shaping",
  "op_slicing",
  "optimizer_mixed_float16",
  "python_lambda",
  "slashes",
  "stacked_cells",
  "stateful",
  "text_vectorization",
  "words",
];

describe("a model of TensorFlow 2.9 in TensorFlow.js", () => {
  it.each(models)("$id", async ({ id, file, inputs, outputs }) => {
    const model = await loadModel(fileSource(file));
    const files = await filesOf(model);
    expect(files instanceof Map).toBe(!refused.includes(id));
    if (!(files instanceof Map)) return;
    const theirs = await openInTensorflow(files);
    if (!inputs || !outputs) return;
    const given = ordered(nestedTensors(inputs));
    const xs = given.map((x) =>
      tf.tensor([...toNumbers(x)], [...x.shape], x.dtype === "int32" ? "int32" : "float32"),
    );
    const expected = ordered(nestedTensors(outputs));
    const found = [theirs.predict(xs)].flat();
    expect(found.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
    for (const [i, tensor] of expected.entries()) {
      const numbers = found[i]!.dataSync();
      for (const [j, number] of toNumbers(tensor).entries())
        expect(Math.abs(number - numbers[j]!)).toBeLessThan(1e-5 * Math.max(1, Math.abs(number)));
    }
  });

  it("of mixed_float16 is written as what a clone makes of it in float32", async () => {
    const { file, inputs } = models.find(({ id }) => id === "mixed_float16")!;
    const model = (await loadModel(fileSource(file))) as Sequential;
    const inFloat32 = cloneModel(model, {
      cloneFunction: (layer) =>
        layer.constructor.fromConfig({ ...layer.getConfig(), dtype: "float32" } as object) as Layer,
      weights: "copy",
    });
    const theirs = await openInTensorflow((await filesOf(inFloat32)) as Map<string, Uint8Array>);
    const [x] = ordered(nestedTensors(inputs!));
    const ours = (await inFloat32.predict(x!)) as Tensor;
    const [found] = [theirs.predict(tf.tensor([...toNumbers(x!)], [...x!.shape]))].flat();
    const numbers = found!.dataSync();
    for (const [i, number] of toNumbers(ours).entries()) expect(numbers[i]).toBeCloseTo(number, 5);
  });
});
