import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../../test/formula.ts";
import type { Engine } from "../../engines/engine.ts";
import { expectClose } from "../../engines/expect-close.ts";
import { onnxruntime } from "../../engines/onnxruntime/index.ts";
import { reference, useReference } from "../../engines/reference/index.ts";
import { positiveInt } from "../../fields/shorthands.ts";
import { maskOf } from "../../graph/mask.ts";
import { flatten, mapNested, type Nested } from "../../graph/nested.ts";
import { aTensor, structure, takes } from "../../graph/signature.ts";
import { RandomUniform } from "../../initializers/index.ts";
import { inspect } from "../../json/inspect.ts";
import { add } from "../../ops/arithmetic.ts";
import { matmul } from "../../ops/matmul.ts";
import { Builder } from "../../program/builder.ts";
import type { Numeric } from "../../program/emit.ts";
import type { Value } from "../../program/value.ts";
import type { Variable } from "../../program/variable.ts";
import { fromNested, fromNumbers, toNumbers } from "../../tensor/create.ts";
import type { Shape } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Input } from "../core/input-layer.ts";
import { Masking } from "../core/masking.ts";
import { layer } from "../define.ts";
import type { Layer } from "../layer.ts";
import {
  Bidirectional,
  type CellArguments,
  ConvLSTM1D,
  GRU,
  GRUCell,
  LSTM,
  LSTMCell,
  RNN,
  SimpleRNN,
  SimpleRNNCell,
  StackedRNNCells,
  TimeDistributed,
} from "./index.ts";

useReference();
const ort = onnxruntime({ package: "onnxruntime-node" });

/** What Keras 3.6 on JAX gives; golden/scripts/recurrent.py says with what. */
const golden = JSON.parse(
  readFileSync(new URL("recurrent.golden.json", import.meta.url), "utf8"),
) as Readonly<Record<string, readonly TensorRecord[]>>;

function numbers(k: number, ...shape: number[]): Tensor {
  return recordTensor({ k, dtype: "float32", shape, scale: 1, offset: 0 });
}

function fill<L extends Layer>(layer: L): L {
  layer.setWeights(layer.weights.map(({ shape }, i) => numbers(100 + i, ...shape)));
  return layer;
}

/** A cell of one's own, without activation or bias. */
class Minimal extends layer(
  "Minimal",
  { units: positiveInt() },
  { package: "test", call: takes("inputs", { inputs: aTensor(), states: structure() }) },
) {
  declare kernel: Variable;
  declare recurrent_kernel: Variable;

  get state_size(): number {
    return this.units;
  }

  override build(shape: Shape): void {
    const initializer = "zeros";
    this.kernel = this.addWeight({ name: "kernel", shape: [shape.at(-1)!, this.units], initializer });
    this.recurrent_kernel = this.addWeight({
      name: "recurrent_kernel",
      shape: [this.units, this.units],
      initializer,
    });
  }

  override call(inputs: Numeric, { states }: CellArguments): readonly [Numeric, readonly Numeric[]] {
    const [before] = states as readonly Numeric[];
    const output = add(matmul(inputs, this.kernel), matmul(before!, this.recurrent_kernel));
    return [output, [output]];
  }
}

/** One that forgets to return its state. */
class Forgetful extends Minimal {
  override call(inputs: Numeric, rest: CellArguments): readonly [Numeric, readonly Numeric[]] {
    return [super.call(inputs, rest)[0], []];
  }
}

const x = numbers(1, 2, 4, 3);
const mask = fromNumbers("bool", [2, 4], [0, 1, 1, 0, 1, 1, 0, 1]);
const sequences = { return_sequences: true };

interface Case {
  readonly layer: Layer;
  readonly input?: Tensor;
  readonly kwargs?: Readonly<Record<string, unknown>>;
}

const cases: Readonly<Record<string, () => Case>> = {
  custom: () => ({ layer: new RNN({ cell: new Minimal({ units: 4 }), return_state: true, ...sequences }) }),
  custom_mask: () => ({
    layer: new RNN({ cell: new Minimal({ units: 4 }), ...sequences }),
    kwargs: { mask },
  }),
  custom_stacked: () => ({
    layer: new RNN({ cell: [new Minimal({ units: 4 }), new LSTMCell({ units: 2 })], return_state: true }),
  }),
  bidirectional_states: () => ({
    layer: new Bidirectional({
      layer: new LSTM({ units: 3, return_state: true, ...sequences }),
      merge_mode: null,
    }),
    kwargs: { initial_state: [5, 6, 7, 8].map((k) => numbers(k, 2, 3)) },
  }),
  bidirectional_mask: () => ({
    layer: new Bidirectional({ layer: new GRU({ units: 3, ...sequences }) }),
    kwargs: { mask },
  }),
  time_distributed: () => ({
    layer: new TimeDistributed({ layer: new LSTM({ units: 3 }) }),
    input: numbers(9, 2, 3, 4, 2),
  }),
};
for (const unroll of [false, true]) {
  const way = unroll ? "unrolled" : "looped";
  Object.assign(cases, {
    [`mask_${way}`]: () => ({
      layer: new LSTM({ units: 4, return_state: true, unroll, ...sequences }),
      kwargs: { mask, initial_state: [numbers(3, 2, 4), numbers(4, 2, 4)] },
    }),
    [`backwards_${way}`]: () => ({
      layer: new LSTM({ units: 4, go_backwards: true, unroll, ...sequences }),
      kwargs: { mask },
    }),
    [`zero_${way}`]: () => ({
      layer: new LSTM({ units: 4, zero_output_for_mask: true, unroll, ...sequences }),
      kwargs: { mask },
    }),
  });
}

/** Traces a call on inputs whose first dimensions are unknown, as many as `open`, and runs it. */
async function runTraced(
  engine: Engine,
  { layer, input = x, kwargs = {} }: Case,
  open: number,
): Promise<Tensor[]> {
  const builder = new Builder();
  const given: Tensor[] = [];
  const put = (leaf: unknown): unknown => {
    if (!(leaf instanceof Tensor)) return leaf;
    given.push(leaf);
    const steps = leaf.shape.length > 2 || leaf.dtype === "bool";
    const shape = leaf.shape.map((size, axis) => (axis < (steps ? open : 1) ? null : size));
    return builder.input({ shape, dtype: leaf.dtype });
  };
  const call = mapNested([input, kwargs] as Nested<unknown>, put) as [Value, Record<string, unknown>];
  const outputs = layer.invoke([call[0]], call[1]) as Nested<Value>;
  const executable = await engine.compile(builder.finish(flatten(outputs)));
  const results = await executable.run(given);
  await executable.dispose();
  return results;
}

function expectGolden(name: string, received: readonly Tensor[], how: string): void {
  expect(received.length).toBe(golden[name]!.length);
  for (const [i, record] of golden[name]!.entries()) {
    expectClose(received[i]!, recordTensor(record), `${how}, output ${i}`);
  }
}

describe("a recurrent layer computes what Keras does", () => {
  it.each(Object.keys(cases))("%s", async (name) => {
    const made = cases[name]!();
    const call = () =>
      flatten(made.layer.apply<Tensor>(made.input ?? x, made.kwargs ?? {}) as Nested<Tensor>);
    call();
    fill(made.layer);
    expectGolden(name, call(), "at once");
    const open = name.endsWith("unrolled") ? 1 : 2;
    expectGolden(name, await runTraced(reference, made, open), "traced");
    expectGolden(name, await runTraced(ort, made, open), "ONNX Runtime");
  });

  it.each([SimpleRNN, LSTM, GRU])("drops the same numbers after the same seed: %o", (Class) => {
    const made = new Class({ units: 4, dropout: 0.4, recurrent_dropout: 0.3, seed: 11, ...sequences });
    made.apply(x);
    fill(made);
    const { className } = made.constructor;
    expectGolden(`dropout_${className}_1`, [made.apply<Tensor>(x, { training: true })], "first");
    expectGolden(`dropout_${className}_2`, [made.apply<Tensor>(x, { training: true })], "second");
  });

  it("drops in each of stacked cells", () => {
    const cell = [
      new SimpleRNNCell({ units: 4, dropout: 0.5, seed: 1 }),
      new GRUCell({ units: 3, recurrent_dropout: 0.5, seed: 2 }),
    ];
    const made = new RNN({ cell });
    made.apply(x);
    expectGolden("dropout_stacked", [fill(made).apply<Tensor>(x, { training: true })], "training");
  });

  it("does not draw where the batch is known but numbers are not", () => {
    const made = new LSTM({ units: 4, dropout: 0.5, seed: 1 });
    made.apply(Input({ shape: [4, 3], batch_size: 2 }), { training: true });
    expect([...toNumbers(made.cell.seed_generator.state.value)]).toEqual([1, 0]);
  });

  it("starts the biases of the forget gate with ones", () => {
    const made = new LSTM({ units: 4, bias_initializer: new RandomUniform({ seed: 3 }) });
    made.build([null, 4, 3]);
    expectGolden("forget_bias", [made.cell.bias!.value], "bias");
  });
});

describe("a stateful layer", () => {
  it("goes on where the batch before ended, until it is reset", () => {
    const made = new GRU({ units: 4, stateful: true });
    made.apply(x);
    fill(made);
    made.resetState();
    expectGolden("stateful_1", [made.apply<Tensor>(x)], "first");
    expectGolden("stateful_2", [made.apply<Tensor>(x)], "second");
    made.resetState();
    expectGolden("stateful_1", [made.apply<Tensor>(x)], "after the reset");
  });

  it("updates its states in a program, and leaves them alone in a graph", () => {
    const made = new GRU({ units: 4, stateful: true });
    const y = made.apply(Input({ shape: [4, 3], batch_size: 2 }));
    expect(y.shape).toEqual([2, 4]);
    const [state] = flatten(made.states!) as [Variable];
    expect(state.version).toBe(0);
    const builder = new Builder();
    const output = made.invoke([builder.input({ shape: [2, 4, 3], dtype: "float32" })], {}) as Value;
    const program = builder.finish([output]);
    expect([...program.updates.keys()]).toEqual([state]);
    expect([...program.variables.values()]).toContain(state);
    expect(made.weights.length).toBe(3);
  });
});

describe("shapes", () => {
  it("may be unknown in batch and time", () => {
    const input = Input({ shape: [null, 3] });
    expect(new LSTM({ units: 4, ...sequences }).apply(input).shape).toEqual([null, null, 4]);
    expect(new SimpleRNN({ units: 4 }).apply(input).shape).toEqual([null, 4]);
    const inner = new TimeDistributed({ layer: new GRU({ units: 2 }) });
    expect(inner.apply(Input({ shape: [null, 5, 3] })).shape).toEqual([null, null, 2]);
  });

  it("may have no steps at all", () => {
    const made = new SimpleRNN({ units: 4, return_state: true, ...sequences });
    const [outputs, state] = made.apply<Tensor[]>(fromNumbers("float32", [2, 0, 3], [])) as [Tensor, Tensor];
    expect(outputs.shape).toEqual([2, 0, 4]);
    expect([...toNumbers(state)]).toEqual(new Array(8).fill(0));
  });

  it("an initial state may be KerasTensors, by keyword or position", () => {
    const input = Input({ shape: [4, 3] });
    const states = [Input({ shape: [2] }), Input({ shape: [2] })];
    const made = new LSTM({ units: 2 });
    expect(made.apply(input, { initial_state: states }).shape).toEqual([null, 2]);
    expect(made.inboundNodes[0]!.kwargs).toEqual({ initial_state: states });
    made.apply(input, states);
    expect(made.inboundNodes[1]!.args).toEqual([input, states]);
  });
});

describe("masks", () => {
  it("come with the inputs and go on with the outputs of all steps only", () => {
    const masked = new Masking({ mask_value: 0 }).apply<Tensor>(
      fromNested([[[1], [0], [2]]] as number[][][], "float32"),
    );
    const all = new SimpleRNN({ units: 2, return_state: true, ...sequences }).apply<Tensor[]>(masked);
    expect(all.map((tensor) => maskOf(tensor) && [...toNumbers(maskOf(tensor) as Tensor)])).toEqual([
      [1, 0, 1],
      null,
    ]);
    expect(maskOf(new SimpleRNN({ units: 2 }).apply<Tensor>(masked))).toBeNull();
  });
});

describe("weights", () => {
  it("are those of the cell, and there once", () => {
    const made = new LSTM({ units: 4 });
    made.apply(Input({ shape: [4, 3] }));
    expect(made.weights.map(({ path }) => path)).toEqual([
      `${made.name}/lstm_cell/kernel`,
      `${made.name}/lstm_cell/recurrent_kernel`,
      `${made.name}/lstm_cell/bias`,
    ]);
    made.trainable = false;
    expect(made.trainableWeights).toEqual([]);
  });
});

describe("what is refused", () => {
  const errors: [() => unknown, string][] = [
    [
      () => new LSTM({ units: 0, dropout: 2 }),
      "LSTM.units: expected a positive integer, received 0.\nLSTM.dropout: expected a number from 0 to 1, received 2.",
    ],
    [
      () => new LSTM({ units: 1, use_cudnn: true }),
      'LSTM.use_cudnn: expected false or "auto", received true.',
    ],
    [
      () => new GRUCell({ units: 1, implementation: 3 as 2 }),
      "GRUCell.implementation: expected 1 or 2, received 3.",
    ],
    [
      () => new RNN({ cell: new Masking({ name: "m" }) }),
      'RNN.cell: expected a layer with a state_size, received Masking "m".',
    ],
    [
      () => new StackedRNNCells({ cells: [2 as never] }),
      "StackedRNNCells.cells[0]: expected a layer, received 2.",
    ],
    [
      () =>
        new RNN({ cell: new StackedRNNCells({ cells: [], name: "none" }) }).apply(Input({ shape: [2, 3] })),
      'layer "none": expected at least one cell, received [].',
    ],
    [
      () => new LSTM({ units: 1, unroll: true, name: "l" }).apply(Input({ shape: [null, 3] })),
      'layer "l": expected a fixed number of steps, because it is unrolled, received shape (None, None, 3).',
    ],
    [
      () => new LSTM({ units: 1, stateful: true, name: "l" }).apply(Input({ shape: [4, 3] })),
      'layer "l": expected a fixed batch size, because it is stateful, received shape (None, 4, 3). ' +
        "Give its Input a batch_size.",
    ],
    [
      () => new LSTM({ units: 1, name: "l" }).apply(Input({ shape: [3] })),
      'layer "l": expected rank 3, received shape (None, 3).',
    ],
    [
      () => new TimeDistributed({ layer: new Masking(), name: "t" }).apply(Input({ shape: [3] })),
      'layer "t": expected an input of rank 3 or more, received shape (None, 3).',
    ],
    [
      () => new TimeDistributed({ layer: new Masking(), name: "t" }).apply(x, { mask: numbers(1, 2, 5) }),
      'layer "t": expected a mask of shape (2, 4), received (2, 5).',
    ],
    [
      () => new RNN({ cell: new Forgetful({ units: 2, name: "f" }) }).apply(x, { mask }),
      'layer "f": expected its call to return as many states as it takes, 1, received 0.',
    ],
    ...(["LSTM", "ConvLSTM1D"] as const).flatMap((kind): [() => unknown, string][] =>
      [1, 3].map((count) => [
        () => {
          const layer =
            kind === "LSTM"
              ? new LSTM({ units: 2, name: "l" })
              : new ConvLSTM1D({ filters: 2, kernel_size: 1, name: "l" });
          const images = kind === "LSTM" ? x : numbers(1, 2, 4, 3, 1);
          return layer.apply(images, { initial_state: new Array<Tensor>(count).fill(numbers(2, 2, 2)) });
        },
        `layer "l": expected initial_state to be 2 tensors, received ${count}.`,
      ]),
    ),
    [
      () => new GRU({ units: 2, name: "l" }).apply(x, { initial_state: [null] as never }),
      'layer "l": expected initial_state to be a tensor, received null.',
    ],
    [
      () => new LSTMCell({ units: 2, name: "c" }).apply(numbers(1, 2, 3), [numbers(2, 2, 2)]),
      'layer "c": expected states to be 2 tensors, received 1.',
    ],
    [
      () => {
        const cell = new StackedRNNCells({ cells: [new LSTMCell({ units: 2 }), new GRUCell({ units: 2 })] });
        cell.name = "s";
        return new RNN({ cell }).apply(x, { initial_state: [2, 3, 4].map((k) => numbers(k, 2, 2)) });
      },
      'layer "s": expected states of each of 2 cells, received 3.',
    ],
    [
      () => {
        const states = [1, 1].map((k) => [numbers(k, 2, 2)]);
        const cells = [new LSTMCell({ units: 2 }), new GRUCell({ units: 2 })];
        return new StackedRNNCells({ cells, name: "s" }).apply(numbers(1, 2, 3), states);
      },
      'layer "s": expected states to be 3 tensors, received 2.',
    ],
    ...[numbers(1, 2, 2), [numbers(1, 2, 2)]].map((initial_state): [() => unknown, string] => [
      () => new Bidirectional({ layer: new LSTM({ units: 2 }), name: "b" }).apply(x, { initial_state }),
      `layer "b": expected initial_state to be a list of states, half of them for each direction, received ${
        Array.isArray(initial_state) ? "a list of 1" : inspect(initial_state)
      }.`,
    ]),
  ];
  it.each(errors)("%#", (run, message) => {
    let received = "";
    try {
      run();
    } catch (error) {
      received = (error as Error).message;
    }
    expect(received).toBe(message);
  });
});
