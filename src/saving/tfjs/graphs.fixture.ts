import type { KerasTensor } from "../../graph/graph.ts";
import { Input } from "../../layers/core/input-layer.ts";
import * as l from "../../layers/index.ts";
import { Functional } from "../../models/functional.ts";
import { Sequential } from "../../models/sequential.ts";
import { any, notEqual } from "../../ops/index.ts";
import type { Example } from "./models.fixture.ts";

/** Graphs that TensorFlow.js can hold. */
export const graphs: readonly Example[] = [
  [
    "merged branches",
    () => {
      const x = Input({ shape: [4] });
      const dense = (units = 3) => new l.Dense({ units }).apply(x);
      const outputs = [
        new l.Add().apply([dense(), dense(), dense()]),
        new l.Multiply().apply([dense(), dense()]),
        new l.Average().apply([dense(), dense()]),
        new l.Maximum().apply([dense(), dense()]),
        new l.Minimum().apply([dense(), dense()]),
        new l.Dot({ axes: 1, normalize: true }).apply([dense(), dense()]),
      ];
      return new Functional({ inputs: x, outputs: new l.Concatenate().apply(outputs) });
    },
  ],
  [
    "several inputs and outputs",
    () => {
      const [a, b] = [Input({ shape: [3], name: "z" }), Input({ shape: [2], name: "a" })];
      const joined = new l.Concatenate({ axis: 1 }).apply([a, b]);
      const outputs = [new l.Dense({ units: 2 }).apply(joined), new l.Dense({ units: 1 }).apply(b)];
      return new Functional({ inputs: [a, b], outputs });
    },
  ],
  [
    "a residual block",
    () => {
      const x = Input({ shape: [7, 6, 3] });
      const conv = (filters: number) => new l.Conv2D({ filters, kernel_size: 3, padding: "same" });
      const y = new l.BatchNormalization().apply(conv(3).apply(x));
      const sum = new l.Add().apply([x, new l.ReLU().apply(y)]);
      return new Functional({ inputs: x, outputs: new l.GlobalAveragePooling2D().apply(sum) });
    },
  ],
  [
    "a shared layer",
    () => {
      const [a, b] = [Input({ shape: [3] }), Input({ shape: [3] })];
      const shared = new l.Dense({ units: 2 });
      const sum = new l.Add().apply([shared.apply(a), shared.apply(b)]);
      return new Functional({ inputs: [a, b], outputs: shared.apply(new l.Dense({ units: 3 }).apply(sum)) });
    },
  ],
  [
    "a model called three times in a model",
    () => {
      const inner = new Sequential([
        Input({ shape: [3] }),
        new l.Dense({ units: 3 }),
        new l.BatchNormalization(),
      ]);
      const x = Input({ shape: [3] });
      const y = inner.apply(inner.apply(x));
      return new Functional({ inputs: x, outputs: new l.Add().apply([inner.apply(y), y]) });
    },
  ],
  [
    "states of an LSTM as another's first",
    () => {
      const x = Input({ shape: [4, 3] });
      const [sequence, h, c] = new l.LSTM({ units: 2, return_sequences: true, return_state: true }).apply(
        x,
      ) as unknown as KerasTensor[];
      const y = new l.LSTM({ units: 2 }).apply(sequence!, { initial_state: [h!, c!] });
      return new Functional({ inputs: x, outputs: y });
    },
  ],
  [
    "masked words beside states, as calls of Keras 3 say it",
    () => {
      const [x, y] = [Input({ shape: [5] }), Input({ shape: [4] })];
      const words = new l.Embedding({ input_dim: 4, output_dim: 3, mask_zero: true });
      const said = { mask: notEqual(x, 0), training: false };
      const encoder = new l.LSTM({ units: 2, return_state: true });
      const [, h, c] = encoder.apply(words.apply(x), said) as unknown as KerasTensor[];
      const decoder = new l.LSTM({ units: 2, return_sequences: true });
      const z = decoder.apply(words.apply(y), { initial_state: [h!, c!], mask: notEqual(y, 0) });
      return new Functional({ inputs: [x, y], outputs: new l.Dense({ units: 4 }).apply(z) });
    },
  ],
  [
    "masked steps, as calls of Keras 3 say it",
    () => {
      const x = Input({ shape: [4, 3] });
      const mask = any(notEqual(x, 1), { axis: -1 });
      const y = new l.Dropout({ rate: 0.5 }).apply(new l.Masking({ mask_value: 1 }).apply(x));
      return new Functional({ inputs: x, outputs: new l.SimpleRNN({ units: 2 }).apply(y, { mask }) });
    },
  ],
  [
    "words whose mask nobody looks at",
    () => {
      const x = Input({ shape: [5] });
      const y = new l.Embedding({ input_dim: 4, output_dim: 3, mask_zero: true }).apply(x);
      const z = new l.Conv1D({ filters: 2, kernel_size: 2 }).apply(new l.Dense({ units: 2 }).apply(y));
      return new Functional({ inputs: x, outputs: [new l.Flatten().apply(y), z] });
    },
  ],
  [
    "one tensor as several outputs",
    () => {
      const x = Input({ shape: [3], name: "x" });
      const y = new l.Dense({ units: 2, name: "y" }).apply(x);
      const [sequence, state] = new l.GRU({ units: 2, reset_after: false, return_state: true }).apply(
        new l.RepeatVector({ n: 3 }).apply(y),
      ) as unknown as KerasTensor[];
      const taken = new l.Dense({ units: 2, name: "y_1" }).apply(state!);
      const outputs = [y, x, y, taken, x, y, state!, sequence!, state!];
      return new Functional({ inputs: x, outputs });
    },
  ],
  [
    "a model inside whose outputs are one tensor, and its input",
    () => {
      const given = Input({ shape: [3] });
      const end = new l.Dense({ units: 2 }).apply(given);
      const inner = new Functional({ inputs: given, outputs: [end, given, end] });
      const x = Input({ shape: [3] });
      const [a, b, c] = inner.apply(x) as unknown as KerasTensor[];
      const [d] = inner.apply(b!) as unknown as KerasTensor[];
      const outputs = [c!, new l.Add().apply([a!, c!, d!]), x, b!, a!, c!];
      return new Functional({ inputs: x, outputs });
    },
  ],
  [
    "one tensor twice in a call, and used elsewhere",
    () => {
      const x = Input({ shape: [3] });
      const d = new l.Dense({ units: 3 }).apply(x);
      const sum = new l.Add().apply([d, d, new l.Multiply().apply([x, x])]);
      return new Functional({ inputs: x, outputs: [sum, new l.ReLU().apply(d)] });
    },
  ],
  [
    "masks that go into a model, and ends there",
    () => {
      const inner = new Sequential([Input({ shape: [5, 3] }), new l.LSTM({ units: 2 })]);
      return new Sequential([
        Input({ shape: [5] }),
        new l.Embedding({ input_dim: 4, output_dim: 3, mask_zero: true }),
        inner,
      ]);
    },
  ],
  [
    "steps that a mask leaves out, in both directions",
    () =>
      new Sequential([
        Input({ shape: [5] }),
        new l.Embedding({ input_dim: 4, output_dim: 3, mask_zero: true }),
        new l.Bidirectional({ layer: new l.LSTM({ units: 2, return_sequences: true }) }),
        new l.Dropout({ rate: 0.5 }),
        new l.Bidirectional({ layer: new l.LSTM({ units: 2 }) }),
      ]),
  ],
  [
    "a sum of masked steps that nothing computes by",
    () => {
      const x = Input({ shape: [5] });
      const words = () => new l.Embedding({ input_dim: 4, output_dim: 3, mask_zero: true }).apply(x);
      return new Functional({
        inputs: x,
        outputs: new l.Dense({ units: 2 }).apply(new l.Add().apply([words(), words()])),
      });
    },
  ],
];
