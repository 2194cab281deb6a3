import type * as Tf from "@tensorflow/tfjs";
import { expect } from "vitest";
import { flatten } from "../../graph/nested.ts";
import type { Model } from "../../models/model.ts";
import { toNumbers } from "../../tensor/cast.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { inputsFor } from "./examples.fixture.ts";
import { tensorflow } from "./tensorflow.fixture.ts";

const tf = await tensorflow();

/** Whether a model computes what one of TensorFlow.js does. */
export async function expectSame(name: string, model: Model, theirs: Tf.LayersModel): Promise<void> {
  const inputs = inputsFor(
    name,
    theirs.inputs.map(({ shape }) => shape),
  );
  const given = inputs.map((tensor) => tf.tensor([...toNumbers(tensor)], [...tensor.shape]));
  const expected = [theirs.predict(given)].flat();
  const outputs: readonly unknown[] = flatten(
    model.apply((inputs.length === 1 ? inputs[0] : inputs) as never),
  );
  const found = outputs.filter((output) => output instanceof Tensor);
  expect(found.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  for (const [i, tensor] of found.entries()) {
    const numbers = expected[i]!.dataSync();
    for (const [j, number] of toNumbers(tensor).entries())
      expect(Math.abs(number - numbers[j]!)).toBeLessThan(1e-5 * Math.max(1, Math.abs(number)));
  }
}
