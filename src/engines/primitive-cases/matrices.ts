import { fromNested } from "../../tensor/create.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { evaluate } from "../reference/index.ts";
import type { Trial, Trials } from "./case.ts";
import type { Random } from "./random.ts";

type Shapes = readonly StaticShape[];
const square: Shapes = [
  [1, 1],
  [4, 4],
  [2, 3, 3],
  [2, 2, 5, 5],
  [0, 2, 2],
];
const any: Shapes = [...square, [4, 2], [2, 4], [3, 5, 2], [2, 1, 6]];

function on<A>(shapes: Shapes, attributes: A, make: (random: Random, shape: StaticShape) => Tensor = floats) {
  return (random: Random): Trial<A>[] =>
    shapes.map((shape) => ({ label: `(${shape})`, inputs: [make(random, shape)], attributes }));
}

function floats(random: Random, shape: StaticShape): Tensor {
  return random.floats(shape);
}

/** A matrix times its transpose. */
function gram(random: Random, shape: StaticShape): Tensor {
  const x = random.floats(shape);
  const axes = Array.from(shape, (_, i) => i);
  const perm = [...axes.slice(0, -2), ...axes.slice(-2).reverse()];
  const turned = evaluate("transpose", [x], { perm })[0]!;
  return evaluate("matmul", [x, turned], {})[0]!;
}

/** Symmetric positive definite matrices, and one that is not. */
const cholesky: Trials<"cholesky"> = (random) => [
  ...on(
    [
      [3, 3],
      [2, 4, 4],
      [0, 2, 2],
    ],
    {},
    gram,
  )(random),
  {
    label: "none",
    inputs: [
      fromNested(
        [
          [1, 2],
          [2, 1],
        ],
        "float32",
      ),
    ],
    attributes: {},
  },
];

const sides: readonly (readonly [StaticShape, StaticShape])[] = [
  [
    [3, 3],
    [3, 2],
  ],
  [
    [2, 4, 4],
    [2, 4, 1],
  ],
  [
    [2, 1, 2, 2],
    [3, 2, 4],
  ],
  [
    [3, 3],
    [2, 3, 3],
  ],
];

function solving<A>(attributes: A) {
  return (random: Random): Trial<A>[] =>
    sides.map(([a, b]) => ({
      label: `(${a}) (${b})`,
      inputs: [random.floats(a), random.floats(b)],
      attributes,
    }));
}

export const matrixTrials = {
  cholesky,
  lu: on(any, {}),
  qr: (random: Random) =>
    [false, true].flatMap((complete) => labeled(on(any, { complete })(random), complete)),
  svd: (random: Random) => [false, true].flatMap((full) => labeled(on(any, { full })(random), full)),
  eigh: on(square, {}),
  eig: on(square, {}, gram),
  solve: solving({}),
  solve_triangular: (random: Random) =>
    [false, true].flatMap((lower) => labeled(solving({ lower })(random), lower)),
};

function labeled<A>(trials: readonly Trial<A>[], isSo: boolean): Trial<A>[] {
  return trials.map((trial) => ({ ...trial, label: `${trial.label} ${isSo}` }));
}
