import type { Elsewhere } from "../graph/elsewhere.ts";

const training = "Models are trained in Keras; loadModel opens what it saves, and saveModel writes for it.";
const saving = 'Use saveModel(model, path) of "ceratops/node", or toBytes(model) of "ceratops/saving".';
const loading =
  'Use loadWeights(model, path) of "ceratops/node", or loadWeights(model, bytes) of "ceratops/saving".';
const savingWeights = 'Use saveWeights(model, path) of "ceratops/node".';
const predicting = "Use predict(x), which takes any number of samples.";

/** What models of Keras and of TensorFlow.js have and these have not, or under another name. */
export const modelsElsewhere: Elsewhere = {
  fit: training,
  fitDataset: training,
  compile: training,
  evaluate: training,
  train_on_batch: training,
  trainOnBatch: training,
  test_on_batch: training,
  save: saving,
  save_weights: savingWeights,
  saveWeights: savingWeights,
  load_weights: loading,
  loadWeights: loading,
  predict_on_batch: predicting,
  predictOnBatch: predicting,
  get_layer: "It is called getLayer(name) here.",
  to_json: "It is called toJson() here.",
  get_compile_config: "It is called getCompileConfig() here.",
  compile_from_config: "It is called compileFromConfig(config) here.",
  compute_output_shape: "It is called computeOutputShape(shape) here.",
};
