import { describe, expect, it } from "vitest";
import { junk, rawErrors } from "../../test/properties/junk.fixture.ts";
import { useReference } from "../engines/reference/index.ts";
import { setMask } from "../graph/mask.ts";
import { resetNames } from "../graph/naming.ts";
import { huber, meanSquaredError } from "../losses/index.ts";
import { add, multiply, sum } from "../ops/index.ts";
import type { Numeric } from "../program/emit.ts";
import { copyObject } from "../registry/configurable.ts";
import { settle } from "../registry/settle.ts";
import { fromNested, toNested } from "../tensor/create.ts";
import {
  AUC,
  BinaryIoU,
  CosineSimilarity,
  defineMetric,
  F1Score,
  getMetric,
  IoU,
  Mean,
  MeanMetricWrapper,
  MeanSquaredError,
  Metric,
  Precision,
  R2Score,
  SparseTopKCategoricalAccuracy,
} from "./index.ts";

useReference();

class Total extends Metric {
  readonly total = this.addVariable({ name: "total" });

  override update(values: Numeric) {
    this.increase(this.total, sum(values));
  }

  override result() {
    return add(this.total, 0);
  }
}

class Both extends defineMetric("Both", {}, { package: "mine" }) {
  readonly mean = new Mean({ name: "inner" });
  readonly last = this.addVariable({ name: "last", aggregation: "only_first_replica" });
  readonly level = this.addVariable({ name: "level", aggregation: "mean" });

  override update(values: Numeric) {
    this.mean.update(values);
    this.increase(this.level, sum(values));
    this.last.assign(sum(values) as never);
  }

  override result() {
    return multiply(2, this.mean.result());
  }
}

function numbers(value: unknown) {
  return toNested(value as never);
}

function statesOf(metric: Metric) {
  return metric.variables.map(({ path, value }) => [path, toNested(value)]);
}

const vector = fromNested([1, 2, 3], "float32");

describe("a metric", () => {
  it("gathers, tells, forgets", () => {
    const metric = new Mean();
    metric.updateState([1, 3]);
    expect(numbers(metric.apply([5], { sample_weight: [2] }))).toBe(3.5);
    expect(statesOf(metric)).toEqual([
      ["mean/total", 14],
      ["mean/count", 4],
    ]);
    metric.resetState();
    expect(numbers(metric.result())).toBe(0);
  });

  it("is named by its class, and counted", () => {
    resetNames();
    expect([new Total().name, new Total().name, new Precision().name, new Precision().name]).toEqual([
      "total",
      "total_1",
      "precision",
      "precision_1",
    ]);
  });

  it("takes in what others gathered", () => {
    const metrics = [1, 2, 3].map((n) => {
      const metric = new AUC({ num_thresholds: 3, multi_label: true, name: "a" });
      if (n > 1)
        metric.updateState(
          [
            [1, 0],
            [0, n > 2 ? 1 : 0],
          ],
          [
            [0.2, 0.6],
            [0.4, 0.9],
          ],
        );
      return metric;
    });
    const [first, ...others] = metrics as [AUC, AUC, AUC];
    first.merge(others);
    expect(numbers(first.truePositives.value)).toEqual([
      [2, 1],
      [0, 1],
      [0, 0],
    ]);
    expect(statesOf(others[0]).length).toBe(4);
  });

  it("has the variables of metrics in it, each with its own way to become one", () => {
    const [one, other] = [new Both({ name: "b" }), new Both({ name: "b" })];
    one.updateState(vector);
    other.updateState(multiply(vector, 2));
    expect(numbers(one.result())).toBe(4);
    one.merge([other]);
    expect(statesOf(one)).toEqual([
      ["b/last", 6],
      ["b/level", 9],
      ["inner/total", 18],
      ["inner/count", 6],
    ]);
  });

  it("leaves out what a mask does: without weights in files of 3.12 and newer only", () => {
    const [truth, given] = [fromNested([[1], [0]], "float32"), fromNested([[3], [1]], "float32")];
    setMask(given, fromNested([true, false]));
    const update = (metric: MeanSquaredError) => numbers(metric.apply(truth, given));
    expect(update(new MeanSquaredError())).toBe(2.5);
    expect(update(settle(new MeanSquaredError(), 312))).toBe(4);
    const envelope = {
      module: "keras.metrics",
      class_name: "MeanSquaredError",
      config: { name: "m", dtype: "float32" },
      registered_name: null,
    };
    const options = { customObjects: {}, dialect: 315 } as const;
    expect(update(MeanSquaredError.fromConfig(envelope.config, options))).toBe(4);
  });

  it.each([
    [
      () => new IoU({ num_classes: 2, target_class_ids: [2] }),
      /^IoU\.target_class_ids: expected classes below 2/,
    ],
    [
      () => new AUC({ num_labels: 2 }),
      /^metric "auc(_\d+)?": expected num_labels only with multi_label: true, received 2\.$/,
    ],
    [
      () => new Precision({ thresholds: 2 }),
      "Precision.thresholds: expected a number from 0 to 1, received 2.",
    ],
    [
      () => new F1Score().result(),
      'metric "f1_score": expected an update first, which says how many classes there are, received none.',
    ],
    [
      () => new F1Score().updateState([1], [1]),
      'metric "f1_score": expected truths and predictions (samples, classes), received (1,) and (1,).',
    ],
    [
      () => new R2Score().result(),
      'metric "r2_score": expected an update first, which says how many outputs there are, received none.',
    ],
    [
      () => new Mean().updateState([1], { weights: [1] } as never),
      'metric "mean": unknown option "weights".',
    ],
    [
      () => new Mean().updateState("a" as never),
      'metric "mean": expected values to be a tensor, received "a".',
    ],
    [
      () => new Mean().merge([new Total()] as never),
      /^metric "mean": merge: expected metrics of class Mean, received/,
    ],
  ])("says what is wrong: %s", (make, message) => {
    expect(make).toThrow(message);
  });
});

const metrics = [
  () => new Mean(),
  () => new MeanSquaredError(),
  () => new Precision({ thresholds: [0.1, 0.2] }),
  () => new AUC({ multi_label: true }),
  () => new F1Score(),
  () => new R2Score(),
  () => new IoU({ num_classes: 2, target_class_ids: [0], sparse_y_pred: false }),
];

it.each(metrics)("says in words what is wrong with junk: %s", async (make) => {
  const raw: string[] = [];
  for (const [shown, thing] of junk) {
    for (const [name, args] of [
      ["updateState", [thing, thing, thing]],
      ["apply", [[1], thing]],
      ["merge", [thing]],
    ] as const) {
      const metric = make() as unknown as Record<string, (...args: unknown[]) => unknown>;
      raw.push(...(await rawErrors(`${name}(${shown})`, () => metric[name]!(...args))));
    }
  }
  expect(raw).toEqual([]);
});

describe("getMetric", () => {
  it("makes objects of names, classes, functions and envelopes", () => {
    expect(getMetric("mse")).toBeInstanceOf(MeanSquaredError);
    expect(getMetric("binary_io_u")).toBeInstanceOf(BinaryIoU);
    expect(getMetric(CosineSimilarity).name).toBe("cosine_similarity");
    expect(getMetric(null)).toBe(null);
    const ofFunction = getMetric(meanSquaredError) as MeanMetricWrapper;
    expect([ofFunction.name, ofFunction.fn]).toEqual(["mean_squared_error", meanSquaredError]);
    expect(getMetric("mse")).not.toBe(getMetric("mse"));
  });

  it.each([
    ["accurcy", 'metric: unknown metric "accurcy". Did you mean "accuracy"?'],
    [7, "metric: expected a metric, the name of one, or a function, received 7."],
  ])("says what is wrong with %s", (input, message) => {
    expect(() => getMetric(input as never)).toThrow(message);
  });
});

describe("MeanMetricWrapper", () => {
  it("gives its other options to its function, and writes them", () => {
    const metric = new MeanMetricWrapper({ fn: huber as never, name: "h", ...{ delta: 0.5 } });
    const config = {
      name: "h",
      dtype: "float32",
      fn: { module: "builtins", class_name: "function", config: "huber", registered_name: "function" },
      delta: 0.5,
    };
    expect(metric.getConfig()).toEqual(config);
    for (const same of [metric, copyObject(metric), MeanMetricWrapper.fromConfig(config)])
      expect(numbers(same.apply([[0, 0]], [[1.5, 2.5]]))).toBe(0.875);
  });

  it("keeps in a copy what Keras's config does not say", () => {
    const metric = new CosineSimilarity({ axis: 0 });
    expect(metric.getConfig()).toEqual({ name: "cosine_similarity", dtype: "float32" });
    expect(copyObject(metric).axis).toBe(0);
  });

  it("is known by its envelope", () => {
    const envelope = {
      module: "keras.metrics",
      class_name: "MeanMetricWrapper",
      config: { name: "w", fn: { module: "builtins", class_name: "function", config: "mean_squared_error" } },
      registered_name: null,
    };
    const metric = getMetric(envelope) as MeanMetricWrapper;
    expect(metric.fn).toBe(meanSquaredError);
  });
});

it("counts the best of whole numbers, too", () => {
  const metric = new SparseTopKCategoricalAccuracy({ k: 2 });
  metric.updateState(
    [1, 2, 0],
    [
      [3, 2, 1],
      [3, 2, 1],
      [0, 0, 0],
    ],
  );
  expect(metric.result().toArray()).toBeCloseTo(2 / 3);
});
