import { createRequire } from "node:module";
import { beforeEach, describe, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import { tensor } from "../engines/tensor.ts";
import { resetNames } from "../graph/naming.ts";
import { aTensor, takes } from "../graph/signature.ts";
import { Dense } from "../layers/core/dense.ts";
import { Input } from "../layers/core/input-layer.ts";
import { LSTM } from "../layers/index.ts";
import { Add } from "../layers/merging/index.ts";
import { Functional } from "./functional.ts";
import type { Model } from "./model.ts";
import { Sequential } from "./sequential.ts";

useReference();
const ort = createRequire(import.meta.url)("onnxruntime-node") as typeof import("onnxruntime-node");

describe("export", () => {
  beforeEach(resetNames);

  it("writes a file that computes any number of samples", async () => {
    const model = new Sequential([
      Input({ shape: [3], name: "pixels" }),
      new Dense({ units: 2, activation: "relu", name: "scores" }),
    ]);
    const session = await ort.InferenceSession.create(await model.export());
    expect([session.inputNames, session.outputNames]).toEqual([["pixels"], ["scores"]]);
    for (const rows of [1, 4]) {
      const data = Float32Array.from({ length: rows * 3 }, (_, i) => Math.sin(i));
      const { scores } = await session.run({ pixels: new ort.Tensor("float32", data, [rows, 3]) });
      const rowsOf = Array.from({ length: rows }, (_, i) => [...data.slice(3 * i, 3 * i + 3)]);
      const expected = [
        ...(model.apply(tensor(rowsOf, { dtype: "float32" })) as unknown as { data: Float32Array }).data,
      ];
      expect(scores!.dims).toEqual([rows, 2]);
      for (const [i, value] of [...(scores!.data as Float32Array)].entries())
        expect(value).toBeCloseTo(expected[i]!, 6);
    }
  });

  function twoByTwo(): Model {
    const a = Input({ shape: [2], name: "a" });
    const b = Input({ shape: [2], name: "b" });
    const sum = new Add({ name: "sum" }).apply([a, b]);
    return new Functional({ inputs: { left: a, right: b }, outputs: [sum, a] });
  }

  it("names values by keys of dicts, else by layers", async () => {
    const { inputNames, outputNames } = await ort.InferenceSession.create(await twoByTwo().export());
    expect([inputNames, outputNames]).toEqual([
      ["left", "right"],
      ["sum", "a"],
    ]);
  });

  it("takes names", async () => {
    const bytes = await twoByTwo().export({ inputNames: ["x", "y"], outputNames: ["u", "v"] });
    const { inputNames, outputNames } = await ort.InferenceSession.create(bytes);
    expect([inputNames, outputNames]).toEqual([
      ["x", "y"],
      ["u", "v"],
    ]);
  });

  it("counts where names would be the same", async () => {
    const a = Input({ shape: [2], name: "a" });
    const model = new Functional({ inputs: a, outputs: [a, a] });
    const { outputNames } = await ort.InferenceSession.create(await model.export());
    expect(outputNames).toEqual(["a_1", "a_1_1"]);
  });

  it.each([
    [
      { inputNames: ["x"] },
      'export.inputNames: expected 2 different names that no other input or output has, received ["x"].',
    ],
    [
      { outputNames: ["left", "v"] },
      'export.outputNames: expected 2 different names that no other input or output has, received ["left", "v"].',
    ],
  ])("refuses %j", async (options, message) => {
    await expect(twoByTwo().export(options)).rejects.toThrow(message);
  });

  it("refuses options it does not know", async () => {
    await expect(twoByTwo().export({ inputnames: [] } as never)).rejects.toThrow(
      'export: unknown option "inputnames". Did you mean "inputNames"?',
    );
  });

  it("refuses a model that changes something when it is called", async () => {
    const lstm = new LSTM({ units: 2, stateful: true });
    const model = new Sequential([Input({ batch_shape: [2, 3, 1] }), lstm]);
    await expect(model.export()).rejects.toThrow(
      "export: expected a model that changes nothing when it is called, because an ONNX file keeps no state, " +
        'received one that changes ["lstm/rnn_state", "lstm/rnn_state"].',
    );
  });

  it("writes a model whose call knows no training", async () => {
    class Doubling extends Functional {
      static override readonly signature = takes("inputs", { inputs: aTensor() });
    }
    const x = Input({ shape: [2] });
    const model = new Doubling({ inputs: x, outputs: new Add().apply([x, x]) });
    await expect(ort.InferenceSession.create(await model.export())).resolves.toBeDefined();
  });

  it("needs an input shape", async () => {
    await expect(new Sequential([new Dense({ units: 1 })]).export()).rejects.toThrow(
      "expected a model with a graph",
    );
  });
});
