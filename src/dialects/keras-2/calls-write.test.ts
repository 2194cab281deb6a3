import { expect, it } from "vitest";
import { Input, Model } from "../../index.ts";
import { Attention, MultiHeadAttention } from "../../layers/index.ts";
import { modelToJson } from "../../tf-keras/index.ts";

const x = () => Input({ shape: [4, 3], name: "x" });

it.each([
  [
    "MultiHeadAttention",
    () => {
      const [input, layer] = [x(), new MultiHeadAttention({ num_heads: 2, key_dim: 2, name: "a" })];
      return new Model({ inputs: input, outputs: layer.apply(input, input, { use_causal_mask: true }) });
    },
  ],
  [
    "Attention",
    () => {
      const input = x();
      const y = new Attention({ name: "a" }).apply([input, input], { use_causal_mask: true });
      return new Model({ inputs: input, outputs: y });
    },
  ],
])("%s is told to look back only where Keras 2 can be told so", (_, make) => {
  for (const keras of ["2.10", "2.11", "2.12", "2.13", "2.15"])
    expect(modelToJson(make(), { keras })).toContain('"use_causal_mask": true');
  expect(() => modelToJson(make(), { keras: "2.9" })).toThrow(
    'layer "a": expected calls without use_causal_mask, because Keras 2.9 has none, received true.',
  );
});
