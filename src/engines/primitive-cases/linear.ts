import type { Convolution, Padding, Pool } from "../../program/primitives.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import type { Trial, Trials } from "./case.ts";
import type { Random } from "./random.ts";

const products: readonly (readonly [StaticShape, StaticShape])[] = [
  [
    [3, 4],
    [4, 5],
  ],
  [
    [1, 7],
    [7, 1],
  ],
  [
    [2, 3, 4],
    [4, 5],
  ],
  [
    [2, 3, 4],
    [2, 4, 5],
  ],
  [
    [3, 4],
    [2, 4, 5],
  ],
  [
    [2, 1, 3, 4],
    [3, 4, 2],
  ],
  [
    [17, 70],
    [70, 33],
  ],
];

const matmul: Trials<"matmul"> = (random) => [
  ...products.map(([a, b]) => ({
    label: `(${a}) (${b})`,
    inputs: [random.floats(a), random.floats(b)],
    attributes: {},
  })),
  { label: "int32", inputs: [random.integers([3, 4]), random.integers([4, 2])], attributes: {} },
  ...products.map((shapes) => ({
    label: `int8 (${shapes.join(") (")})`,
    inputs: shapes.map((shape) => random.integers(shape, -128, 127, "int8")),
    attributes: {},
  })),
];

const equations: readonly (readonly [string, ...StaticShape[]])[] = [
  ["ab,bc->ac", [2, 3], [3, 4]],
  ["abc,cd->abd", [2, 3, 4], [4, 5]],
  ["abcd,aecd->acbe", [2, 3, 4, 5], [2, 6, 4, 5]],
  ["acbe,aecd->abcd", [2, 4, 3, 6], [2, 6, 4, 5]],
  ["abc,cde->abde", [2, 3, 4], [4, 5, 2]],
  ["ab,ab->a", [3, 4], [3, 4]],
  ["a,b->ab", [3], [4]],
  ["ab->ba", [3, 4]],
  ["ab->a", [3, 4]],
  ["aa->a", [3, 3]],
  ["aa->", [3, 3]],
  ["ab,bc,cd->ad", [2, 3], [3, 4], [4, 2]],
  ["ab,cd->ac", [2, 3], [4, 5]],
  ["ab,->ab", [2, 3], []],
];

const einsum: Trials<"einsum"> = (random) =>
  equations.map(([equation, ...operands]) => ({
    label: equation,
    inputs: operands.map((shape) => random.floats(shape)),
    attributes: { equation },
  }));

interface ConvolutionCase {
  readonly label: string;
  readonly x: StaticShape;
  readonly kernel: StaticShape;
  readonly strides: readonly number[];
  readonly padding: Padding;
  readonly dilation: readonly number[];
  readonly groups?: number;
}

const none = [0, 0] as const;
const one = [1, 1] as const;

const convolutions: readonly ConvolutionCase[] = [
  { label: "1-D", x: [2, 9, 3], kernel: [3, 3, 4], strides: [1], padding: [none], dilation: [1] },
  { label: "causal", x: [2, 9, 3], kernel: [3, 3, 4], strides: [1], padding: [[4, 0]], dilation: [2] },
  {
    label: "2-D",
    x: [2, 6, 7, 3],
    kernel: [3, 2, 3, 4],
    strides: [1, 1],
    padding: [none, none],
    dilation: [1, 1],
  },
  {
    label: "same",
    x: [1, 6, 7, 3],
    kernel: [3, 3, 3, 4],
    strides: [1, 1],
    padding: [one, one],
    dilation: [1, 1],
  },
  {
    label: "uneven",
    x: [1, 6, 7, 3],
    kernel: [3, 3, 3, 4],
    strides: [2, 3],
    padding: [
      [0, 1],
      [1, 2],
    ],
    dilation: [1, 1],
  },
  {
    label: "pointwise",
    x: [2, 5, 4, 3],
    kernel: [1, 1, 3, 6],
    strides: [1, 1],
    padding: [none, none],
    dilation: [1, 1],
  },
  {
    label: "pointwise, strides 2",
    x: [2, 5, 4, 3],
    kernel: [1, 1, 3, 6],
    strides: [2, 2],
    padding: [none, none],
    dilation: [1, 1],
  },
  {
    label: "dilated",
    x: [1, 8, 8, 2],
    kernel: [3, 3, 2, 3],
    strides: [1, 1],
    padding: [none, one],
    dilation: [2, 3],
  },
  {
    label: "groups",
    x: [1, 5, 5, 6],
    kernel: [3, 3, 2, 9],
    strides: [1, 1],
    padding: [one, one],
    dilation: [1, 1],
    groups: 3,
  },
  {
    label: "depthwise",
    x: [2, 5, 5, 6],
    kernel: [3, 3, 1, 6],
    strides: [2, 2],
    padding: [[0, 1], one],
    dilation: [1, 1],
    groups: 6,
  },
  {
    label: "depthwise, multiplier 2",
    x: [1, 5, 5, 4],
    kernel: [3, 3, 1, 8],
    strides: [1, 1],
    padding: [one, one],
    dilation: [2, 1],
    groups: 4,
  },
  {
    label: "3-D",
    x: [1, 4, 5, 6, 2],
    kernel: [2, 3, 2, 2, 3],
    strides: [1, 2, 1],
    padding: [none, one, [0, 1]],
    dilation: [1, 1, 2],
  },
];

const transposed: readonly ConvolutionCase[] = [
  { label: "1-D", x: [2, 5, 3], kernel: [3, 4, 3], strides: [2], padding: [none], dilation: [1] },
  {
    label: "2-D",
    x: [2, 3, 4, 3],
    kernel: [3, 3, 5, 3],
    strides: [2, 2],
    padding: [one, none],
    dilation: [1, 1],
  },
  {
    label: "uneven",
    x: [1, 3, 4, 2],
    kernel: [3, 4, 2, 2],
    strides: [2, 3],
    padding: [
      [0, 1],
      [1, 2],
    ],
    dilation: [1, 1],
  },
  {
    label: "dilated",
    x: [1, 4, 4, 2],
    kernel: [3, 2, 3, 2],
    strides: [1, 1],
    padding: [one, one],
    dilation: [2, 1],
  },
  {
    label: "gaps",
    x: [1, 3, 3, 2],
    kernel: [2, 2, 3, 2],
    strides: [3, 3],
    padding: [
      [0, -1],
      [0, -1],
    ],
    dilation: [1, 1],
  },
  {
    label: "groups",
    x: [2, 3, 4, 6],
    kernel: [3, 2, 5, 6],
    strides: [2, 1],
    padding: [one, none],
    dilation: [1, 2],
    groups: 3,
  },
  {
    label: "depthwise",
    x: [1, 4, 4, 4],
    kernel: [3, 3, 1, 4],
    strides: [2, 2],
    padding: [[0, 1], one],
    dilation: [1, 1],
    groups: 4,
  },
  {
    label: "depthwise, multiplier 2",
    x: [1, 3, 3, 6],
    kernel: [2, 2, 1, 6],
    strides: [1, 1],
    padding: [none, none],
    dilation: [1, 1],
    groups: 3,
  },
  {
    label: "3-D",
    x: [1, 2, 3, 2, 2],
    kernel: [2, 2, 2, 3, 2],
    strides: [2, 1, 2],
    padding: [none, one, none],
    dilation: [1, 1, 1],
  },
];

function convolution(cases: readonly ConvolutionCase[]) {
  return (random: Random): Trial<Convolution>[] =>
    cases.map(({ label, x, kernel, strides, padding, dilation, groups = 1 }) => ({
      label,
      inputs: [random.floats(x), random.floats(kernel)],
      attributes: { strides, padding, dilation, groups },
    }));
}

function pool(random: Random): Trial<Pool>[] {
  return [
    { label: "1-D", x: [2, 7, 3], window: [2], strides: [2], padding: [none] },
    { label: "2-D", x: [2, 6, 7, 3], window: [2, 3], strides: [2, 1], padding: [none, none] },
    { label: "same", x: [1, 5, 5, 2], window: [3, 3], strides: [2, 2], padding: [one, one] },
    { label: "uneven", x: [1, 5, 6, 2], window: [2, 2], strides: [2, 2], padding: [[0, 1] as const, none] },
    { label: "overlapping", x: [1, 6, 6, 2], window: [3, 3], strides: [1, 1], padding: [one, one] },
    { label: "3-D", x: [1, 4, 5, 4, 2], window: [2, 2, 2], strides: [2, 2, 2], padding: [none, none, none] },
  ].map(({ label, x, window, strides, padding }) => ({
    label,
    inputs: [random.distinct(x)],
    attributes: { window, strides, padding },
  }));
}

const upsample: Trials<"upsample"> = (random) => [
  {
    label: "nearest, 1-D",
    inputs: [random.floats([2, 3, 2])],
    attributes: { factors: [3], method: "nearest" },
  },
  {
    label: "nearest, 3-D",
    inputs: [random.floats([1, 2, 3, 2, 2])],
    attributes: { factors: [2, 1, 3], method: "nearest" },
  },
  ...(["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"] as const).map((method) => ({
    label: method,
    inputs: [random.floats([2, 4, 5, 2])],
    attributes: { factors: [2, 3], method },
  })),
];

export const linearTrials = {
  matmul,
  einsum,
  conv: convolution(convolutions),
  conv_transpose: convolution(transposed),
  max_pool: pool,
  avg_pool: pool,
  argmax_pool: (random: Random): Trial<Pool>[] => [
    ...pool(random),
    ...pool(random).map(({ label, inputs: [x], attributes }) => ({
      label: `${label}, ties`,
      inputs: [random.integers(x!.shape, 0, 2)],
      attributes,
    })),
  ],
  upsample,
};
