import { modelFromJson } from "../../src/index.ts";
import { expectModelHolds } from "../model-holds.ts";
import { jsonText } from "../mutate/json-text.ts";
import { mutatePlain } from "../mutate/plain.ts";
import type { Plain, Reader } from "../reader.ts";
import { withReading } from "../reading.ts";
import { goldenConfigs } from "../seeds.ts";

/** How a model was compiled, as its file says. */
interface Compiled {
  [key: string]: Plain;
  optimizer: Plain;
  loss: Plain;
  loss_weights: Plain;
  metrics: Plain;
  weighted_metrics: Plain;
}

const model = {
  module: "keras",
  class_name: "Sequential",
  config: {
    name: "compiled",
    layers: [
      { module: "keras.layers", class_name: "InputLayer", config: { batch_shape: [null, 3], name: "x" } },
      { module: "keras.layers", class_name: "Dense", config: { units: 2, name: "dense" } },
    ],
  },
  build_config: { input_shape: [null, 3] },
};

/** Every so many of what there is, so that parts of all kinds meet. */
function seeds(): Compiled[] {
  const all = (name: string) => goldenConfigs(`3.15/${name}.json`);
  const [losses, metrics] = [all("losses"), all("metrics")];
  const optimizers = [
    ...all("optimizers"),
    ...all("schedules").map(
      (rate): Plain => ({
        module: "keras.optimizers",
        class_name: "SGD",
        config: { name: "sgd", learning_rate: rate },
      }),
    ),
  ];
  return metrics.map((metric, i) => ({
    optimizer: optimizers[i % optimizers.length]!,
    loss: losses[i % losses.length]!,
    loss_weights: null,
    metrics: [metric, "accuracy"],
    weighted_metrics: i % 3 === 0 ? [metrics[(i * 7) % metrics.length]!] : null,
  }));
}

/** `compile_config`: optimizers with their schedules, losses and metrics. */
export const compiled: Reader<Compiled> = {
  name: "compile_config",
  share: 10,
  seeds,
  mutate: (seed, random, all) => mutatePlain(seed, random, [random.pick(all)]),
  run: (config) =>
    withReading(true, (reading) =>
      expectModelHolds(modelFromJson(jsonText({ ...model, compile_config: config }), reading), reading),
    ),
};
