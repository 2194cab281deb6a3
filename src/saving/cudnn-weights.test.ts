import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../test/formula.ts";
import { isCudnn, withoutCudnn } from "../dialects/keras-2/cudnn.ts";
import type { JsonObject } from "../json/json.ts";
import { parsePythonJson } from "../json/parse.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import { full } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type CudnnLayer, fromCudnn } from "./cudnn-weights.ts";

interface Case {
  readonly class_name: CudnnLayer;
  readonly config_text: string;
  readonly weights: readonly TensorRecord[];
  readonly converted: readonly TensorRecord[];
}

const url = new URL("../../golden/2.9/cudnn.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(url, "utf8")) as { cases: Case[] };
type Three = readonly [Tensor, Tensor, Tensor];

describe("weights of layers of cuDNN, as tf.keras 2.9 turns them", () => {
  it.each(cases.map((record) => [`${record.class_name} ${record.weights[0]!.shape}`, record] as const))(
    "%s",
    (_, { class_name, weights, converted }) => {
      const got = fromCudnn(class_name, weights.map(recordTensor) as unknown as Three);
      expect(got).toEqual(converted.map(recordTensor));
    },
  );

  it.each<[string, Three, string]>([
    [
      "a kernel of other gates",
      three([3, 15], [4, 16], [32]),
      "expected a kernel of shape (3, 16), received (3, 15).",
    ],
    [
      "a recurrent kernel",
      three([3, 16], [5, 16], [32]),
      "expected a recurrent kernel of shape (4, 20), received (5, 16).",
    ],
    ["a bias of an LSTM", three([3, 16], [4, 16], [16]), "expected a bias of shape (32,), received (16,)."],
    ["no matrix", three([3], [4, 16], [32]), "expected a kernel of shape (3, 16), received (3,)."],
  ])("refuses %s", (_, weights, message) => {
    expect(() => fromCudnn("CuDNNLSTM", weights)).toThrow(message);
  });
});

function three(...shapes: readonly (readonly number[])[]): Three {
  return shapes.map((shape) => full(shape, 1, "float32")) as unknown as Three;
}

describe("their configs", () => {
  it.each([
    ["CuDNNLSTM", "LSTM", ""],
    ["CuDNNGRU", "GRU", ', "reset_after": true'],
  ])("%s is %s", (old, name, rest) => {
    const text = `{"class_name": "${old}", "config": {"name": "l", "units": 4, "stateful": false}, "name": "l"}`;
    const given = parsePythonJson(text) as JsonObject;
    expect(isCudnn(given)).toBe(true);
    expect(stringifyPythonJson(withoutCudnn(given))).toBe(
      `{"class_name": "${name}", "config": {"name": "l", "units": 4, "stateful": false, "activation": "tanh", "recurrent_activation": "sigmoid", "use_bias": true, "dropout": 0.0, "recurrent_dropout": 0.0${rest}}, "name": "l"}`,
    );
    expect(stringifyPythonJson(given)).toBe(text);
  });

  it("leaves others alone", () => {
    const given = { class_name: "LSTM", config: { units: 3 } };
    expect(withoutCudnn(given)).toBe(given);
    expect(isCudnn(given)).toBe(false);
  });
});
