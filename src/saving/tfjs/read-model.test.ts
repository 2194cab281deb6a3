import { describe, expect, it } from "vitest";
import { loadModel } from "../load.ts";
import { expectSame } from "./compare.fixture.ts";
import { filesOfTensorflow, filesSource, tensorflow } from "./tensorflow.fixture.ts";
import { tensorflowExamples } from "./tensorflow-models.fixture.ts";

const tf = await tensorflow();

describe("a model that TensorFlow.js saved", () => {
  it.each(tensorflowExamples)("is read: %s", async (name, make) => {
    const theirs = make();
    // Not the first ones: none is like another.
    const weights = theirs.getWeights().map((weight, i) => {
      const numbers = Array.from(
        { length: weight.size },
        (_, j) => 0.1 + 0.3 * Math.abs(Math.sin(i * 7 + j * 1.7)),
      );
      return tf.tensor(numbers, weight.shape);
    });
    theirs.setWeights(weights);
    const model = await loadModel(filesSource(await filesOfTensorflow(theirs, 100)));
    expect(model.weights.every((weight) => !weight.isMaterialized)).toBe(true);
    await expectSame(name, model, theirs);
  });
});
