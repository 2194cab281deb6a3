import { describe, expect, it } from "vitest";
import { obstaclesInKeras3 } from "../check/loads/keras-3.ts";
import { Input, type KerasTensor, Model } from "../index.ts";
import type { JsonObject } from "../json/json.ts";
import { AdditiveAttention, Attention, Dense, Embedding, GRU, Lambda, Masking } from "../layers/index.ts";
import { textOf } from "../models/text-of.ts";
import { maskedQueries } from "./masked-queries.ts";
import { sayNewer } from "./say-newer.ts";

const words = (mask_zero: boolean) => (x: KerasTensor) =>
  new Embedding({ input_dim: 5, output_dim: 2, mask_zero }).apply(x);
const dense = (x: KerasTensor) => new Dense({ units: 2 }).apply(x);
const steps = (x: KerasTensor) => new GRU({ units: 2, return_sequences: true }).apply(x);

type Before = (x: KerasTensor) => KerasTensor;

function attending(
  query: Before,
  value: Before,
  layer: Attention | AdditiveAttention = new Attention({ name: "a" }),
): Model {
  const inputs = [Input({ shape: [3] }), Input({ shape: [4] })] as const;
  return new Model({ inputs, outputs: layer.apply([query(inputs[0]), value(inputs[1])]) });
}

const queried: readonly [
  what: string,
  model: Model,
  refused: readonly [first: number, last: number] | null,
][] = [
  ["no masks", attending(words(false), words(false)), null],
  ["a masked query", attending(words(true), words(false)), [300, 306]],
  ["a masked value", attending(words(false), words(true)), [300, 303]],
  ["both", attending(words(true), words(true)), [304, 306]],
  ["a mask handed on", attending((x) => steps(dense(words(true)(x))), words(false)), [300, 306]],
  [
    "a masked query of another class",
    attending(words(true), words(false), new AdditiveAttention({ name: "a" })),
    [300, 306],
  ],
];

describe.each(queried)("%s", (_, model, refused) => {
  const { config } = JSON.parse(model.toJson({ keras: "3.16" })) as { config: JsonObject };

  it("is found in its text", () => {
    expect(maskedQueries(config)).toEqual(refused ? [{ layer: "a", refusedBy: refused }] : []);
  });

  it("is told of a file", () => {
    const told = obstaclesInKeras3(config).filter(({ text }) => text.includes("mask"));
    expect(told.map(({ versions }) => versions)).toEqual(refused ? [refused] : []);
  });

  it.each([300, 303, 304, 306, 307])("is written for those that take it: %s", (dialect) => {
    const write = () => textOf(model, { keras: `3.${dialect - 300}` }, sayNewer);
    if (refused && dialect >= refused[0] && dialect <= refused[1])
      expect(write).toThrow(/^layer "a": expected a query and a value with masks that Keras 3\.\d takes/);
    else expect(write).not.toThrow();
  });
});

it("what a call says of masks goes before what its tensors have", () => {
  const [q, v, m] = [
    Input({ shape: [3, 2] }),
    Input({ shape: [4, 2] }),
    Input({ shape: [4], dtype: "bool" }),
  ];
  const y = new Attention({ name: "a" }).apply([q, v], { mask: [null, m] });
  const model = new Model({ inputs: [q, v, m], outputs: y });
  const { config } = JSON.parse(model.toJson({ keras: "3.16" }));
  expect(maskedQueries(config)).toEqual([{ layer: "a", refusedBy: [300, 303] }]);
});

it("a mask ends where a layer does not hand it on", () => {
  const last = (x: KerasTensor) => new GRU({ units: 2 }).apply<KerasTensor>(x);
  const [x, v] = [Input({ shape: [3, 2] }), Input({ shape: [2, 2] })];
  const masked = new Masking({}).apply(x);
  const ended = new Lambda({ function: (y) => y as never, output_shape: [3, 2] }).apply(masked);
  const y = new Attention({ name: "a" }).apply([ended, v]);
  const model = new Model({ inputs: [x, v], outputs: [y, last(masked)] });
  const { config } = JSON.parse(model.toJson({ keras: "3.16" }));
  expect(maskedQueries(config)).toEqual([]);
});
