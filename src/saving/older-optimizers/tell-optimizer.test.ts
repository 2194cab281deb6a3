import { expect, it } from "vitest";
import { planHdf5 } from "../hdf5/plan.ts";
import { loadModel } from "../load.ts";

const moments = { beta_1: 0.9, beta_2: 0.999 };
const schedule = {
  class_name: "ExponentialDecay",
  config: { initial_learning_rate: 0.1, decay_steps: 2, decay_rate: 0.5 },
};
const kept = "It is kept as it is, and the model has no optimizer.";

/** A file of Keras 2.9 without weights, whose model was compiled with an optimizer. */
function fileOf(class_name: string, config: object): Uint8Array {
  const flat = { class_name: "Flatten", config: { name: "flat", batch_input_shape: [null, 3] } };
  const training = { loss: "mse", metrics: [], optimizer_config: { class_name, config } };
  return planHdf5({
    attributes: new Map([
      ["keras_version", "2.9.0"],
      ["model_config", JSON.stringify({ class_name: "Sequential", config: { name: "m", layers: [flat] } })],
      ["training_config", JSON.stringify(training)],
    ]),
    children: new Map([
      [
        "model_weights",
        {
          attributes: new Map([["layer_names", ["flat"]]]),
          children: [["flat", { attributes: new Map([["weight_names", []]]), children: [] }]],
        },
      ],
    ]),
  }).toBytes();
}

async function opened(className: string, config: object) {
  const told: string[] = [];
  const onUnknown = ({ path, message }: { path: string; message: string }) =>
    told.push(`${path}: ${message}`);
  return { model: await loadModel(fileOf(className, config), { onUnknown }), told };
}

it.each<[className: string, config: object, message: string]>([
  [
    "SGD",
    { learning_rate: schedule, decay: 0.1 },
    `expected a learning_rate that is a number beside decay 0.1, received "ExponentialDecay". ${kept}`,
  ],
  ["Adam", { learning_rate: 0.1, warmup: 2 }, `unknown key "warmup". ${kept}`],
])("an optimizer that Keras 3 cannot have is said to be lost: %s %j", async (className, config, message) => {
  const { model, told } = await opened(className, config);
  expect(told).toEqual([`config.compile_config.optimizer (${className}): ${message}`]);
  expect(model.optimizer).toBeNull();
  expect(model.compileConfig?.optimizer).toMatchObject({ class_name: className, config });
});

it.each<[className: string, config: object, expected: object]>([
  [
    "Nadam",
    { lr: 0.5, schedule_decay: 0.004, epsilon: null, ...moments },
    { learning_rate: 0.5, epsilon: 1e-7 },
  ],
  ["Nadam", { learning_rate: 0.5, decay: 0.01, ...moments }, { learning_rate: 0.5 }],
  ["SGD", { learning_rate: schedule, decay: 0 }, { momentum: 0 }],
])("an optimizer of Keras 2 is one here: %s %j", async (className, config, expected) => {
  const { model, told } = await opened(className, config);
  expect(told).toEqual([]);
  expect(model.optimizer?.constructor.className).toBe(className);
  expect(model.optimizer).toMatchObject(expected);
});
