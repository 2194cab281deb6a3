import type * as Tf from "@tensorflow/tfjs";
import { fromNumbers } from "../../tensor/cast.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { tensorflow } from "./tensorflow.fixture.ts";

const tf = await tensorflow();

/** Inputs for a model that makes of them what its name says. */
export function inputsFor(name: string, shapes: readonly (readonly (number | null)[])[]): Tensor[] {
  return shapes.map(([, ...rest], input) => {
    const shape = [2, ...rest.map((size) => size ?? 5)];
    const size = shape.reduce((a, b) => a * b, 1);
    const number = (i: number) => {
      if (name.includes("words")) return (i * 3 + input) % 4;
      return name.startsWith("masked steps") && i % 9 < 3 ? 1 : Math.sin(i * 0.37 + input);
    };
    return fromNumbers(
      "float32",
      shape,
      Array.from({ length: size }, (_, i) => number(i)),
    );
  });
}

/** The same model with weights none of which is like another, and not the first ones. */
export function withOwnWeights(model: Tf.LayersModel): Tf.LayersModel {
  const weights = model.getWeights().map((weight, i) => {
    const number = (j: number) => 0.1 + 0.3 * Math.abs(Math.sin(i * 7 + j * 1.7));
    return tf.tensor(
      Array.from({ length: weight.size }, (_, j) => number(j)),
      weight.shape,
    );
  });
  model.setWeights(weights);
  return model;
}
