import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { useReference } from "../../engines/reference/index.ts";
import type { CallArgument } from "../../graph/graph.ts";
import { flatten, type Nested } from "../../graph/nested.ts";
import { fromNumbers, toNumbers } from "../../tensor/create.ts";
import { type StaticShape, sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Input } from "../core/input-layer.ts";
import type { Layer } from "../layer.ts";
import { Attention, GroupedQueryAttention, MultiHeadAttention } from "./index.ts";

useReference();

interface Case {
  readonly weights: readonly string[];
  readonly outputs: readonly (readonly [shape: readonly number[], values: readonly number[]])[];
}

/** What Keras 3.15 on JAX gives for options that Keras 3.6 does not know, and for grouped scores. */
const golden = JSON.parse(
  readFileSync(new URL("attention.golden.json", import.meta.url), "utf8"),
) as Readonly<Record<string, Case>>;

function wave(shape: StaticShape, phase: number, scale = 1): Tensor {
  const numbers = Array.from(
    { length: sizeOf(shape) },
    (_, i) => scale * Math.fround(Math.sin(i * 0.7 + phase)),
  );
  return fromNumbers("float32", shape, numbers);
}

const query = wave([2, 4, 6], 1);
const value = wave([2, 5, 6], 2);
const key = wave([2, 5, 6], 3);
const image = wave([2, 3, 4, 6], 4);
const heads = { num_heads: 2, key_dim: 3 };
const grouped = { head_dim: 3, num_query_heads: 4, num_key_value_heads: 2 };

const cases: readonly [name: string, layer: Layer, ...args: CallArgument[]][] = [
  ["gate", new MultiHeadAttention({ ...heads, use_gate: true }), query, value],
  [
    "gate_value_dim",
    new MultiHeadAttention({ ...heads, value_dim: 4, use_gate: true, use_bias: false }),
    query,
    value,
    key,
    { return_attention_scores: true },
  ],
  ["window", new MultiHeadAttention({ ...heads, sliding_window: 2 }), query, value],
  [
    "window_causal",
    new MultiHeadAttention({ ...heads, sliding_window: 3 }),
    query,
    query,
    { use_causal_mask: true },
  ],
  ["negative_axis", new MultiHeadAttention({ ...heads, attention_axes: -2 }), image, image],
  ["grouped_gate", new GroupedQueryAttention({ ...grouped, use_gate: true }), query, value],
  [
    "grouped_window",
    new GroupedQueryAttention({ ...grouped, sliding_window: 2 }),
    query,
    value,
    { use_causal_mask: true },
  ],
  ["grouped_scores", new GroupedQueryAttention(grouped), query, value, { return_attention_scores: true }],
];

describe("what golden cases do not have", () => {
  it.each(cases)("%s", (name, layer, ...args) => {
    const { weights, outputs } = golden[name]!;
    layer.apply(...args);
    expect(layer.weights.map(({ path }) => path.slice(path.indexOf("/") + 1))).toEqual(weights);
    layer.setWeights(layer.weights.map(({ shape }, i) => wave(shape, i, 0.5)));
    const received = flatten(layer.apply<Nested<Tensor>>(...args));
    expect(received.map(({ shape }) => shape)).toEqual(outputs.map(([shape]) => shape));
    for (const [i, tensor] of received.entries()) {
      const numbers = [...toNumbers(tensor)];
      for (const [j, expected] of outputs[i]![1].entries()) expect(numbers[j]).toBeCloseTo(expected, 5);
    }
  });
});

describe("lengths that are not known", () => {
  const open = () => Input({ shape: [null, 6] });

  it("stay open", () => {
    const layer = new MultiHeadAttention(heads);
    expect(layer.apply(open(), open(), { use_causal_mask: true }).shape).toEqual([null, null, 6]);
    const simple = new Attention();
    expect(simple.apply([open(), open()], { use_causal_mask: true }).shape).toEqual([null, null, 6]);
    expect(new GroupedQueryAttention(grouped).apply(open(), open()).shape).toEqual([null, null, 6]);
  });
});

describe("kernels", () => {
  it("of one initializer differ", () => {
    const layer = new MultiHeadAttention(heads);
    layer.apply(query, value);
    const { query_dense: q, key_dense: k } = layer;
    expect([...toNumbers(q.kernel.value)]).not.toEqual([...toNumbers(k.kernel.value)]);
  });
});

describe("errors", () => {
  it("name the inputs that are expected", () => {
    const attention = new Attention({ name: "a" });
    expect(() => attention.apply([query])).toThrow(
      'layer "a": expected a list of inputs, [query, value] or [query, value, key], received 1 of them.',
    );
    expect(() => attention.apply([query, value], { mask: [null] })).toThrow(
      'layer "a": expected mask to be a list, [query_mask, value_mask], received 1 of them.',
    );
  });

  it.each([
    [[5], ".attention_axes: expected an axis from -4 to 3, received 5."],
    [[1, -9], ".attention_axes: expected an axis from -4 to 3, received -9."],
    [[1, -3], ": expected different attention_axes, received [1, -3]."],
  ])("name axes that are none, or twice: %j", (attention_axes, message) => {
    const layer = new MultiHeadAttention({ ...heads, attention_axes, name: "m" });
    expect(() => layer.apply(image, image)).toThrow(`layer "m"${message}`);
  });

  it("name shapes and options that do not fit", () => {
    const layer = new MultiHeadAttention({ ...heads, name: "m" });
    expect(() => layer.apply(query, value, query)).toThrow(
      'layer "m": expected value and key to differ in the last axis only, received shapes (2, 5, 6) and (2, 4, 6).',
    );
    expect(() => new GroupedQueryAttention({ ...grouped, num_key_value_heads: 3 })).toThrow(
      "GroupedQueryAttention.num_key_value_heads: expected a divisor of num_query_heads, 4, received 3.",
    );
  });
});

it("has seeds beyond 2^53 in its config", () => {
  expect(new Attention({ seed: 2n ** 60n }).getConfig().seed).toBe(2n ** 60n);
});

it("masks of its inputs change nothing where it ignores them, as files of Keras 2.9 ask for", () => {
  const layer = new MultiHeadAttention({ ...heads, seed: 1, kernel_initializer: "ones" });
  const value_mask = fromNumbers("bool", [2, 5], [1, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
  const numbersOf = (...rest: CallArgument[]) =>
    toNumbers(layer.apply(query, value, ...(rest as [])) as unknown as Tensor);
  const plain = numbersOf();
  expect(numbersOf({ value_mask })).not.toEqual(plain);
  layer.ignoresMasks = true;
  expect(numbersOf({ value_mask })).toEqual(plain);
});
