import { describe, expect, it } from "vitest";
import type { Engine } from "../engines/engine.ts";
import { expectClose } from "../engines/expect-close.ts";
import { onnxruntime } from "../engines/onnxruntime/index.ts";
import { reference, useReference } from "../engines/reference/index.ts";
import { flatten, mapNested, type Nested } from "../graph/nested.ts";
import { Functional } from "../models/functional.ts";
import { openValue, type Traced, trace } from "../models/trace.ts";
import { Value } from "../program/value.ts";
import { fromNumbers } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Input } from "./core/input-layer.ts";
import * as layers from "./index.ts";
import type { Layer } from "./layer.ts";

useReference();

const numbers = (...shape: number[]): Tensor => {
  const size = shape.reduce((a, b) => a * b);
  return fromNumbers(
    "float32",
    shape,
    Array.from({ length: size }, (_, i) => (i % 24) / 10 + 0.5),
  );
};

const sequence = numbers(2, 4, 3);
const image = numbers(2, 2, 3, 4);
const recurrent = { units: 4, dropout: 0.4, recurrent_dropout: 0.3, seed: 11 };

/** A model of attention of a sequence to itself. */
function ofItself(layer: Layer): Layer {
  const inputs = Input({ shape: [4, 3] });
  return new Functional({ inputs, outputs: layer.apply(inputs, inputs) });
}

/** Each random layer, made anew with the same seed, and what it is called on. */
const cases: readonly [name: string, make: () => Layer, inputs: Tensor | readonly Tensor[]][] = [
  ["Dropout", () => new layers.Dropout({ rate: 0.25, seed: 42 }), sequence],
  ["noise shape", () => new layers.Dropout({ rate: 0.25, noise_shape: [null, 1, 3], seed: 42 }), sequence],
  ["float16", () => new layers.Dropout({ rate: 0.25, seed: 42, dtype: "float16" }), sequence],
  ["float64", () => new layers.GaussianNoise({ stddev: 0.5, seed: 3, dtype: "float64" }), sequence],
  ["SpatialDropout1D", () => new layers.SpatialDropout1D({ rate: 0.5, seed: 7 }), sequence],
  ["SpatialDropout2D", () => new layers.SpatialDropout2D({ rate: 0.5, seed: 7 }), image],
  ["SpatialDropout3D", () => new layers.SpatialDropout3D({ rate: 0.5, seed: 7 }), numbers(2, 2, 2, 3, 4)],
  ["GaussianNoise", () => new layers.GaussianNoise({ stddev: 0.5, seed: 3 }), sequence],
  ["float16 noise", () => new layers.GaussianNoise({ stddev: 0.5, seed: 3, dtype: "float16" }), sequence],
  ["bfloat16 noise", () => new layers.GaussianNoise({ stddev: 0.5, seed: 3, dtype: "bfloat16" }), sequence],
  ["GaussianDropout", () => new layers.GaussianDropout({ rate: 0.3, seed: 3 }), sequence],
  ["AlphaDropout", () => new layers.AlphaDropout({ rate: 0.4, seed: 5 }), sequence],
  ["Attention", () => new layers.Attention({ dropout: 0.4, seed: 5 }), [sequence, sequence]],
  ["AdditiveAttention", () => new layers.AdditiveAttention({ dropout: 0.4, seed: 5 }), [sequence, sequence]],
  [
    "MultiHeadAttention",
    () => ofItself(new layers.MultiHeadAttention({ num_heads: 2, key_dim: 3, dropout: 0.4, seed: 5 })),
    sequence,
  ],
  [
    "GroupedQueryAttention",
    () => {
      const options = { head_dim: 3, num_query_heads: 4, num_key_value_heads: 2, dropout: 0.4, seed: 5 };
      return ofItself(new layers.GroupedQueryAttention(options));
    },
    sequence,
  ],
  ["SimpleRNN", () => new layers.SimpleRNN(recurrent), sequence],
  ["GRU", () => new layers.GRU({ ...recurrent, return_sequences: true }), sequence],
  ["LSTM", () => new layers.LSTM({ ...recurrent, go_backwards: true }), sequence],
  ["Bidirectional", () => new layers.Bidirectional({ layer: new layers.LSTM(recurrent) }), sequence],
  [
    "stacked cells",
    () =>
      new layers.RNN({
        cell: [
          new layers.SimpleRNNCell({ units: 4, dropout: 0.5, seed: 1 }),
          new layers.GRUCell({ units: 3, recurrent_dropout: 0.5, seed: 2 }),
        ],
      }),
    sequence,
  ],
  [
    "TimeDistributed",
    () => new layers.TimeDistributed({ layer: new layers.Dropout({ rate: 0.5, seed: 9 }) }),
    sequence,
  ],
];

/** A training step on an engine: the outputs, and the states as they are afterwards in their variables. */
async function step({ program }: Traced, engine: Engine, inputs: readonly Tensor[]): Promise<Tensor[]> {
  const executable = await engine.compile(program);
  const results = await executable.run(inputs);
  await executable.dispose();
  for (const [i, variable] of [...program.updates.keys()].entries()) {
    variable.assign(results[program.outputs.length + i]!);
  }
  return results.slice(0, program.outputs.length);
}

describe.each([reference, onnxruntime({ package: "onnxruntime-node" })])("traced for $name", (engine) => {
  async function expectSame(make: () => Layer, inputs: Nested<Tensor>, specs: Nested<Value>): Promise<void> {
    const [atOnce, traced] = [make(), make()];
    for (const layer of [atOnce, traced]) layer.apply(inputs);
    traced.setWeights(atOnce.getWeights());
    const training = trace(traced, specs, { training: true });
    const states = [...trace(atOnce, specs, { training: true }).program.updates.keys()];
    expect(states.length).toBeGreaterThan(0);
    for (const round of [1, 2]) {
      const expected = flatten(atOnce.apply<Tensor>(inputs, { training: true }));
      const received = await step(training, engine, flatten<Tensor>(inputs));
      for (const [i, tensor] of expected.entries()) {
        // float64 is drawn as float32.
        expectClose(received[i]!, tensor, `step ${round}`, tensor.dtype === "float64" ? 1e-6 : undefined);
      }
      const reached = [...training.program.updates.keys()].map(({ value }) => value);
      expect(reached).toEqual(states.map(({ value }) => value));
      expect(reached[0]!.data[1]).toBeGreaterThanOrEqual(round);
    }
  }

  it.each(cases)("draws what it draws at once, step by step: %s", (_, make, inputs) =>
    expectSame(
      make,
      inputs,
      mapNested(inputs, ({ shape, dtype }: Tensor) => openValue(shape, dtype)),
    ),
  );

  it("draws anew in each step of a loop", () =>
    expectSame(
      () => new layers.TimeDistributed({ layer: new layers.Dropout({ rate: 0.5, seed: 9 }) }),
      sequence,
      new Value([null, null, 3], "float32"),
    ));
});
