import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { builtins } from "../../builtins.ts";
import { unfoldedForTfjs } from "../../dialects/tfjs/unfolded.ts";
import type { KerasTensor } from "../../graph/graph.ts";
import { Functional, Input, modelFromJson, Sequential } from "../../index.ts";
import { parsePythonJson } from "../../json/parse.ts";
import * as l from "../../layers/index.ts";
import type { Layer } from "../../layers/layer.ts";
import { knowOlderLayers } from "../../layers/tf-keras/know.ts";
import type { Model } from "../../models/model.ts";
import * as ops from "../../ops/index.ts";
import { deserializeOwned } from "../../registry/deserialize.ts";
import { saveTfjs } from "../../saving/save-tfjs.ts";
import { expectSame } from "../../saving/tfjs/compare.fixture.ts";
import { withNewWeights } from "../../saving/tfjs/models.fixture.ts";
import { openInTensorflow } from "../../saving/tfjs/tensorflow.fixture.ts";
import { modelToJson } from "../../tf-keras/index.ts";
import { unfold } from "../unfold.ts";
import { tensorflowJsLayers } from "./index.ts";

const sequential = (shape: (number | null)[], ...layers: Layer[]): Model =>
  new Sequential([Input({ shape }), ...layers]);

function graph(shape: number[], make: (x: KerasTensor) => unknown): Model {
  const x = Input({ shape });
  return new Functional({ inputs: x, outputs: make(x) as KerasTensor });
}

knowOlderLayers();
const steps = [6, 4];
const images = [5, 4, 3];

/** Models with what TensorFlow.js lacks, or has in part. */
const cases: readonly (readonly [name: string, make: () => Model])[] = [
  [
    "a normalization along another axis",
    () =>
      sequential(images, new l.BatchNormalization({ axis: 1 }), new l.Flatten(), new l.Dense({ units: 2 })),
  ],
  ["a Softmax along another axis", () => sequential(images, new l.Softmax({ axis: 2 }))],
  [
    "an UpSampling1D",
    () => sequential(steps, new l.UpSampling1D({ size: 3 }), new l.Conv1D({ filters: 2, kernel_size: 2 })),
  ],
  ["a ZeroPadding1D of open length", () => sequential([null, 4], new l.ZeroPadding1D({ padding: [1, 2] }))],
  ["a Cropping1D", () => sequential(steps, new l.Cropping1D({ cropping: [2, 1] }))],
  [
    "a causal convolution",
    () =>
      sequential(
        steps,
        new l.Conv1D({ filters: 3, kernel_size: 3, padding: "causal", dilation_rate: 2, activation: "relu" }),
      ),
  ],
  [
    "a transposed convolution",
    () =>
      sequential(
        steps,
        new l.Conv1DTranspose({
          filters: 3,
          kernel_size: 3,
          strides: 2,
          padding: "same",
          activation: "relu",
        }),
      ),
  ],
  [
    "convolutions of each channel",
    () =>
      sequential(
        [null, 4],
        new l.DepthwiseConv1D({ kernel_size: 3, depth_multiplier: 2, strides: 2, padding: "same" }),
        new l.SeparableConv1D({ filters: 3, kernel_size: 2, use_bias: false }),
      ),
  ],
  [
    "pooling that keeps dimensions",
    () =>
      sequential(
        images,
        new l.GlobalAveragePooling2D({ keepdims: true }),
        new l.Conv2D({ filters: 2, kernel_size: 1 }),
      ),
  ],
  ["pooling of volumes", () => sequential([3, 4, 2, 3], new l.GlobalMaxPooling3D())],
  ["an ELU of another slope", () => sequential([4], new l.ELU({ alpha: 0.3 }))],
  [
    "a Subtract",
    () => graph([4], (x) => new l.Subtract().apply([x, new l.Dense({ units: 4 }).apply(x)] as never)),
  ],
  [
    "an EinsumDense",
    () =>
      sequential(
        steps,
        new l.EinsumDense({
          equation: "abc,cd->abd",
          output_shape: [null, 3],
          bias_axes: "d",
          activation: "tanh",
        }),
      ),
  ],
  [
    "an Attention",
    () =>
      graph(steps, (x) =>
        new l.Attention({ dropout: 0.1 }).apply([x, new l.Dense({ units: 4 }).apply(x)] as never),
      ),
  ],
  [
    "a MultiHeadAttention",
    () =>
      graph(steps, (x) => new l.MultiHeadAttention({ num_heads: 3, key_dim: 2, value_dim: 5 }).apply(x, x)),
  ],
  [
    "one of a single head, without a bias, across two sequences",
    () => {
      const [x, y] = [Input({ shape: [3, 4] }), Input({ shape: [6, 5] })];
      const outputs = new l.MultiHeadAttention({ num_heads: 1, key_dim: 2, use_bias: false }).apply(x, {
        value: y,
      });
      return new Functional({ inputs: [x, y], outputs: outputs as KerasTensor });
    },
  ],
  [
    "a transformer",
    () =>
      graph(steps, (x) => {
        const attended = new l.MultiHeadAttention({ num_heads: 2, key_dim: 3 }).apply(x, x) as KerasTensor;
        const y = new l.LayerNormalization().apply(ops.add(x, attended)) as KerasTensor;
        const wide = new l.Dense({ units: 8, activation: "gelu" }).apply(y);
        return new l.LayerNormalization().apply(
          ops.add(y, new l.Dense({ units: 4 }).apply(wide) as KerasTensor),
        );
      }),
  ],
  [
    "arithmetic with numbers",
    () => graph([4], (x) => ops.divide(ops.subtract(1, ops.add(ops.multiply(x, 3), 0.5)), 4)),
  ],
  [
    "arithmetic of tensors",
    () => graph([4], (x) => ops.multiply(ops.subtract(x, ops.square(x)), ops.maximum(x, ops.negative(x)))),
  ],
  ["functions", () => graph(steps, (x) => ops.softmax(ops.tanh(ops.silu(ops.relu6(ops.sigmoid(x))))))],
  [
    "what changes places",
    () =>
      graph(steps, (x) =>
        ops.mean(
          ops.concatenate([ops.transpose(x, { axes: [0, 2, 1] }), ops.transpose(x, { axes: [0, -1, 1] })], {
            axis: -1,
          }),
          { axis: 1 },
        ),
      ),
  ],
  [
    "inside of another model",
    () => {
      const inner = graph(steps, (x) =>
        new l.Subtract().apply([x, new l.Dense({ units: 4 }).apply(x)] as never),
      );
      return sequential(steps, inner, new l.Cropping1D({ cropping: 1 }));
    },
  ],
];

async function opened(model: Model) {
  const files = new Map<string, Uint8Array>();
  for await (const { name, bytes } of saveTfjs(model)) files.set(name, bytes);
  return openInTensorflow(files);
}

describe("written out for TensorFlow.js, where it is refused as it is,", () => {
  it.each(cases)("%s computes the same there", async (name, make) => {
    const model = withNewWeights(make());
    await expect(opened(model)).rejects.toThrow(/expected/);
    await expectSame(name, model, await opened(unfold(model, { to: "tfjs" })));
  });
});

describe("written out for TensorFlow.js, of Keras 2,", () => {
  it.each(cases)("%s computes the same there", async (name, make) => {
    const made = withNewWeights(make());
    const model = modelFromJson(modelToJson(made, { keras: "2.9" }));
    model.setWeights(made.getWeights());
    await expectSame(name, model, await opened(unfold(model, { to: "tfjs" })));
  });
});

describe("written out for TensorFlow.js, of operations of graphs that TensorFlow 2.9 kept,", () => {
  const url = new URL("../../../golden/2.9/node_defs.json", import.meta.url);
  const { cases } = JSON.parse(readFileSync(url, "utf8")) as { cases: { id: string; config_text: string }[] };
  const written = [
    ...["x + y", "x - y", "x * y", "x * 2.0", "1.0 - x", "-x", "tf.square(x)", "tf.sigmoid(x)", "tf.tanh(x)"],
    ...["tf.maximum(x, y)", "tf.math.squared_difference(x, y)", "tf.nn.relu(x)", "tf.nn.relu6(x * 8.0)"],
    ...[
      "tf.nn.leaky_relu(x, 0.3)",
      "tf.nn.softmax(x)",
      "tf.transpose(x, (0, 2, 1))",
      "tf.math.add_n([x, y, p])",
    ],
    ...["tf.concat([x, y, x], axis=1)"],
  ];
  for (const { id, config_text: text } of cases) {
    if (!written.includes(id)) continue;
    it(`${id} computes the same there`, async () => {
      const model = deserializeOwned(parsePythonJson(text), {
        registry: builtins,
        dialect: 209,
      }) as Functional;
      await expect(opened(model)).rejects.toThrow("TensorFlowOpLayer");
      await expectSame(id, model, await opened(unfold(model, { to: "tfjs" })));
    });
  }
});

describe("what is refused for TensorFlow.js", () => {
  it("says of the layers that are written out, and of no others, that they are", () => {
    expect(Object.keys(unfoldedForTfjs).sort()).toEqual(Object.keys(tensorflowJsLayers).sort());
  });

  it.each<[string, () => Model, string]>([
    ["a layer", () => sequential(steps, new l.UpSampling1D()), 'received "UpSampling1D". "--unfold"'],
    ["an option", () => sequential([4], new l.ELU({ alpha: 2 })), 'received 2. "--unfold"'],
    ["an operation", () => graph([4], (x) => ops.add(x, 1)), "writes arithmetic and activations out."],
  ])("says so: %s", async (_, make, words) => {
    await expect(opened(make())).rejects.toThrow(words);
  });

  it.each<[string, () => Model]>([
    [
      "a causal attention",
      () =>
        graph(steps, (x) =>
          new l.MultiHeadAttention({ num_heads: 1, key_dim: 2 }).apply(x, x, { use_causal_mask: true }),
        ),
    ],
    ["a layer with a mask", () => sequential(steps, new l.Masking(), new l.UpSampling1D())],
    [
      "a Softmax with a mask of its own",
      () =>
        graph(steps, (x) =>
          new l.Softmax({ axis: 1 }).apply(x, { mask: ops.ones([1, 6, 4], { dtype: "bool" }) }),
        ),
    ],
    [
      "a normalization that trains always",
      () => graph(steps, (x) => new l.BatchNormalization({ axis: 1 }).apply(x, { training: true })),
    ],
    [
      "an operation behind a mask",
      () => graph(steps, (x) => new l.LSTM({ units: 2 }).apply(ops.tanh(new l.Masking().apply(x)))),
    ],
    ["a division by 0", () => graph([4], (x) => ops.divide(x, 0))],
    ["a largest of at least 5", () => graph(steps, (x) => ops.max(x, { axis: 1, initial: 5 }))],
    [
      "a diagonal",
      () =>
        graph([4, 4], (x) => new l.EinsumDense({ equation: "abb,bc->abc", output_shape: [4, 3] }).apply(x)),
    ],
    [
      "a million heads",
      () => graph([3, 1], (x) => new l.MultiHeadAttention({ num_heads: 1e6, key_dim: 1 }).apply(x, x)),
    ],
    ["one in float16", () => sequential([4], new l.ELU({ alpha: 2, dtype: "float16" }))],
    ["tensors of different ranks", () => graph(steps, (x) => ops.add(x, ops.max(x, { axis: 1 })))],
  ])("is refused still where that would not be the same: %s", async (_, make) => {
    await expect(opened(unfold(withNewWeights(make()), { to: "tfjs" }))).rejects.toThrow(/expected/);
  });
});
