import type { StaticShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { floats, ints, type Random } from "./random.ts";

interface PlainTrial {
  readonly label: string;
  readonly inputs: readonly Tensor[];
  readonly attributes: Readonly<Record<never, never>>;
}

type PlainTrials = (random: Random) => PlainTrial[];

const shapes: readonly StaticShape[] = [[], [5], [2, 3, 4], [0, 3]];
const pairs: readonly (readonly [StaticShape, StaticShape])[] = [
  [[], []],
  [
    [2, 3, 4],
    [2, 3, 4],
  ],
  [[2, 3, 4], []],
  [[], [3, 2]],
  [[2, 3, 4], [4]],
  [[4], [2, 3, 4]],
  [
    [2, 1, 4],
    [3, 1],
  ],
  [
    [0, 3],
    [1, 3],
  ],
];

/** Floats in a range where the function is defined and well conditioned. */
function unary(low: number, high: number, special: readonly number[] = []): PlainTrials {
  return (random) => {
    const trials: PlainTrial[] = shapes.map((shape) => ({
      label: `float32 (${shape})`,
      inputs: [random.floats(shape, low, high)],
      attributes: {},
    }));
    if (special.length > 0) {
      trials.push({ label: "special", inputs: [floats([special.length], special)], attributes: {} });
    }
    return trials;
  };
}

/** The same, and int32. */
function number(special: readonly number[] = []): PlainTrials {
  return (random) => [
    ...unary(-3, 3, special)(random),
    { label: "int32", inputs: [random.integers([3, 4])], attributes: {} },
  ];
}

function binary(low: number, high: number): PlainTrials {
  return (random) =>
    pairs.map(([a, b]) => ({
      label: `float32 (${a}) (${b})`,
      inputs: [random.floats(a, low, high), random.floats(b, low, high)],
      attributes: {},
    }));
}

function binaryIntegers(low: number, high: number, divisor = false): PlainTrials {
  return (random) =>
    pairs.slice(0, 6).map(([a, b]) => ({
      label: `int32 (${a}) (${b})`,
      inputs: [random.integers(a, low, high), random.integers(b, divisor ? 1 : low, high)],
      attributes: {},
    }));
}

function both(...parts: readonly PlainTrials[]): PlainTrials {
  return (random) => parts.flatMap((part) => part(random));
}

const divisors: PlainTrials = () => [
  {
    label: "signs, float32",
    inputs: [floats([6], [7, -7, 7, -7, 5.5, -0.5]), floats([6], [3, 3, -3, -3, 2, 2])],
    attributes: {},
  },
  {
    label: "signs, int32",
    inputs: [ints([6], [7, -7, 7, -7, 6, 0]), ints([6], [3, 3, -3, -3, -3, 5])],
    attributes: {},
  },
];

const quadrants: PlainTrials = () => [
  {
    label: "quadrants",
    inputs: [floats([6], [1, 1, -1, -1, 0, 2]), floats([6], [1, -1, -1, 1, -1, 0])],
    attributes: {},
  },
];

function logical(random: Random): PlainTrial[] {
  return pairs.slice(0, 6).map(([a, b]) => ({
    label: `bool (${a}) (${b})`,
    inputs: [random.bools(a), random.bools(b)],
    attributes: {},
  }));
}

const bits: PlainTrials = (random) => [
  {
    label: "int32",
    inputs: [random.integers([3, 4], -99, 99), random.integers([4], -99, 99)],
    attributes: {},
  },
  {
    label: "uint32",
    inputs: [
      random.integers([3, 4], 0, 2 ** 32 - 1, "uint32"),
      random.integers([3, 4], 0, 2 ** 32 - 1, "uint32"),
    ],
    attributes: {},
  },
];

const shift: PlainTrials = (random) => [
  {
    label: "uint32",
    inputs: [random.integers([3, 4], 0, 2 ** 32 - 1, "uint32"), random.integers([4], 0, 31, "uint32")],
    attributes: {},
  },
  {
    label: "int32",
    inputs: [random.integers([3, 4], -999, 999), random.integers([], 0, 5)],
    attributes: {},
  },
];

const comparison = both(binary(-2, 2), binaryIntegers(-2, 2), () => [
  { label: "equal and NaN", inputs: [floats([3], [1, 2, NaN]), floats([3], [1, 3, NaN])], attributes: {} },
]);

const equality = both(comparison, logical);

export const elementwiseTrials = {
  neg: number(),
  abs: number(),
  sign: number([0]),
  floor: unary(-3, 3, [-0.5, 2, -2]),
  ceil: unary(-3, 3, [-0.5, 2, -2]),
  round: unary(-3, 3, [0.5, 1.5, 2.5, -0.5, -1.5, -2.5]),
  exp: unary(-5, 5, [-200, 100]),
  expm1: unary(-3, 3, [0, 1e-6, -1e-6]),
  log: unary(0.01, 9, [0, -1]),
  log1p: unary(-0.9, 9, [0, 1e-6, -1e-6]),
  sqrt: unary(0, 9),
  rsqrt: unary(0.01, 9),
  sin: unary(-6, 6),
  cos: unary(-6, 6),
  tan: unary(-1.4, 1.4),
  asin: unary(-1, 1),
  acos: unary(-1, 1),
  atan: unary(-5, 5),
  sinh: unary(-3, 3),
  cosh: unary(-3, 3),
  tanh: unary(-4, 4, [-100, 100]),
  asinh: unary(-5, 5),
  acosh: unary(1, 9),
  atanh: unary(-0.95, 0.95),
  erf: unary(-3, 3, [0, 6, -6]),
  sigmoid: unary(-6, 6, [-200, 200]),
  relu: number(),
  not: (random: Random): PlainTrial[] => [
    { label: "bool", inputs: [random.bools([3, 4])], attributes: {} },
    { label: "int32", inputs: [random.integers([3, 4])], attributes: {} },
    { label: "uint8", inputs: [random.integers([3, 4], 0, 255, "uint8")], attributes: {} },
  ],
  is_nan: unary(-3, 3, [NaN, Infinity, -Infinity]),
  is_inf: unary(-3, 3, [NaN, Infinity, -Infinity]),
  stop_gradient: both(number([NaN, Infinity, -0]), (random) => [
    { label: "bool", inputs: [random.bools([3])], attributes: {} },
  ]),
  add: both(binary(-2, 2), binaryIntegers(-99, 99)),
  sub: both(binary(-2, 2), binaryIntegers(-99, 99)),
  mul: both(binary(-2, 2), binaryIntegers(-99, 99)),
  div: both(binary(0.5, 2), binary(-2, -0.5)),
  pow: both(binary(0.1, 3), (random) => [
    {
      label: "negative base",
      inputs: [random.floats([3, 4], -3, 3), floats([4], [0, 1, 2, 3])],
      attributes: {},
    },
    { label: "int32", inputs: [random.integers([3, 4]), random.integers([4], 0, 4)], attributes: {} },
  ]),
  mod: both(binary(0.5, 2), binaryIntegers(-99, 99, true), divisors),
  floor_div: both(binary(0.5, 2), binaryIntegers(-99, 99, true), divisors),
  min: both(binary(-2, 2), binaryIntegers(-99, 99)),
  max: both(binary(-2, 2), binaryIntegers(-99, 99)),
  atan2: both(binary(-2, 2), quadrants),
  and: both(logical, bits),
  or: both(logical, bits),
  xor: both(logical, bits),
  shift_left: shift,
  shift_right: shift,
  eq: equality,
  ne: equality,
  lt: comparison,
  le: comparison,
  gt: comparison,
  ge: comparison,
  select: (random: Random): PlainTrial[] => [
    ...pairs.map(([a, b]) => ({
      label: `float32 (${a}) (${b})`,
      inputs: [random.bools(a), random.floats(a), random.floats(b)],
      attributes: {},
    })),
    {
      label: "int32, condition broadcast",
      inputs: [random.bools([3, 1]), random.integers([2, 1, 4]), random.integers([])],
      attributes: {},
    },
  ],
};
