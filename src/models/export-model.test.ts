import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { Message } from "../engines/onnx/protobuf.ts";
import { useReference } from "../engines/reference/index.ts";
import { tensor } from "../engines/tensor.ts";
import { resetNames } from "../graph/naming.ts";
import { aTensor, takes } from "../graph/signature.ts";
import { Dense } from "../layers/core/dense.ts";
import { Input } from "../layers/core/input-layer.ts";
import { LSTM, ReLU, Reshape } from "../layers/index.ts";
import { Add } from "../layers/merging/index.ts";
import { reshape } from "../ops/index.ts";
import { gather } from "../saving/save-model.ts";
import { VERSION } from "../version.ts";
import { exportModelFiles } from "./export-model.ts";
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

  it("names the number of samples in outputs as in inputs, and no other number", async () => {
    const inputs = Input({ shape: [4, 3] });
    const rows = new Reshape({ target_shape: [12] }).apply(inputs);
    const mixed = reshape(inputs, { newshape: [-1, 3] });
    const session = await ort.InferenceSession.create(
      await new Functional({ inputs, outputs: [rows, mixed] }).export(),
    );
    const shapes = [...session.inputMetadata, ...session.outputMetadata].map((value) =>
      value.isTensor ? value.shape : null,
    );
    expect(shapes.slice(0, 2)).toEqual([
      ["batch", 4, 3],
      ["batch", 12],
    ]);
    expect(shapes[2]![0]).not.toBe("batch");
  });

  it("says who made it, and of what", async () => {
    const bytes = Buffer.from(
      await new Sequential([Input({ shape: [3] }), new ReLU()], { name: "small" }).export(),
    );
    const entry = (key: string, value: string) =>
      new Message().message(14, new Message().string(1, key).string(2, value));
    const expected = [
      new Message().string(2, "ceratops").string(3, VERSION),
      entry("model", "small"),
      entry("class_name", "Sequential"),
    ];
    for (const part of expected) expect(bytes.includes(Buffer.from(part.finish()))).toBe(true);
  });

  it("keeps large weights beside the model, at whole pages", async () => {
    const units = 300;
    const model = new Sequential([Input({ shape: [4] }), new Dense({ units }), new Dense({ units: 2 })]);
    const data = Float32Array.of(1, -2, 3, -4);
    const run = async (session: Awaited<ReturnType<typeof ort.InferenceSession.create>>) =>
      (await session.run({ [session.inputNames[0]!]: new ort.Tensor("float32", data, [1, 4]) }))[
        session.outputNames[0]!
      ]!.data;
    const inside = await model.export();
    const one = await exportModelFiles(model, { largest: inside.length });
    expect([one.weights, await gather(one.model("w.data"))]).toEqual([null, inside]);
    const files = await exportModelFiles(model, { largest: inside.length - 1 });
    const weights = await gather(files.weights!);
    expect(weights.length).toBe(3 * 4096 + units * 2 * 4);
    const folder = mkdtempSync(join(tmpdir(), "onnx-"));
    try {
      writeFileSync(join(folder, "w.data"), weights);
      writeFileSync(join(folder, "m.onnx"), await gather(files.model("w.data")));
      const received = await run(await ort.InferenceSession.create(join(folder, "m.onnx")));
      expect(received).toEqual(await run(await ort.InferenceSession.create(inside)));
    } finally {
      rmSync(folder, { recursive: true, maxRetries: 5 });
    }
    await expect(exportModelFiles(model, { largest: -1 })).rejects.toThrow(
      "export.largest: expected a number of bytes, received -1.",
    );
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
