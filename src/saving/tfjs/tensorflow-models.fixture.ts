import type * as Tf from "@tensorflow/tfjs";
import { tensorflow } from "./tensorflow.fixture.ts";

const tf = await tensorflow();
const l = tf.layers;

/** A model that TensorFlow.js makes, by a name. */
export type TensorflowExample = readonly [name: string, make: () => Tf.LayersModel];

const sequential = (...layers: Tf.layers.Layer[]): Tf.LayersModel => tf.sequential({ layers });
const images = { inputShape: [7, 6, 3] };
const steps = { inputShape: [6, 3] };
const vectors = { inputShape: [4] };

/** Models that TensorFlow.js makes of its own layers. */
export const tensorflowExamples: readonly TensorflowExample[] = [
  ["a Dense", () => sequential(l.dense({ units: 3, activation: "relu", ...vectors }))],
  [
    "activations",
    () =>
      sequential(
        l.dense({ units: 3, activation: "elu", ...vectors }),
        ...(["hardSigmoid", "linear", "relu6", "selu", "sigmoid", "softmax"] as const).map((activation) =>
          l.dense({ units: 3, activation }),
        ),
        ...(["softplus", "softsign", "tanh", "swish", "mish", "gelu"] as const).map((activation) =>
          l.activation({ activation }),
        ),
      ),
  ],
  [
    "initializers, regularizers and constraints",
    () =>
      sequential(
        l.dense({
          units: 3,
          kernelInitializer: "heUniform",
          kernelRegularizer: "l1l2",
          biasRegularizer: tf.regularizers.l2({ l2: 0.1 }),
          kernelConstraint: "maxNorm",
          ...vectors,
        }),
        l.dense({
          units: 3,
          kernelInitializer: "leCunNormal",
          biasInitializer: "randomNormal",
          useBias: true,
        }),
        l.dense({ units: 3, kernelInitializer: "orthogonal", biasConstraint: "nonNeg" }),
        l.dense({
          units: 3,
          kernelInitializer: "identity",
          biasInitializer: tf.initializers.constant({ value: 2 }),
        }),
      ),
  ],
  [
    "images",
    () =>
      sequential(
        l.zeroPadding2d({ padding: [1, 2], ...images }),
        l.conv2d({ filters: 4, kernelSize: 3, activation: "relu", padding: "same" }),
        l.maxPooling2d({ poolSize: 2, padding: "same" }),
        l.conv2d({ filters: 3, kernelSize: [2, 1], strides: [1, 2], useBias: false }),
        l.flatten(),
        l.dense({ units: 2, activation: "softmax" }),
      ),
  ],
  [
    "depthwise and separable convolutions",
    () =>
      sequential(
        l.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2, ...images }),
        l.separableConv2d({ filters: 3, kernelSize: 2, depthMultiplier: 2 }),
        l.conv2d({ filters: 2, kernelSize: 2, dilationRate: 2 }),
        l.globalAveragePooling2d({}),
      ),
  ],
  [
    "rates of dilation that it passes over",
    () =>
      sequential(
        l.depthwiseConv2d({ kernelSize: 2, dilationRate: 2, ...images }),
        l.separableConv2d({ filters: 3, kernelSize: 2, dilationRate: [2, 1] }),
        l.conv2dTranspose({ filters: 2, kernelSize: 2, dilationRate: 2 }),
      ),
  ],
  [
    "transposed convolutions",
    () =>
      sequential(
        l.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: "same", ...images }),
        l.cropping2D({
          cropping: [
            [1, 2],
            [0, 1],
          ],
        }),
        l.upSampling2d({ size: [2, 1] }),
        l.averagePooling2d({ poolSize: [2, 2] }),
        l.globalMaxPooling2d({}),
      ),
  ],
  [
    "channels first",
    () =>
      sequential(
        l.conv2d({ filters: 4, kernelSize: 2, dataFormat: "channelsFirst", inputShape: [3, 7, 6] }),
        l.maxPooling2d({ poolSize: 2, dataFormat: "channelsFirst" }),
        l.flatten({ dataFormat: "channelsFirst" }),
      ),
  ],
  [
    "volumes",
    () =>
      sequential(
        l.conv3d({ filters: 3, kernelSize: 2, inputShape: [5, 4, 4, 2] }),
        l.maxPooling3d({ poolSize: 2 }),
        l.averagePooling3d({ poolSize: 1 }),
      ),
  ],
  [
    "sequences",
    () =>
      sequential(
        l.conv1d({ filters: 4, kernelSize: 3, padding: "same", activation: "relu", ...steps }),
        l.maxPooling1d({ poolSize: 2 }),
        l.averagePooling1d({ poolSize: 1 }),
        l.globalAveragePooling1d(),
      ),
  ],
  ["a pool of sequences", () => sequential(l.globalMaxPooling1d(steps as never))],
  [
    "normalizations",
    () =>
      sequential(
        l.batchNormalization({ ...images, movingMeanInitializer: "randomUniform" }),
        l.layerNormalization({ axis: -1 }),
        l.layerNormalization({ axis: [2, 3], center: false }),
        l.batchNormalization({ scale: false }),
      ),
  ],
  [
    "rectifiers",
    () =>
      sequential(
        l.leakyReLU({ alpha: 0.2, ...vectors }),
        l.reLU({ maxValue: 6 }),
        l.prelu({ alphaInitializer: "ones" }),
        l.elu(),
        l.thresholdedReLU({ theta: 0.1 }),
        l.softmax(),
      ),
  ],
  [
    "shapes",
    () =>
      sequential(
        l.reshape({ targetShape: [2, 6], inputShape: [12] }),
        l.permute({ dims: [2, 1] }),
        l.flatten(),
        l.repeatVector({ n: 3 }),
      ),
  ],
  [
    "what drops and adds noise",
    () =>
      sequential(
        l.dropout({ rate: 0.5, noiseShape: [null as never, 1, 3], ...steps }),
        l.spatialDropout1d({ rate: 0.5 }),
        l.gaussianNoise({ stddev: 1 }),
        l.gaussianDropout({ rate: 0.5 }),
        l.alphaDropout({ rate: 0.5 }),
        l.dense({ units: 2 }),
      ),
  ],
  ["an LSTM", () => sequential(l.lstm({ units: 4, ...steps }))],
  [
    "recurrent layers",
    () =>
      sequential(
        l.lstm({ units: 4, returnSequences: true, goBackwards: true, unitForgetBias: true, ...steps }),
        l.gru({ units: 3, returnSequences: true }),
        l.simpleRNN({ units: 5, activation: "relu", recurrentInitializer: "glorotNormal" }),
      ),
  ],
  [
    "both directions",
    () =>
      sequential(
        l.bidirectional({ layer: l.lstm({ units: 3, returnSequences: true }) as never, ...steps } as never),
        l.bidirectional({ layer: l.gru({ units: 3 }) as never, mergeMode: "ave" }),
      ),
  ],
  [
    "cells",
    () => sequential(l.rnn({ cell: [l.lstmCell({ units: 4 }), l.gruCell({ units: 2 })], ...steps } as never)),
  ],
  [
    "a cell",
    () =>
      sequential(l.rnn({ cell: l.simpleRNNCell({ units: 3 }), returnSequences: true, ...steps } as never)),
  ],
  [
    "images over time",
    () => sequential(l.convLstm2d({ filters: 2, kernelSize: 2, inputShape: [3, 5, 4, 2] } as never)),
  ],
  [
    "steps of a Dense and of a model",
    () =>
      sequential(
        l.timeDistributed({ layer: l.dense({ units: 2 }), ...steps } as never),
        l.timeDistributed({ layer: sequential(l.dense({ units: 3, inputShape: [2] })) }),
      ),
  ],
  [
    "words",
    () => sequential(l.embedding({ inputDim: 4, outputDim: 3, inputLength: 5 }), l.globalAveragePooling1d()),
  ],
  [
    "masked words",
    () =>
      sequential(
        l.embedding({ inputDim: 4, outputDim: 3, maskZero: true, inputLength: 5 }),
        l.lstm({ units: 4, returnSequences: true }),
        l.gru({ units: 3 }),
      ),
  ],
  ["masked steps", () => sequential(l.masking({ maskValue: 1, ...steps }), l.simpleRNN({ units: 2 }))],
  ["scaled images", () => sequential(l.rescaling({ scale: 2, offset: -1, ...images }))],
  [
    "merged branches",
    () => {
      const x = tf.input({ shape: [4], name: "camelCaseX" });
      const dense = () => l.dense({ units: 3 }).apply(x) as Tf.SymbolicTensor;
      const outputs = [l.add(), l.multiply(), l.average(), l.maximum(), l.minimum(), l.dot({ axes: -1 })].map(
        (layer) => layer.apply([dense(), dense()]) as Tf.SymbolicTensor,
      );
      return tf.model({ inputs: x, outputs: l.concatenate().apply(outputs) as Tf.SymbolicTensor });
    },
  ],
  [
    "several inputs and outputs",
    () => {
      const [a, b] = [tf.input({ shape: [3], name: "z" }), tf.input({ shape: [2], name: "a" })];
      const joined = l.concatenate({ axis: 1 }).apply([a, b]);
      const outputs = [
        l.dense({ units: 2 }).apply(joined),
        l.dense({ units: 1 }).apply(b),
      ] as Tf.SymbolicTensor[];
      return tf.model({ inputs: [a, b], outputs });
    },
  ],
  [
    "a shared model in a model",
    () => {
      const inner = sequential(l.dense({ units: 3, inputShape: [3], name: "same" }), l.batchNormalization());
      const x = tf.input({ shape: [3] });
      const y = inner.apply(inner.apply(x)) as Tf.SymbolicTensor;
      return tf.model({
        inputs: x,
        outputs: l.add().apply([inner.apply(y) as Tf.SymbolicTensor, y]) as Tf.SymbolicTensor,
      });
    },
  ],
  [
    "a Sequential in a Sequential",
    () => {
      const model = tf.sequential();
      model.add(sequential(l.dense({ units: 3, ...vectors }), l.batchNormalization()));
      model.add(l.dense({ units: 1 }));
      return model;
    },
  ],
  [
    "states of an LSTM as another's first",
    () => {
      const x = tf.input({ shape: [4, 3] });
      const [y, h, c] = l
        .lstm({ units: 2, returnSequences: true, returnState: true })
        .apply(x) as Tf.SymbolicTensor[];
      const z = l.lstm({ units: 2 }).apply(y!, { initialState: [h!, c!] }) as Tf.SymbolicTensor;
      return tf.model({ inputs: x, outputs: z });
    },
  ],
  [
    "frozen layers",
    () =>
      sequential(
        l.dense({ units: 3, trainable: false, ...vectors }),
        l.batchNormalization({ trainable: false }),
        l.dense({ units: 1, name: "my.Dense-layer_1" }),
      ),
  ],
];
