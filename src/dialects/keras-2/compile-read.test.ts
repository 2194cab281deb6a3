import { expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { readCompile } from "./compile-read.ts";

const outputs = (...names: string[]) => ({
  dialect: 306,
  lacks: null,
  outputs: () => ({ names, inDict: false, areRenamed: false }),
});

const metric = (class_name: string, config: JsonObject) => ({
  module: "keras.metrics",
  class_name,
  config,
  registered_name: null,
});
const loss = (config: JsonObject) => ({ module: "keras.losses", class_name: "Huber", config });
const wrapped = (fn: JsonValue) => metric("MeanMetricWrapper", { name: "m", dtype: "float32", fn });
const own = {
  module: null,
  class_name: "Mine",
  config: { reduction: "auto", fn: "x" },
  registered_name: "My>Mine",
};

it.each<[what: string, written: JsonObject, read: JsonObject]>([
  [
    "nulls for which Keras 3 has something else",
    { run_eagerly: null, steps_per_execution: null, jit_compile: null },
    {},
  ],
  [
    "what is said",
    { steps_per_execution: 4, loss_weights: [1, 2] },
    { steps_per_execution: 4, loss_weights: [1, 2] },
  ],
  ["a name that ended", { loss: "logcosh" }, { loss: "log_cosh" }],
  [
    "names in dicts",
    { loss: { a: "kullback_leibler_divergence", b: "mse" } },
    { loss: { a: "kl_divergence", b: "mse" } },
  ],
  ["a loss for each output", { loss: ["mse", null] }, { loss: ["mse", null] }],
  [
    "a loss that leaves open how it is summed up",
    { loss: loss({ reduction: "auto", name: "h", delta: 2, fn: "huber" }) },
    { loss: loss({ reduction: "sum_over_batch_size", name: "h", delta: 2 }) },
  ],
  ["a loss that is summed up", { loss: loss({ reduction: "sum" }) }, { loss: loss({ reduction: "sum" }) }],
  ["somebody's own loss", { loss: own }, { loss: own }],
  ["metrics in a list inside a list", { metrics: [["mae", "accuracy"]] }, { metrics: ["mae", "accuracy"] }],
  ["a name of a metric that ended", { metrics: ["LogCosh"] }, { metrics: ["log_cosh_error"] }],
  ["no metrics", { metrics: [], weighted_metrics: null }, { metrics: [], weighted_metrics: null }],
  [
    "the function behind a name",
    { metrics: [wrapped("categorical_accuracy")] },
    { metrics: [metric("CategoricalAccuracy", { name: "m", dtype: "float32" })] },
  ],
  [
    "somebody's own function",
    { weighted_metrics: [wrapped("bend")] },
    {
      weighted_metrics: [
        wrapped({ module: "builtins", class_name: "function", config: "bend", registered_name: "bend" }),
      ],
    },
  ],
])("Keras 3 takes how Keras 2 compiled a model: %s", (_, written, read) => {
  const before = structuredClone(written);
  expect(readCompile(written, outputs("out"))).toEqual(read);
  expect(written).toEqual(before);
});

it("what is for all outputs is not given to each where that is too much", () => {
  const names = Array.from({ length: 1000 }, (_, i) => `out_${i}`);
  const compiled = { loss: "l".repeat(20_000), loss_weights: [2], metrics: ["m".repeat(20_000)] };
  expect(readCompile(compiled, outputs(...names))).toEqual(compiled);
});

it.each<[metrics: JsonValue, read: JsonValue]>([
  [["mae"], [["mae"], ["mae"]]],
  [
    [["mae"], [null]],
    [["mae"], []],
  ],
  [
    [null, "mse"],
    [["mse"], ["mse"]],
  ],
  [
    [null, ["mse"]],
    [[], ["mse"]],
  ],
  [{ a: "mae" }, { a: "mae" }],
])("metrics of two outputs are for each: %j", (metrics, read) => {
  expect(readCompile({ metrics }, outputs("a", "b"))).toEqual({ metrics: read });
});
