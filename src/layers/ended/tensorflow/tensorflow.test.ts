import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../../../test/formula.ts";
import { builtins } from "../../../builtins.ts";
import { expectClose } from "../../../engines/expect-close.ts";
import { reference } from "../../../engines/reference/index.ts";
import { withDialect } from "../../../fields/writing.ts";
import { flatten, type Nested } from "../../../graph/nested.ts";
import { parsePythonJson } from "../../../json/parse.ts";
import { stringifyPythonJson } from "../../../json/stringify.ts";
import { cloneModel } from "../../../models/clone-model.ts";
import type { Functional } from "../../../models/functional.ts";
import { deserializeOwned } from "../../../registry/deserialize.ts";
import { serialize } from "../../../registry/serialize.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { knowOlderLayers } from "../../tf-keras/know.ts";

interface Case {
  readonly id: string;
  readonly config_text: string;
  readonly inputs: readonly (TensorRecord & { readonly name: string })[];
  readonly outputs: readonly TensorRecord[];
}

knowOlderLayers();
const url = new URL("../../../../golden/2.9/ops.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(url, "utf8")) as { cases: Case[] };

/** What cannot be computed, and why: the models are read all the same. */
const left: Readonly<Record<string, string>> = {
  "tf.image.resize(g, tf.shape(q)[1:3])": "tf.image.resize, which takes a size that only a run knows",
  "tf.image.resize(g, (tf.shape(g)[1] * 2, 8))": "tf.image.resize, which takes a size that only a run knows",
  "tf.math.lgamma(p)": "tf.math.lgamma, which is not known here.",
  "tf.reduce_mean(n, axis=1)": "tf.math.reduce_mean, which divides integers as integers.",
  "tf.split(x, [1, -1, 1], axis=2)": "tf.split, which splits at places that are counted from behind.",
  "tf.gather(x, n * 0, axis=1, batch_dims=1)":
    "tf.compat.v1.gather, which takes other places of each sample.",
  "tf.gather(x, w[:, :, 0], batch_dims=1, axis=1)":
    "tf.compat.v1.gather, which takes other places of each sample.",
  "tf.gather_nd(x, w[..., :2] * 0)": "tf.compat.v1.gather_nd, which is not known here.",
  "tf.gather_nd(x, n[:, :1] * 0, batch_dims=1)": "tf.compat.v1.gather_nd, which is not known here.",
  "tf.linalg.diag(v)": "tf.linalg.diag, which is not known here.",
  "tf.linalg.set_diag(a, a[:, 0])": "tf.linalg.set_diag, which is not known here.",
  "tf.ensure_shape(x, [None, 3, 4])": "tf.ensure_shape, which is not known here.",
  "tf.linalg.svd(a, compute_uv=False)": "tf.linalg.svd, which is not known here.",
  "K.switch(m, x, y)": "tf.tile, which repeats as often as only a run knows.",
  'tf.image.resize(g, (3, 2), method="area")': "tf.image.resize, which resizes by another method.",
  'tf.image.resize(g, (10, 8), "mitchellcubic")': "tf.image.resize, which resizes by another method.",
  "tf.image.resize(g, (8, 8), preserve_aspect_ratio=True)":
    "tf.image.resize, which keeps the ratio of height and width.",
  "tf.compat.v1.image.resize_images(g, (10, 8))":
    "tf.compat.v1.image.resize_images, which is not known here.",
  "tf.image.central_crop(g, 0.5)": "tf.image.central_crop, which is not known here.",
  "tf.image.per_image_standardization(g)": "tf.image.per_image_standardization, which is not known here.",
  'tf.image.extract_patches(g, [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], "VALID")':
    "tf.image.extract_patches, which is not known here.",
  'tf.nn.conv2d_transpose(g, np.transpose(kernel, (0, 1, 3, 2)), [2, 10, 8, 2], 2, "SAME")':
    "tf.nn.conv2d_transpose, which is not known here.",
  "tf.nn.local_response_normalization(g)": "tf.nn.local_response_normalization, which is not known here.",
  "tf.nn.lrn(g, depth_radius=1, bias=1.0, alpha=0.5, beta=0.5)":
    "tf.nn.local_response_normalization, which is not known here.",
  "tf.signal.frame(x[:, 0], 2, 1)": "tf.signal.frame, which is not known here.",
  'tf.debugging.check_numerics(x, "x")': "tf.debugging.check_numerics, which is not known here.",
  'tf.debugging.assert_all_finite(x, "x")': "tf.debugging.assert_all_finite, which is not known here.",
  "tf.searchsorted(tf.sort(x), y)": "tf.searchsorted, which is not known here.",
  "tf.tensor_scatter_nd_update(x, [[0, 0, 0]], [5.0])":
    "tf.tensor_scatter_nd_update, which is not known here.",
  "tf.foldl(lambda i, j: i + j, x)": "tf.compat.v1.foldl, which is not known here.",
};

/** Where TensorFlow counts in int64, Keras 3 does in int32. */
const counting = /\b(argmax|argmin|count_nonzero)\(/;

describe("models that call functions of TensorFlow 2.9", () => {
  for (const record of cases) if (!record.id.includes("einsum")) it(record.id, () => check(record));

  it("has no tensors of what Keras 2 wrote without them", () => {
    const [einsum] = cases.filter(({ id }) => id.includes("einsum"));
    expect(() => read(einsum!.config_text)).toThrow("expected a call on tensors of this model");
  });

  it("has no functions that are called on dicts", () => {
    const called = { function: "cast", name: "cast" };
    const layers = [
      { class_name: "InputLayer", name: "x", config: { batch_input_shape: [null, 2], name: "x" } },
      {
        class_name: "TFOpLambda",
        name: "cast",
        config: called,
        inbound_nodes: [{ a: ["x", 0, 0, { dtype: "int32" }] }],
      },
    ];
    const ends = { input_layers: [["x", 0, 0]], output_layers: [["cast", 0, 0]] };
    const text = JSON.stringify({ class_name: "Functional", config: { name: "m", layers, ...ends } });
    expect(() => read(text)).toThrow(
      /^layer "cast": expected a call on tensors, numbers and slices, received \{/,
    );
  });
});

/** The model as its config in Keras 3 says it, of an old and a new version; none where that cannot say it. */
function sayable(model: Functional, id: string): Functional[] {
  const calls = model.operations.map(({ inboundNodes }) => inboundNodes.length);
  const read = [300, 306, 316].flatMap((dialect) => {
    const write = () => withDialect(dialect, () => serialize(model));
    if (left[id] !== undefined || unsayable.test(id)) {
      expect(write).toThrow("expected a call that operations of Keras 3 can say, received TFOpLambda of tf.");
      return [];
    }
    const written = write();
    expect(stringifyPythonJson(written)).not.toMatch(/OpLambda/);
    return [deserializeOwned(written, { registry: builtins, dialect }) as Functional];
  });
  expect(model.operations.map(({ inboundNodes }) => inboundNodes.length)).toEqual(calls);
  return read;
}

/** What Keras 3 has no operation for: the numbers of a shape, and most of what takes them. */
const unsayable =
  /^K\.switch|K?\.shape\(x\)(?:\[0\] \* n$| \+ 0|\[1:\]$)|^tf\.reshape\(.*(?:\[1\], 2, 2|shape\(g\)\)|concat|\[-1, 4\])|resize\(g, \(?tf\.shape/;

function read(text: string): Functional {
  return deserializeOwned(parsePythonJson(text), { registry: builtins, dialect: 209 }) as Functional;
}

async function check({ id, config_text: text, inputs, outputs }: Case): Promise<void> {
  const model = read(text);
  const clone = cloneModel(model);
  const written = withDialect(209, () => serialize(model));
  expect(stringifyPythonJson(written)).toBe(text);
  const newer = sayable(model, id);
  const tensors = inputs.map((input) => recordTensor(input));
  const [only] = tensors;
  const given = (tensors.length > 1 ? tensors : only) as Tensor;
  for (const tested of [model, clone, ...newer]) {
    if (left[id] !== undefined) {
      await expect(async () => tested.predict(given, { engine: reference })).rejects.toThrow(left[id]);
      continue;
    }
    const got = flatten((await tested.predict(given, { engine: reference })) as Nested<Tensor>);
    expect(got.length).toBe(outputs.length);
    for (const [i, output] of outputs.entries()) {
      const dtype = counting.test(id) && output.dtype === "int64" ? "int32" : output.dtype;
      expectClose(got[i]!, recordTensor({ ...output, dtype }), `output ${i}`);
    }
  }
}
