import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../../test/formula.ts";
import { activationClasses } from "../../activations/classes.ts";
import { expectClose } from "../../engines/expect-close.ts";
import { reference } from "../../engines/reference/index.ts";
import { flatten, type Nested } from "../../graph/nested.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { parsePythonJson } from "../../json/parse.ts";
import { InputLayer } from "../../layers/core/input-layer.ts";
import { Flatten, Reshape } from "../../layers/index.ts";
import { Functional } from "../../models/functional.ts";
import { opClasses } from "../../ops/classes.ts";
import { deserialize } from "../../registry/deserialize.ts";
import { Registry } from "../../registry/registry.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { isTensorflowOp, TensorflowOps } from "./tensorflow-ops.ts";

interface Case {
  readonly id: string;
  readonly config_text: string;
  readonly inputs: readonly (TensorRecord & { readonly name: string })[];
  readonly outputs: readonly TensorRecord[];
}

const url = new URL("../../../golden/2.9/ops.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(url, "utf8")) as { cases: Case[] };
const registry = new Registry([
  Functional,
  InputLayer,
  Flatten,
  Reshape,
  ...opClasses(),
  ...activationClasses(),
] as never);

/** A graph of Keras 2 of inputs and functions of TensorFlow, as Keras 3 would have it. */
function converted({ config }: JsonObject): JsonObject {
  const graph = config as JsonObject;
  const ops = new TensorflowOps(graph);
  const layers = (graph.layers as JsonObject[]).flatMap((entry): readonly JsonValue[] => {
    if (!isTensorflowOp(entry)) return [inputOf(entry)];
    const read = ops.read(entry);
    if (!read) throw new Error(`not known: ${String((entry.config as JsonObject).function)}`);
    if ("problem" in read) throw new Error(read.problem);
    return read.entries;
  });
  const whole = { ...graph, trainable: true, layers };
  return {
    module: "keras.src.models.functional",
    class_name: "Functional",
    config: whole,
    registered_name: "Functional",
  };
}

function inputOf(entry: JsonObject): JsonObject {
  const { batch_input_shape: batch_shape, dtype, name } = entry.config as JsonObject;
  const config: JsonObject = { batch_shape: batch_shape!, dtype: dtype!, sparse: false, name: name! };
  return {
    module: "keras.layers",
    class_name: "InputLayer",
    config,
    registered_name: null,
    name: name!,
    inbound_nodes: [],
  };
}

/** What is no operation of Keras 3: why not, or that nobody here knows the function. */
const left: Readonly<Record<string, string>> = {
  "tf.math.lgamma(p)": "not known: math.lgamma",
  "tf.reduce_mean(n, axis=1)": "tf.math.reduce_mean divides integers as integers",
  "tf.split(x, [1, -1, 1], axis=2)": "tf.split splits at places that are counted from behind",
  "tf.gather(x, n * 0, axis=1, batch_dims=1)": "tf.compat.v1.gather takes other places of each sample",
  'tf.einsum("abc,acd->abd", x, z)':
    "tf.einsum has its formula alone in the file: the tensors that it takes were not written",
  'tf.image.resize(g, (3, 2), method="area")': "tf.image.resize resizes by another method",
  "tf.foldl(lambda i, j: i + j, x)": "not known: compat.v1.foldl",
  "tf.reshape(x, [-1, tf.shape(x)[1], 2, 2])": "not known: compat.v1.shape",
  "tf.reshape(g, tf.shape(g))": "not known: compat.v1.shape",
  "tf.reshape(x, tf.concat([tf.shape(x)[:1], [12]], 0))": "not known: compat.v1.shape",
  "tf.reshape(tf.reshape(x, [-1, 4]), [tf.shape(x)[0], -1, 4])": "not known: compat.v1.shape",
  "tf.shape(x) + 0": "not known: compat.v1.shape",
  "tf.shape(x)[0] * n": "not known: compat.v1.shape",
  "tf.shape(x)[1:]": "not known: compat.v1.shape",
  "K.switch(m, x, y)": "not known: compat.v1.shape",
  "K.shape(x)[0] * n": "not known: compat.v1.shape",
  "tf.image.resize(g, tf.shape(q)[1:3])": "not known: compat.v1.shape",
  "tf.image.resize(g, (tf.shape(g)[1] * 2, 8))": "not known: compat.v1.shape",
  "tf.gather(x, w[:, :, 0], batch_dims=1, axis=1)": "tf.compat.v1.gather takes other places of each sample",
  "tf.gather_nd(x, w[..., :2] * 0)": "not known: compat.v1.gather_nd",
  "tf.gather_nd(x, n[:, :1] * 0, batch_dims=1)": "not known: compat.v1.gather_nd",
  "tf.linalg.diag(v)": "not known: linalg.diag",
  "tf.linalg.set_diag(a, a[:, 0])": "not known: linalg.set_diag",
  "tf.ensure_shape(x, [None, 3, 4])": "not known: ensure_shape",
  "tf.linalg.svd(a, compute_uv=False)": "not known: linalg.svd",
  "tf.image.resize(g, (8, 8), preserve_aspect_ratio=True)":
    "tf.image.resize keeps the ratio of height and width",
  'tf.image.resize(g, (10, 8), "mitchellcubic")': "tf.image.resize resizes by another method",
  "tf.compat.v1.image.resize_images(g, (10, 8))": "not known: compat.v1.image.resize_images",
  "tf.image.central_crop(g, 0.5)": "not known: image.central_crop",
  "tf.image.per_image_standardization(g)": "not known: image.per_image_standardization",
  'tf.image.extract_patches(g, [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], "VALID")':
    "not known: image.extract_patches",
  'tf.nn.conv2d_transpose(g, np.transpose(kernel, (0, 1, 3, 2)), [2, 10, 8, 2], 2, "SAME")':
    "not known: nn.conv2d_transpose",
  "tf.nn.local_response_normalization(g)": "not known: nn.local_response_normalization",
  "tf.nn.lrn(g, depth_radius=1, bias=1.0, alpha=0.5, beta=0.5)": "not known: nn.local_response_normalization",
  "tf.signal.frame(x[:, 0], 2, 1)": "not known: signal.frame",
  'tf.debugging.check_numerics(x, "x")': "not known: debugging.check_numerics",
  'tf.debugging.assert_all_finite(x, "x")': "not known: debugging.assert_all_finite",
  "tf.searchsorted(tf.sort(x), y)": "not known: searchsorted",
  "tf.tensor_scatter_nd_update(x, [[0, 0, 0]], [5.0])": "not known: tensor_scatter_nd_update",
};

/** Where TensorFlow counts in int64, Keras 3 does in int32. */
const counting = /\b(argmax|argmin|count_nonzero)\(/;

describe("functions of TensorFlow 2.9 as operations", () => {
  for (const record of cases) it(record.id, () => check(record));
});

async function check({ id, config_text: text, inputs, outputs }: Case): Promise<void> {
  const given = parsePythonJson(text) as JsonObject;
  if (left[id] !== undefined) {
    expect(() => converted(given)).toThrow(left[id]);
    return;
  }
  const model = deserialize(converted(given), { registry }) as Functional;
  const tensors = inputs.map((input) => recordTensor(input));
  const [only] = tensors;
  const got = flatten(
    (await model.predict((tensors.length > 1 ? tensors : only) as Tensor, {
      engine: reference,
    })) as Nested<Tensor>,
  );
  expect(got.length).toBe(outputs.length);
  for (const [i, output] of outputs.entries()) {
    const dtype = counting.test(id) && output.dtype === "int64" ? "int32" : output.dtype;
    expectClose(got[i]!, recordTensor({ ...output, dtype }), `output ${i}`);
  }
}
