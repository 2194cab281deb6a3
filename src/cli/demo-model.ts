import { Dense } from "../layers/core/dense.ts";
import { Input } from "../layers/core/input-layer.ts";
import { Sequential } from "../models/sequential.ts";
import { fromNested } from "../tensor/create.ts";

/** A model that computes exclusive or: of a sum, how much of it there is once, less twice what there is of it twice. */
export function exclusiveOr(): Sequential {
  const model = new Sequential(
    [
      Input({ shape: [2] }),
      new Dense({ units: 2, activation: "relu", name: "at_least" }),
      new Dense({ units: 1, activation: "sigmoid", name: "exclusive_or" }),
    ],
    { name: "demo" },
  );
  const weights = [
    [
      [1, 1],
      [1, 1],
    ],
    [0, -1],
    [[10], [-20]],
    [-5],
  ];
  model.setWeights(weights.map((values) => fromNested(values, "float32")));
  return model;
}
