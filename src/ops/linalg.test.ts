import { beforeAll, describe, expect, it } from "vitest";
import { expectClose } from "../engines/expect-close.ts";
import { Random } from "../engines/primitive-cases/random.ts";
import { useReference } from "../engines/reference/index.ts";
import { slice } from "../registry/literals.ts";
import { fromNested } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import * as ops from "./index.ts";
import { turned } from "./moving.ts";

beforeAll(useReference);

const signal = fromNested([[0, 1, 2, 3, 4, 5]], "float32");
const whole = fromNested([[0, 1, 2]]);
const matrix = fromNested(
  [
    [0, 1],
    [-1, 0],
  ],
  "float32",
);
const steps = fromNested([[[0.5, 0.25, 0.125]]], "float32");
const frames = { sequence_length: 4, sequence_stride: 2, fft_length: 4 };

describe("says what is wrong", () => {
  it.each<[call: () => unknown, message: string]>([
    [() => ops.fft([whole, whole]), "fft: expected float32 or float64, received int32."],
    [() => ops.fft([signal]), "fft: expected [real, imaginary], received"],
    [
      () => ops.fft2([signal, fromNested([[0.5]])]),
      "fft2: expected two parts of one shape, received (1, 6) and (1, 1).",
    ],
    [() => ops.fft2([fromNested([0.5]), fromNested([0.5])]), "fft2: expected at least 2 axes, received 1."],
    [() => ops.irfft([fromNested([0.5]), fromNested([0.5])]), "irfft: expected at least 2 frequencies"],
    [() => ops.stft(whole, frames), "stft: expected float32 or float64, received int32."],
    [
      () => ops.stft(signal, { ...frames, fft_length: 3 }),
      "stft: expected fft_length of at least sequence_length, received 3 and 4.",
    ],
    [
      () => ops.stft(signal, { ...frames, window: [1, 2] }),
      "stft: expected a window of 4 numbers, received (2,).",
    ],
    [
      () => ops.stft(signal, { ...frames, window: "kaiser" as never }),
      'STFT.window: expected "hann", "hamming" or a list of numbers, received "kaiser".',
    ],
    [
      () => ops.stft(signal, { ...frames, sequence_length: 8, fft_length: 8, center: false }),
      "stft: expected a last axis of at least 8, received 6.",
    ],
    [
      () => ops.stft(signal, { ...frames, sequence_stride: 0 }),
      "STFT.sequence_stride: expected a positive integer, received 0.",
    ],
    [
      () => ops.extractSequences(signal, { sequence_length: 7, sequence_stride: 1 }),
      "extract_sequences: expected a last axis of at least 7, received 6.",
    ],
    [
      () => ops.ctcLoss([[1, 2]], steps, [1, 2], [3]),
      "ctcLoss: expected target_length of 1 axes, the first as long as that of output, received (2,).",
    ],
    [
      () => ops.ctcDecode(signal, [6]),
      "ctcDecode: expected scores (batch, steps, classes), received (1, 6).",
    ],
    [() => ops.ctcDecode(steps, [1, 2]), "ctcDecode: expected a length for each of 1, received (2,)."],
    [
      () => ops.ctcDecode(steps, [3], { strategy: "best" as never }),
      'CTCDecode.strategy: expected one of "greedy", "beam_search", received "best".',
    ],
    [() => ops.inv(signal), "solve: expected square matrices, received (1, 6)."],
    [() => ops.det(fromNested([0.5])), "lu: expected matrices, received (1,)."],
    [() => ops.solve(matrix, [[1, 2]]), "solve: expected right sides of 2 rows, received (1, 2)."],
    [() => ops.cholesky(matrix), "cholesky: expected positive definite matrices"],
    [() => ops.eig(matrix), "reference: eig: expected matrices of real eigenvalues"],
    [
      () => ops.qr(matrix, { mode: "full" as never }),
      'Qr.mode: expected one of "reduced", "complete", received "full".',
    ],
    [
      () => ops.norm(matrix, { ord: 3 }),
      'norm: expected ord to be of matrices "fro", "nuc", 1, -1, 2, -2, Infinity, -Infinity or null, received 3.',
    ],
    [
      () => ops.norm(matrix, { ord: "fro", axis: 0 }),
      'norm: expected ord to be of vectors a number or null, received "fro".',
    ],
    [() => ops.norm(steps, { ord: 2 }), "norm: expected one axis or two different ones, received [0, 1, 2]."],
    [
      () => ops.lstsq(steps, [1]),
      "lstsq: expected a matrix and a matrix or vector, received (1, 1, 3) and (1,).",
    ],
    [() => ops.segmentSum(whole, [0]), "segmentSum: expected num_segments, received null."],
    [
      () => ops.segmentMax(whole, [0, 1], { num_segments: 2 }),
      "segmentMax: expected an id for each entry of (1, 3), received (2,).",
    ],
  ])("%#", (call, message) => {
    expect(call).toThrow(message);
  });
});

describe("factorizations put together again", () => {
  const random = new Random(5);
  const shapes = [
    [7, 7],
    [40, 25],
    [3, 12, 30],
    [2, 5, 1],
  ];

  it.each(shapes.map((shape) => [shape]))("%j", (shape) => {
    const x = random.floats(shape);
    const { q, r } = named(ops.qr(x), "q", "r");
    expectClose(ops.matmul(q, r) as Tensor, x, "q r");
    for (const full_matrices of [false, true]) {
      const [left, values, right] = ops.svd(x, { full_matrices }) as Tensor[];
      const count = values!.shape.at(-1)!;
      const scaled = ops.multiply(
        ops.getItem(left!, [ops.ellipsis, slice(null, count)]),
        ops.expandDims(values!, { axis: -2 }),
      );
      const rows = ops.getItem(right!, [ops.ellipsis, slice(null, count), slice()]);
      expectClose(ops.matmul(scaled, rows) as Tensor, x, "u s vt");
      for (const vectors of [turned(left!), right!]) expectOrthogonal(vectors as Tensor);
    }
  });

  it.each([[4], [30]])("eigenvectors of %i by so many", (n) => {
    const x = random.floats([n, n]);
    const symmetric = ops.matmul(x, turned(x));
    for (const [values, vectors] of [ops.eigh(symmetric), ops.eig(symmetric)] as Tensor[][]) {
      const [image, scaled] = [ops.matmul(symmetric, vectors!), ops.multiply(vectors!, values!)];
      expectClose(image as Tensor, scaled as Tensor, "a v = v w", 1e-4);
    }
  });

  it("eigenvalues of what is not symmetric, one of them twice", () => {
    const triangle = fromNested(
      [
        [3, 1, 4, 1],
        [0, 2, 5, 9],
        [0, 0, 2, 6],
        [0, 0, 0, -5],
      ],
      "float64",
    );
    const basis = random.floats([4, 4], -1, 1, "float64");
    const x = ops.matmul(ops.matmul(basis, triangle), ops.inv(basis));
    const values = Array.from((ops.eig(x)[0] as Tensor).data as Float64Array).sort((a, b) => a - b);
    for (const [i, value] of [-5, 2, 2, 3].entries()) expect(values[i]).toBeCloseTo(value, 6);
  });
});

function named<K extends string>(values: readonly unknown[], ...names: readonly K[]): Record<K, Tensor> {
  return Object.fromEntries(names.map((name, i) => [name, values[i]])) as Record<K, Tensor>;
}

/** Rows of length 1, each orthogonal to the others. */
function expectOrthogonal(rows: Tensor): void {
  const product = ops.matmul(rows, turned(rows)) as Tensor;
  const identity = ops.broadcastTo(ops.eye(product.shape.at(-1)!), { shape: product.shape });
  expectClose(product, identity as Tensor, "orthogonal", 1e-6);
}
