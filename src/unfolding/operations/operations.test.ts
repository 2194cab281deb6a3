import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectUnfolds } from "../../../test/unfolding.ts";
import { classesUnfolded } from "../../dialects/unfolded.ts";
import { useReference } from "../../engines/reference/index.ts";
import type { KerasTensor } from "../../graph/graph.ts";
import { Input } from "../../layers/core/input-layer.ts";
import { Functional } from "../../models/functional.ts";
import * as ops from "../../ops/index.ts";
import { layersUnfolded } from "../rows.ts";
import { operationsUnfolded } from "./index.ts";

useReference();

type Calls = (x: KerasTensor, y: KerasTensor) => unknown;

/** A tensor with NaN in it, of one without. */
const holed = (x: KerasTensor) => ops.where(ops.greater(x, 0.5), ops.log(ops.negative(x)), x);

const calls: Readonly<Record<string, Calls>> = {
  "math.Erfc": (x) => ops.erfc(x),
  "nn.Celu": (x) => [ops.celu(x), ops.celu(x, { alpha: 0.5 })],
  "nn.Glu": (x) => [ops.glu(x), ops.glu(x, { axis: 1 })],
  "nn.HardShrink": (x) => ops.hardShrink(x, { threshold: 0.8 }),
  "nn.HardTanh": (x) => ops.hardTanh(x),
  "nn.LayerNorm": (x) => [
    ops.layerNormalization(x, { epsilon: 1e-3 }),
    ops.layerNormalization(x, { axis: [1, 2], rms_scaling: true }),
  ],
  "nn.RMSNorm": (x) => [ops.rmsNormalization(x), ops.rmsNormalization(x, { axis: 1, epsilon: 1e-3 })],
  "nn.SoftShrink": (x) => ops.softShrink(x, { threshold: 0.8 }),
  "nn.SparsePlus": (x) => ops.sparsePlus(x),
  "nn.SparseSigmoid": (x) => ops.sparseSigmoid(x),
  "nn.Sparsemax": (x) => [ops.sparsemax(x), ops.sparsemax(x, { axis: 1 })],
  "nn.Squareplus": (x) => ops.squareplus(x, { b: 3 }),
  "nn.TanhShrink": (x) => ops.tanhShrink(x),
  "nn.Threshold": (x) => ops.threshold(x, { threshold: 0.3, default_value: -2 }),
  "numpy.Cbrt": (x) => ops.cbrt(x),
  "numpy.Deg2rad": (x) => ops.deg2rad(x),
  "numpy.Dsplit": (x) => ops.dsplit(x, { indices_or_sections: 2 }),
  "numpy.Exp2": (x) => [ops.exp2(x), ops.exp2(ops.cast(ops.floor(x), { dtype: "int32" }))],
  "numpy.Fabs": (x) => ops.fabs(x),
  "numpy.Fliplr": (x) => ops.fliplr(x),
  "numpy.Flipud": (x) => ops.flipud(x),
  "numpy.Fmax": (x, y) => ops.fmax(holed(x), y),
  "numpy.Fmin": (x, y) => ops.fmin(x, holed(y)),
  "numpy.Heaviside": (x, y) => ops.heaviside(ops.floor(x), y),
  "numpy.Hsplit": (x) => ops.hsplit(x, { indices_or_sections: [1, 3] }),
  "numpy.Hypot": (x, y) => [ops.hypot(x, y), ops.hypot(2, x), ops.hypot(ops.relu(x), 0)],
  "numpy.Inner": (x, y) => [ops.inner(x, y), ops.inner(x, 3)],
  "numpy.Isneginf": (x) => ops.isneginf(ops.log(ops.relu(x))),
  "numpy.Isposinf": (x) => ops.isposinf(ops.negative(ops.log(ops.relu(x)))),
  "numpy.Logaddexp2": (x, y) => ops.logaddexp2(x, y),
  "numpy.Nancumprod": (x) => ops.nancumprod(holed(x), { axis: 1 }),
  "numpy.Nancumsum": (x) => ops.nancumsum(holed(x), { axis: -1 }),
  "numpy.Nanmean": (x) => ops.nanmean(holed(x), { axis: [1, 2] }),
  "numpy.Nanprod": (x) => ops.nanprod(holed(x), { axis: -1, keepdims: true }),
  "numpy.Nanstd": (x) => ops.nanstd(holed(x)),
  "numpy.Nansum": (x) => ops.nansum(holed(x), { axis: 1 }),
  "numpy.Nanvar": (x) => ops.nanvar(holed(x), { axis: 2, keepdims: true }),
  "numpy.Ptp": (x) => [ops.ptp(x, { axis: 1 }), ops.ptp(x, { axis: 2, keepdims: true })],
  "numpy.Rad2deg": (x) => ops.rad2deg(x),
  "numpy.Rot90": (x) => [1, 2, 3, 4, -1].map((k) => ops.rot90(x, { k, axes: [1, 2] })),
  "numpy.Sinc": (x) => ops.sinc(ops.relu(x)),
  "numpy.Trunc": (x) => ops.trunc(x),
  "numpy.Vsplit": (x) => ops.vsplit(ops.transpose(x), { indices_or_sections: 2 }),
};

/** What the oldest Keras 3 has, and Keras 2 has not, by this name. */
const always = ["keras.src.activations.activations.Mish", "nn.HardSigmoid", "nn.HardSilu", "nn.LogSigmoid"];

function modelOf(made: Calls): Functional {
  const [x, y] = [Input({ shape: [4, 6], name: "x" }), Input({ shape: [4, 6], name: "y" })];
  const outputs = [made(x, y), ops.add(x, y)].flat() as KerasTensor[];
  return new Functional({ inputs: [x, y], outputs, name: "m" });
}

it("errors know which rows there are", () => {
  const names = [
    ...operationsUnfolded.map((path) => path.slice(path.lastIndexOf(".") + 1)),
    ...layersUnfolded,
  ];
  // Of these the class alone does not say it.
  const others = ["BatchNormalization", "LayerNormalization"];
  expect([...classesUnfolded, ...others].sort()).toEqual(names.sort());
});

it("every row has a case", () => {
  expect([...Object.keys(calls), ...always].sort()).toEqual([...operationsUnfolded].sort());
});

describe("in Keras 3.0", () => {
  it.each(Object.entries(calls))("%s", async (_, made) => {
    await expectUnfolds(modelOf(made), "3.0");
  });
});

describe("in Keras 2.9", () => {
  it.each<[string, Calls]>([
    ["hard_sigmoid", (x) => ops.hardSigmoid(x)],
    ["hard_silu", (x) => ops.hardSilu(x)],
    ...(["nn.HardTanh", "nn.SoftShrink", "nn.Squareplus", "nn.TanhShrink", "nn.RMSNorm"] as const).map(
      (path) => [path, calls[path]!] as [string, Calls],
    ),
    ...(["numpy.Trunc", "numpy.Exp2", "numpy.Hypot", "numpy.Fliplr", "numpy.Ptp"] as const).map(
      (path) => [path, calls[path]!] as [string, Calls],
    ),
  ])("%s", async (_, made) => {
    await expectUnfolds(modelOf(made), "2.9");
  });
});

it("names what stands for an operation after it", async () => {
  const model = modelOf((x) => ops.trunc(x));
  model.operations.find(({ constructor: { className } }) => className === "Trunc")!.name = "cut";
  const { unfolded, notices } = await expectUnfolds(model, "3.0");
  expect(unfolded.operations.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["x", "y", "cut_sign", "cut_absolute", "cut_floor", "cut"]),
  );
  expect(notices).toEqual([{ path: 'operation "cut"', message: "is written out as operations." }]);
});

it("leaves what no row is for", async () => {
  await expect(
    expectUnfolds(
      modelOf((x) => ops.signbit(x)),
      "3.0",
    ),
  ).rejects.toThrow("received Signbit");
});

it("holds the root of squares that are too large for the dtype", async () => {
  await expectUnfolds(
    modelOf((x, y) => ops.hypot(x, y)),
    "3.0",
    1e30,
  );
});

it("is the same for any numbers", async () => {
  const model = modelOf((x, y) => [ops.hardShrink(x), ops.fmax(x, y), ops.celu(y), ops.trunc(x)]);
  await fc.assert(
    fc.asyncProperty(fc.double({ min: -30, max: 30, noNaN: true }), async (scale) => {
      await expectUnfolds(model, "3.0", scale);
    }),
    { numRuns: 15 },
  );
});
