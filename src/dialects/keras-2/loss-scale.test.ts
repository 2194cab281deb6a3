import { expect, it } from "vitest";
import { Lacks } from "../lacks.ts";
import type { Dialect } from "../version.ts";
import { readEnvelope } from "./envelopes.ts";
import { named } from "./optimizers-write.ts";
import { readTraining } from "./training.ts";
import { writeTraining } from "./training-write.ts";

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

it("has in HDF5 files the name of its version, and is written with it again", () => {
  const config = { inner_optimizer: inner, dynamic: true, initial_scale: 32768, dynamic_growth_steps: 2000 };
  const optimizer_config = { class_name: "LossScaleOptimizerV3", config };
  const compiled = readTraining({ optimizer_config } as never, 2);
  expect(compiled.optimizer).toMatchObject({ module: "keras.optimizers", class_name: "LossScaleOptimizer" });
  const lacks = new Lacks();
  const written = (dialect: Dialect) => writeTraining(compiled, dialect, lacks)?.optimizer_config;
  expect(written(215)).toEqual(optimizer_config);
  expect(written(209)).toMatchObject({ class_name: "LossScaleOptimizer" });
  expect(lacks.count).toBe(0);
});
