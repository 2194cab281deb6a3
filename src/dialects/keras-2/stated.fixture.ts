/** Tokens, the last of which is no token, and the state to begin with. */
export const E = [3, 4, 0];
export const S = [0.5, -1];

const constant = (value: number) => ({ class_name: "Constant", config: { value } });
const all = {
  units: 2,
  return_sequences: true,
  kernel_initializer: constant(0.25),
  recurrent_initializer: constant(0.5),
  bias_initializer: constant(0.125),
};

interface Said {
  readonly class_name: string;
  readonly config: object;
}

export const simple: Said = { class_name: "SimpleRNN", config: { name: "y", ...all } };
export const bothWays: Said = {
  class_name: "Bidirectional",
  config: { name: "y", layer: { class_name: "SimpleRNN", config: { name: "rnn", ...all } } },
};
export const long: Said = { class_name: "LSTM", config: { name: "y", ...all, unit_forget_bias: false } };

/** The text of a model of Keras 2.9 that calls a recurrent layer on embedded tokens `e` and on states `s`. */
export function stated(layer: Said, kwargs: object, isMasked: boolean): string {
  const states = layer === simple ? 1 : 2;
  const input = (name: string, size: number) => ({
    class_name: "InputLayer",
    config: { batch_input_shape: [null, size], dtype: "float32", name },
    name,
    inbound_nodes: [],
  });
  const embedding = {
    name: "x",
    input_dim: 6,
    output_dim: 2,
    embeddings_initializer: constant(0.5),
    mask_zero: isMasked,
  };
  const layers = [
    input("e", 3),
    { class_name: "Embedding", config: embedding, name: "x", inbound_nodes: [[["e", 0, 0, {}]]] },
    input("s", 2),
    {
      ...layer,
      name: "y",
      inbound_nodes: [[["x", 0, 0, kwargs], ...Array(states).fill(["s", 0, 0, kwargs])]],
    },
  ];
  return JSON.stringify({
    class_name: "Functional",
    config: {
      name: "m",
      layers,
      input_layers: [
        ["e", 0, 0],
        ["s", 0, 0],
      ],
      output_layers: [["y", 0, 0]],
    },
    keras_version: "2.9.0",
    backend: "tensorflow",
  });
}
