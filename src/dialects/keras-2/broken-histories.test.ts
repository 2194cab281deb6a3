import { expect, it } from "vitest";
import { modelFromJson } from "../../revive.ts";

/** A graph whose call of a function of TensorFlow has this for another argument. */
const withArgument = (history: unknown) =>
  JSON.stringify({
    class_name: "Functional",
    config: {
      name: "m",
      layers: [
        {
          class_name: "InputLayer",
          config: { batch_input_shape: [null, 2], name: "x" },
          name: "x",
          inbound_nodes: [],
        },
        {
          class_name: "TFOpLambda",
          config: { name: "f", function: "math.floormod" },
          name: "f",
          inbound_nodes: [
            ["x", 0, 0, { y: { class_name: "__keras_tensor__", config: { keras_history: history } } }],
          ],
        },
      ],
      input_layers: [["x", 0, 0]],
      output_layers: [["f", 0, 0]],
    },
    keras_version: "2.9.0",
  });

it.each([[["x"]], [["x", "a", 0]], [[7, 0, 0]], [[]]])(
  "%j is no tensor, and shown as it stands",
  (history) => {
    expect(() => modelFromJson(withArgument(history))).toThrow(
      expect.objectContaining({ name: "ConfigError", message: expect.not.stringMatching(/NaN|undefined/) }),
    );
  },
);
