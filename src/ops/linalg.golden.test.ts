import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../test/formula.ts";
import { parseDialect } from "../dialects/version.ts";
import type { Engine } from "../engines/engine.ts";
import { expectClose } from "../engines/expect-close.ts";
import { onnxruntime } from "../engines/onnxruntime/index.ts";
import { useReference } from "../engines/reference/index.ts";
import { flatten, packLike } from "../graph/nested.ts";
import { parsePythonJson } from "../json/parse.ts";
import { InputLayer } from "../layers/core/input-layer.ts";
import { Functional } from "../models/functional.ts";
import { Builder } from "../program/builder.ts";
import type { Value } from "../program/value.ts";
import { deserialize } from "../registry/deserialize.ts";
import { Registry } from "../registry/registry.ts";
import { fromNested } from "../tensor/create.ts";
import { opClasses } from "./classes.ts";
import * as ops from "./index.ts";

interface Case {
  readonly id: string;
  readonly config_text: string;
  readonly inputs: readonly TensorRecord[];
  readonly outputs?: readonly TensorRecord[];
}

const registry = new Registry([Functional, InputLayer, ...opClasses] as never);
const engine: Engine = onnxruntime({ package: "onnxruntime-node" });

beforeAll(useReference);

describe.each(["3.6", "3.15"])("ONNX Runtime computes what Keras %s does", (version) => {
  const text = readFileSync(new URL(`../../golden/${version}/linalg.json`, import.meta.url), "utf8");
  const { cases } = JSON.parse(text) as { cases: Case[] };

  it.each(cases.filter(({ outputs }) => outputs))("$id", async (record) => {
    const model = deserialize(parsePythonJson(record.config_text), {
      registry,
      dialect: parseDialect(version)!,
    }) as Functional;
    const builder = new Builder();
    const values = model.inputs.map(({ shape, dtype }) => builder.input({ shape, dtype }));
    const outputs = flatten(model.invoke([packLike(model.inputStructure, values)], {}) as Value);
    const executable = await engine.compile(builder.finish(outputs));
    const results = await executable.run(record.inputs.map(recordTensor));
    await executable.dispose();
    for (const [i, result] of results.entries())
      expectClose(result, recordTensor(record.outputs![i]!), `output ${i}`);
  });
});

const signal = fromNested([[0, 1, 2, 3, 4, 5]], "float32");
const whole = fromNested([[0, 1, 2]]);
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
    [() => ops.segmentSum(whole, [0]), "segmentSum: expected num_segments, received null."],
    [
      () => ops.segmentMax(whole, [0, 1], { num_segments: 2 }),
      "segmentMax: expected an id for each entry of (1, 3), received (2,).",
    ],
  ])("%#", (call, message) => {
    expect(call).toThrow(message);
  });
});
