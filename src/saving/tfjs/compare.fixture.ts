import type * as Tf from "@tensorflow/tfjs";
import { expect } from "vitest";
import { flatten } from "../../graph/nested.ts";
import type { Model } from "../../models/model.ts";
import { fromNumbers, toNumbers } from "../../tensor/cast.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { tensorflow } from "./tensorflow.fixture.ts";

const tf = await tensorflow();

/** Inputs for a model that makes of them what its name says. */
export function inputsFor(name: string, shapes: readonly (readonly (number | null)[])[]): Tensor[] {
  return shapes.map(([, ...rest], input) => {
    const shape = [2, ...rest.map((size) => size ?? 5)];
    const size = shape.reduce((a, b) => a * b, 1);
    const number = (i: number) => {
      if (name.includes("words")) return (i * 3 + input) % 4;
      return name === "masked steps" && i % 9 < 3 ? 1 : Math.sin(i * 0.37 + input);
    };
    return fromNumbers(
      "float32",
      shape,
      Array.from({ length: size }, (_, i) => number(i)),
    );
  });
}

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
    for (const [j, number] of toNumbers(tensor).entries()) expect(number).toBeCloseTo(numbers[j]!, 5);
  }
}
