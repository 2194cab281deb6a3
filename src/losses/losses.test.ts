import { describe, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import { resetNames } from "../graph/naming.ts";
import { absolute, add, multiply, subtract, sum } from "../ops/index.ts";
import type { Numeric } from "../program/emit.ts";
import { copyObject } from "../registry/configurable.ts";
import { serialize } from "../registry/serialize.ts";
import { fromNested, toNested } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import {
  binaryCrossentropy,
  CategoricalGeneralizedCrossEntropy,
  defineLoss,
  getLoss,
  Huber,
  huber,
  Loss,
  LossFunctionWrapper,
  MeanSquaredError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  sparseCategoricalCrossentropy,
} from "./index.ts";

useReference();

class Sizes extends Loss {
  override call(yTrue: Numeric, yPred: Numeric) {
    return absolute(subtract(yTrue, yPred));
  }
}

class Pair extends defineLoss("Pair", {}, { package: "mine" }) {
  override call(yTrue: Numeric, yPred: Numeric) {
    const [truth, given] = [yTrue, yPred] as unknown as [
      { a: Numeric; b: Numeric },
      readonly [Numeric, Numeric],
    ];
    return add(subtract(truth.a, given[0]), subtract(truth.b, given[1]));
  }
}

function weighted(yTrue: Tensor, yPred: Tensor, { factor = 1 } = {}) {
  return multiply(factor, sum(absolute(subtract(yTrue, yPred)), { axis: -1 }));
}

function numbers(value: unknown) {
  return toNested(value as Tensor);
}

describe("a loss", () => {
  it("is named by its class, and counted", () => {
    resetNames();
    expect([new Sizes().name, new Sizes().name, new MeanSquaredError({ name: null }).name]).toEqual([
      "sizes",
      "sizes_1",
      "mean_squared_error",
    ]);
    expect(serialize(new Sizes({ name: "s" }))).toEqual({
      module: null,
      class_name: "Sizes",
      config: { name: "s", reduction: "sum_over_batch_size" },
      registered_name: "Sizes",
    });
  });

  it.each([
    [{}, 1.5],
    [{ reduction: "sum" }, 3],
    [{ reduction: "none" }, [1, 2]],
    [{ reduction: null }, [1, 2]],
  ])("reduces as %o says", (options, expected) => {
    expect(numbers(new Sizes(options).apply([1, 1], [2, 3]))).toEqual(expected);
  });

  it("gets structures as they are", () => {
    const loss = new Pair().apply({ a: [1, 2], b: [3, 4] }, [fromNested([0, 0]), fromNested([1, 1])]);
    expect(numbers(loss)).toBe(4);
  });

  it("keeps in a copy what Keras's config does not say", () => {
    const loss = new Huber({ delta: 3, dtype: "float16" });
    expect(loss.getConfig()).toEqual({ name: "huber_loss", reduction: "sum_over_batch_size" });
    const { delta, dtype } = copyObject(loss);
    expect({ delta, dtype }).toEqual({ delta: 3, dtype: "float16" });
  });

  it.each([
    [
      () => new MeanSquaredError({ reduction: "some" as never }),
      /^MeanSquaredError\.reduction: expected one of/,
    ],
    [
      () => new CategoricalGeneralizedCrossEntropy({ q: 1 }),
      "CategoricalGeneralizedCrossEntropy.q: expected a number between 0 and 1, received 1.",
    ],
    [
      () => new MeanSquaredError().apply("a" as never, [1]),
      'loss "mean_squared_error": expected yTrue to be a tensor, received "a".',
    ],
    [
      () => new MeanSquaredError().apply({ a: [1] }, [1]),
      'loss "mean_squared_error": expected a tensor of truths and one of predictions, received several.',
    ],
    [
      () => new MeanSquaredError().apply([1], [1], { sampleWeight: [1] } as never),
      'loss "mean_squared_error": unknown option "sampleWeight". Did you mean "sample_weight"?',
    ],
    [() => huber([1], [1], { delt: 1 } as never), 'huber: unknown option "delt". Did you mean "delta"?'],
    [
      () => binaryCrossentropy([1], undefined as never),
      "binary_crossentropy: expected yPred to be a tensor, received undefined.",
    ],
  ])("says what is wrong: %s", (make, message) => {
    expect(make).toThrow(message);
  });
});

describe("getLoss", () => {
  it.each(["mse", "MSE", "mean_squared_error"])("knows %s by the name it was asked for by", (name) => {
    const loss = getLoss(name) as LossFunctionWrapper;
    expect([loss.name, loss.fn]).toEqual([name, meanSquaredError]);
    expect(numbers(loss.apply([[0, 1]], [[0, 3]]))).toBe(2);
  });

  it("makes objects of classes, functions and envelopes", () => {
    expect(getLoss("Huber")).toBeInstanceOf(Huber);
    expect(getLoss(Huber).name).toBe("huber_loss");
    expect(getLoss(null)).toBe(null);
    expect(getLoss(weighted as never).name).toBe("weighted");
    const envelope = {
      module: "keras.losses",
      class_name: "Huber",
      config: { name: "h" },
      registered_name: null,
    };
    expect(getLoss(envelope).getConfig()).toEqual({ name: "h", reduction: "sum_over_batch_size" });
  });

  it.each([
    ["mean_square_error", 'loss: unknown loss "mean_square_error". Did you mean "mean_squared_error"?'],
    [7, "loss: expected a loss, the name of one, or a function, received 7."],
  ])("says what is wrong with %s", (input, message) => {
    expect(() => getLoss(input as never)).toThrow(message);
  });
});

describe("LossFunctionWrapper", () => {
  it("gives its other options to its function, and writes them", () => {
    const loss = new LossFunctionWrapper({ fn: huber as never, name: "h", ...{ delta: 0.5 } });
    const config = {
      name: "h",
      reduction: "sum_over_batch_size",
      fn: { module: "builtins", class_name: "function", config: "huber", registered_name: "function" },
      delta: 0.5,
    };
    expect(loss.getConfig()).toEqual(config);
    for (const same of [loss, copyObject(loss), LossFunctionWrapper.fromConfig(config)])
      expect(numbers(same.apply([[0, 0]], [[1, 2]]))).toBe(0.625);
  });

  it("runs a function of yours", () => {
    const loss = new LossFunctionWrapper({ fn: weighted, ...{ factor: 2 } });
    expect(numbers(loss.apply([[0, 0]], [1]))).toEqual(4);
  });
});

describe("shapes and dtypes of truths and predictions", () => {
  it.each([
    { truth: [0, 1], given: [0.3, 0.7], shapes: "(2,) and (2,)" },
    { truth: [[0], [1]], given: [0.3, 0.7], shapes: "(2, 1) and (2,)" },
    { truth: [0, 1, 0], given: [[0.3, 0.7]], shapes: "(3,) and (1, 2)" },
  ])("a class is the number of one of the scores behind it: $shapes", ({ truth, given, shapes }) => {
    expect(() => sparseCategoricalCrossentropy(truth, given)).toThrow(
      `sparseCategoricalCrossentropy: expected a target of the shape of output without its classes, received ${shapes}.`,
    );
  });

  it.each([
    (truth: Tensor, given: Tensor) => meanSquaredLogarithmicError(truth, given),
    (truth: Tensor, given: Tensor) => binaryCrossentropy(truth, given, { label_smoothing: 0.2 }),
  ])("half precision stays half precision (%#)", (loss) => {
    const [truth, given] = [fromNested([[0, 1]]), fromNested([[0.5, 0.25]], "float16")];
    expect(loss(truth, given).dtype).toBe("float16");
  });
});
