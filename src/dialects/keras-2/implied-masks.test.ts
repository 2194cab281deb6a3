import { expect, it } from "vitest";
import { Input, type KerasTensor, Model } from "../../index.ts";
import type { JsonObject } from "../../json/json.ts";
import * as l from "../../layers/index.ts";
import { any, logicalAnd, logicalOr, notEqual } from "../../ops/index.ts";
import { modelFromJson } from "../../revive.ts";
import { modelToJson } from "../../tf-keras/index.ts";
import { withoutImpliedMasks } from "./implied-masks.ts";

const words = (x: KerasTensor, mask_zero = true) =>
  new l.Embedding({ input_dim: 6, output_dim: 2, mask_zero }).apply(x);
const read = (x: KerasTensor, mask: KerasTensor | null) => new l.LSTM({ units: 2 }).apply(x, { mask });

interface Said {
  /** What stays in the text of operations and masks. */
  readonly left: readonly string[];
  readonly output: (x: KerasTensor, y: KerasTensor) => KerasTensor;
}

const cases: readonly (readonly [what: string, said: Said])[] = [
  ["an Embedding's", { left: [], output: (x) => read(words(x), notEqual(x, 0)) }],
  [
    "one handed on",
    {
      left: [],
      output: (x) => {
        const both = new l.Bidirectional({ layer: new l.GRU({ units: 2, return_sequences: true }) });
        const y = both.apply(new l.Dense({ units: 2 }).apply(words(x)), { mask: notEqual(x, 0) });
        return read(new l.LayerNormalization({}).apply(y), notEqual(x, 0));
      },
    },
  ],
  [
    "one that two have in common",
    {
      left: [],
      output: (x) => {
        const [a, mask] = [words(x), notEqual(x, 0)];
        return read(new l.Add({}).apply([a, new l.Dense({ units: 2 }).apply(a)]), logicalOr(mask, mask));
      },
    },
  ],
  [
    "those of a query and a value",
    {
      left: [],
      output: (x, y) =>
        new l.Attention({}).apply([words(x), words(y)], { mask: [notEqual(x, 0), notEqual(y, 0)] }),
    },
  ],
  ["one that an output is, too", { left: ["not_equal"], output: (x) => notEqual(x, 0) }],
  ["another number", { left: ["not_equal", "mask"], output: (x) => read(words(x), notEqual(x, 1)) }],
  ["another tensor's", { left: ["not_equal", "mask"], output: (x, y) => read(words(x), notEqual(y, 0)) }],
  ["one of no mask", { left: ["not_equal", "mask"], output: (x) => read(words(x, false), notEqual(x, 0)) }],
  [
    "one that ends before",
    {
      left: ["not_equal", "mask"],
      output: (x) => read(new l.Reshape({ target_shape: [4, 2] }).apply(words(x)), notEqual(x, 0)),
    },
  ],
  [
    "one joined of two",
    {
      left: ["not_equal", "logical_and", "mask"],
      output: (x, y) =>
        read(
          new l.Concatenate({}).apply([words(x), words(y, false)]),
          logicalAnd(notEqual(x, 0), notEqual(y, 0)),
        ),
    },
  ],
];

it.each(cases)("%s", (_, { left, output }) => {
  const [x, y] = [Input({ shape: [4] }), Input({ shape: [4] })];
  const written = modelToJson(new Model({ inputs: [x, y], outputs: output(x, y) }), { keras: "2.9" });
  const layers = JSON.parse(written).config.layers as JsonObject[];
  const kinds = layers.map(({ config, inbound_nodes: nodes }) => [
    (config as JsonObject).function,
    JSON.stringify(nodes),
  ]);
  const found = new Set(
    kinds.flatMap(([name, nodes]) => [
      ...(typeof name === "string" ? [name.replace("math.", "")] : []),
      ...(String(nodes).includes('"mask":[') ? ["mask"] : []),
    ]),
  );
  expect([...found].sort()).toEqual([...left].sort());
});

it("Masking's, of any steps", () => {
  const x = Input({ shape: [4, 3] });
  const mask = any(notEqual(x, 2), { axis: -1 });
  const texts = [2, 0].map((mask_value) => {
    const y = read(new l.Masking({ mask_value }).apply(x), mask);
    return modelToJson(new Model({ inputs: x, outputs: y }));
  });
  expect(texts.map((text) => text.includes("not_equal"))).toEqual([false, true]);
});

it("a text that says masks is left as it is where there are none to leave out, and a broken one", () => {
  const [x, y] = [Input({ shape: [4] }), Input({ shape: [4] })];
  const model = new Model({ inputs: [x, y], outputs: read(words(x), notEqual(y, 0)) });
  const { config } = JSON.parse(model.toJson({ keras: "3.6" }));
  expect(withoutImpliedMasks(config)).toEqual(config);
  const circle = {
    layers: ["a", "b"].map((name) => ({
      name,
      class_name: "Dense",
      config: {},
      inbound_nodes: [
        {
          args: [
            { class_name: "__keras_tensor__", config: { keras_history: [name === "a" ? "b" : "a", 0, 0] } },
          ],
          kwargs: { mask: { class_name: "__keras_tensor__", config: { keras_history: ["a", 0, 0] } } },
        },
      ],
    })),
  };
  expect(withoutImpliedMasks(circle)).toEqual(circle);
});

it("what Keras 2 reads of it has the masks", () => {
  const x = Input({ shape: [4] });
  const again = modelFromJson(modelToJson(new Model({ inputs: x, outputs: read(words(x), notEqual(x, 0)) })));
  expect(again.operations.map((operation) => operation.constructor.className)).toEqual([
    "InputLayer",
    "Embedding",
    "LSTM",
  ]);
});
