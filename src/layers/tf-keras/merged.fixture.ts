/** Two lists of tokens; 0 is no token. */
export const A = [3, 4, 0, 0];
export const B = [1, 0, 5, 0];

const constant = (value: number) => ({ class_name: "Constant", config: { value } });

interface Wanted {
  /** Whether a SimpleRNN is behind it. */
  readonly isRecurrent: boolean;
  /** Whether the second input has a mask, too. */
  readonly both: boolean;
  readonly axis?: number;
}

/** The text of a model of Keras 2.9 that merges two embedded lists of four tokens. */
export function merged(className: string, { isRecurrent, both, axis }: Wanted): string {
  const input = (name: string) => ({
    class_name: "InputLayer",
    config: { batch_input_shape: [null, 4], dtype: "float32", name },
    name,
    inbound_nodes: [],
  });
  const embedding = (name: string, of: string, value: number, mask_zero: boolean) => ({
    class_name: "Embedding",
    config: { name, input_dim: 6, output_dim: 2, embeddings_initializer: constant(value), mask_zero },
    name,
    inbound_nodes: [[[of, 0, 0, {}]]],
  });
  const config = {
    name: "y",
    units: 1,
    return_sequences: true,
    kernel_initializer: constant(0.25),
    recurrent_initializer: constant(0.5),
    bias_initializer: constant(0.125),
  };
  const merge = {
    class_name: className,
    config: { name: "m", ...(axis !== undefined && { axis }) },
    name: "m",
    inbound_nodes: [
      [
        ["x", 0, 0, {}],
        ["z", 0, 0, {}],
      ],
    ],
  };
  const layers = [
    input("a"),
    input("b"),
    embedding("x", "a", 0.5, true),
    embedding("z", "b", -0.25, both),
    merge,
    ...(isRecurrent
      ? [{ class_name: "SimpleRNN", config, name: "y", inbound_nodes: [[["m", 0, 0, {}]]] }]
      : []),
  ];
  return JSON.stringify({
    class_name: "Functional",
    config: {
      name: "model",
      layers,
      input_layers: [
        ["a", 0, 0],
        ["b", 0, 0],
      ],
      output_layers: [[isRecurrent ? "y" : "m", 0, 0]],
    },
    keras_version: "2.9.0",
    backend: "tensorflow",
  });
}
