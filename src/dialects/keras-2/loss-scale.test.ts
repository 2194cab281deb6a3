import { expect, it } from "vitest";
import { readEnvelope } from "./envelopes.ts";
import { named } from "./optimizers-write.ts";

const inner = { class_name: "SGD", config: { name: "SGD", learning_rate: 0.5 } };
const envelope = (class_name: string, config: object) =>
  readEnvelope({
    module: "keras.src.mixed_precision.loss_scale_optimizer",
    class_name,
    config: { inner_optimizer: inner, initial_scale: 256, dynamic_growth_steps: 3, ...config },
    registered_name: class_name,
  } as never);

it.each(["LossScaleOptimizer", "LossScaleOptimizerV3"])("%s has the name that Keras 3 has for it", (name) => {
  expect(envelope(name, { dynamic: true })).toMatchObject({
    module: "keras.optimizers",
    class_name: "LossScaleOptimizer",
    registered_name: null,
    config: { inner_optimizer: inner },
  });
});

it("a scale that never changes is one of the optimizer inside", () => {
  expect(envelope("LossScaleOptimizer", { dynamic: false })).toEqual({
    module: "keras.optimizers",
    class_name: "SGD",
    config: { name: "SGD", learning_rate: 0.5, loss_scale_factor: 256 },
    registered_name: null,
  });
});

it.each([
  [209, "LossScaleOptimizer"],
  [211, "LossScaleOptimizerV3"],
  [215, "LossScaleOptimizerV3"],
])("is written for %i under the name that it has there", (dialect, name) => {
  const written = named(
    { module: "keras.optimizers", class_name: "LossScaleOptimizer", config: {} },
    dialect,
  );
  expect(written.class_name).toBe(name);
});
