import { describe, expect, it } from "vitest";
import type { KerasTensor } from "../../graph/graph.ts";
import { Input } from "../../layers/core/input-layer.ts";
import * as l from "../../layers/index.ts";
import { Functional } from "../../models/functional.ts";
import type { Model } from "../../models/model.ts";
import { Sequential } from "../../models/sequential.ts";
import { saveTfjs } from "../save-tfjs.ts";

const words = () => new l.Embedding({ input_dim: 4, output_dim: 3, mask_zero: true });
const lstm = (options = {}) => new l.LSTM({ units: 2, ...options });

describe("what TensorFlow.js would compute otherwise is refused", () => {
  it.each<[string, () => Model, string]>([
    [
      "masks that are joined",
      () => {
        const [x, y] = [Input({ shape: [5] }), Input({ shape: [5] })];
        const sum = new l.Add({ name: "sum" }).apply([words().apply(x), words().apply(y)]);
        return new Functional({
          inputs: [x, y],
          outputs: lstm().apply(new l.Dropout({ rate: 0.1 }).apply(sum)),
        });
      },
      'layer "sum": expected nothing behind that computes by its mask, because TensorFlow.js joins masks otherwise, received some.',
    ],
    [
      "a mask that leaves a model",
      () => {
        const inner = new Sequential([Input({ shape: [5] }), words()], { name: "inner" });
        return new Sequential([Input({ shape: [5] }), inner, lstm()]);
      },
      'layer "inner": expected a model inside without a mask that something behind computes by',
    ],
    [
      "steps left out in both directions that something takes",
      () => {
        const both = new l.Bidirectional({ layer: lstm({ return_sequences: true }), name: "both" });
        return new Sequential([Input({ shape: [5] }), words(), both, new l.Dense({ units: 1 })]);
      },
      'layer "both": expected only layers behind that leave masked steps out',
    ],
    [
      "states of several cells",
      () => {
        const x = Input({ shape: [5, 3] });
        const cell = [new l.LSTMCell({ units: 2 }), new l.LSTMCell({ units: 2 })];
        const layer = new l.RNN({ cell, return_state: true, name: "rnn" });
        return new Functional({ inputs: x, outputs: layer.apply(x) as unknown as KerasTensor[] });
      },
      'layer "rnn": expected no states of several cells as outputs',
    ],
    [
      "first states for several cells",
      () => {
        const [x, a, b] = [Input({ shape: [5, 3] }), Input({ shape: [2] }), Input({ shape: [2] })];
        const cell = [new l.SimpleRNNCell({ units: 2 }), new l.SimpleRNNCell({ units: 2 })];
        const layer = new l.RNN({ cell, name: "rnn" });
        return new Functional({ inputs: [x, a, b], outputs: layer.apply(x, { initial_state: [a, b] }) });
      },
      'layer "rnn": expected no first states for several cells, because TensorFlow.js takes them backwards, received some.',
    ],
    [
      "a layer for unlike inputs",
      () => {
        const [x, y] = [Input({ shape: [8] }), Input({ shape: [2, 3] })];
        const layer = new l.Flatten({ name: "flat" });
        return new Functional({ inputs: [x, y], outputs: [layer.apply(x), layer.apply(y)] });
      },
      'layer "flat": expected inputs that TensorFlow.js needs one layer for, received unlike ones.',
    ],
    [
      "products of images",
      () => {
        const [x, y] = [Input({ shape: [2, 3, 4] }), Input({ shape: [2, 3, 4] })];
        return new Functional({
          inputs: [x, y],
          outputs: new l.Dot({ axes: [3, 3], name: "dot" }).apply([x, y]),
        });
      },
      'layer "dot": expected an input of rank 2, 3 for Dot, received rank 4.',
    ],
    [
      "numbers without a shape",
      () => {
        const x = Input({ shape: [], name: "x" });
        return new Functional({ inputs: x, outputs: words().apply(x) });
      },
      'layer "x".batch_input_shape: expected a shape of one dimension or more behind the batch, received none.',
    ],
  ])("%s", async (_, make, message) => {
    await expect(async () => saveTfjs(make()).next()).rejects.toThrow(message);
  });
});
