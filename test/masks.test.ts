import { describe, expect, it } from "vitest";
import { expectClose } from "../src/engines/expect-close.ts";
import { reference } from "../src/engines/reference/index.ts";
import { maskOf, setMask } from "../src/graph/mask.ts";
import { cloneModel, Functional, Input, Model, modelFromJson, Sequential, Tensor } from "../src/index.ts";
import {
  BatchNormalization,
  Bidirectional,
  Conv1D,
  Dense,
  GlobalAveragePooling1D,
  GRU,
  LSTM,
  Masking,
  MultiHeadAttention,
  RNN,
  SimpleRNN,
  SimpleRNNCell,
  Softmax,
  TimeDistributed,
} from "../src/layers/index.ts";
import { Layer } from "../src/layers/layer.ts";
import { add } from "../src/ops/index.ts";
import type { Operand } from "../src/program/emit.ts";
import { copyObject } from "../src/registry/configurable.ts";
import { fromNumbers } from "../src/tensor/cast.ts";
import { fromNested, toNested } from "../src/tensor/create.ts";

const mask = fromNested([[true, true, false]], "bool");
const other = fromNested([[false, true, true]], "bool");
const filled = (shape: readonly number[], value: number) =>
  fromNumbers("float32", shape, new Array(shape.reduce((a, b) => a * b, 1)).fill(value));
const ones = (...shape: number[]) => filled(shape, 1);
const sequence = () => ones(1, 3, 2);

function masked(): Tensor {
  const x = sequence();
  setMask(x, mask);
  return x;
}

class Passing extends Layer {
  static override readonly className: string = "Passing";
  static override readonly supportsMasking: boolean = true;
  override call(x: Operand) {
    return add(x, 0);
  }
}

class NotPassing extends Passing {
  static override readonly className = "NotPassing";
  static override readonly supportsMasking = false;
}

class PassingModel extends Model {
  static override readonly className = "PassingModel";
  static override readonly supportsMasking = true;
  override call(x: unknown) {
    return add(x as Operand, 0);
  }
}

function read<T extends Layer>(layer: T, dialect: number): T {
  const options = { dialect, customObjects: { Passing, NotPassing, PassingModel } };
  return layer.constructor.fromConfig(JSON.parse(JSON.stringify(layer.getConfig())), options) as T;
}

/** The masks of what a call gives; null for what has none. */
function masksAfter(layer: Layer, args: readonly unknown[], kwargs: object): unknown[] {
  const outputs = layer.apply<Tensor | Tensor[]>(...(args as [never]), kwargs as never);
  return [outputs].flat().map((output) => {
    const found = maskOf(output);
    return found instanceof Tensor ? toNested(found) : found;
  });
}

const given = [[true, true, false]];
const sequences = { return_sequences: true };

/** What Keras 3.11.0 to 3.15.1 give; 3.6 to 3.10 give no mask to any output here. */
const handedOn: readonly [string, () => Layer, args: () => unknown[], kwargs: object, since: unknown[]][] = [
  ["a layer of one's own", () => new Passing(), () => [sequence()], { mask }, [given]],
  ["one that passes none on", () => new NotPassing(), () => [sequence()], { mask }, [null]],
  [
    "a mask given by its place",
    () => new SimpleRNN({ units: 2, ...sequences }),
    () => [sequence(), null, mask],
    {},
    [null],
  ],
  ["SimpleRNN", () => new SimpleRNN({ units: 2, ...sequences }), () => [sequence()], { mask }, [given]],
  ["GRU", () => new GRU({ units: 2, ...sequences }), () => [sequence()], { mask }, [given]],
  ["LSTM", () => new LSTM({ units: 2, ...sequences }), () => [sequence()], { mask }, [given]],
  [
    "RNN",
    () => new RNN({ cell: new SimpleRNNCell({ units: 2 }), ...sequences }),
    () => [sequence()],
    { mask },
    [given],
  ],
  ["the last output of an RNN", () => new SimpleRNN({ units: 2 }), () => [sequence()], { mask }, [null]],
  [
    "an RNN's states",
    () => new SimpleRNN({ units: 2, ...sequences, return_state: true }),
    () => [sequence()],
    { mask },
    [given, null],
  ],
  [
    "an RNN with states",
    () => new SimpleRNN({ units: 2, ...sequences }),
    () => [sequence()],
    { mask, initial_state: [ones(1, 2)] },
    [given],
  ],
  [
    "Bidirectional",
    () => new Bidirectional({ layer: new SimpleRNN({ units: 2, ...sequences }) }),
    () => [sequence()],
    { mask },
    [given],
  ],
  [
    "TimeDistributed",
    () => new TimeDistributed({ layer: new Dense({ units: 2 }) }),
    () => [sequence()],
    { mask },
    [given],
  ],
  ["BatchNormalization", () => new BatchNormalization(), () => [sequence()], { mask }, [given]],
  ["Softmax", () => new Softmax({ axis: 1 }), () => [ones(1, 3)], { mask }, [given]],
  ["GlobalAveragePooling1D", () => new GlobalAveragePooling1D(), () => [sequence()], { mask }, [null]],
  [
    "MultiHeadAttention",
    () => new MultiHeadAttention({ num_heads: 1, key_dim: 2 }),
    () => [sequence(), sequence()],
    { query_mask: mask },
    [null],
  ],
  ["a model of one's own", () => new PassingModel(), () => [sequence()], { mask }, [given]],
];

describe("from Keras 3.11 on, a mask that a call is given goes on to the outputs", () => {
  it.each(handedOn)("%s", (_, make, args, kwargs, since) => {
    const none = since.map(() => null);
    expect(masksAfter(make(), args(), kwargs)).toEqual(none);
    expect(masksAfter(read(make(), 310), args(), kwargs)).toEqual(none);
    expect(masksAfter(read(make(), 311), args(), kwargs)).toEqual(since);
    expect(masksAfter(copyObject(read(make(), 315)), args(), kwargs)).toEqual(since);
  });

  it("before what the tensors carry", () => {
    const found = (layer: Layer) => masksAfter(layer, [masked()], { mask: other });
    expect(found(read(new Passing(), 310))).toEqual([given]);
    expect(found(read(new Passing(), 311))).toEqual([toNested(other)]);
  });

  it("in a model that was read, and in clones of it", async () => {
    const [x, keep] = [Input({ shape: [3, 2] }), Input({ shape: [3], dtype: "bool" })];
    const y = new SimpleRNN({ units: 2, ...sequences }).apply(x, { mask: keep });
    const made = new Functional({ inputs: [x, keep], outputs: new GlobalAveragePooling1D().apply(y) });
    for (const [dialect, expected] of [
      [310, 0.826829],
      [311, 0.754384],
      [315, 0.754384],
    ] as const) {
      const model = modelFromJson(made.toJson({ keras: dialect }), { dialect });
      for (const tested of [model, cloneModel(model), modelFromJson(model.toJson(), { dialect })]) {
        tested.setWeights(tested.weights.map(({ shape }) => filled(shape as number[], 0.3)));
        const steps = fromNumbers("float32", [1, 3, 2], [0, 1, 2, 3, 4, 5]);
        const found = await tested.predict<Tensor>([steps, mask], { engine: reference });
        expectClose(found, fromNested([[expected, expected]]), `from ${dialect}`, 1e-6);
      }
    }
  });
});

/** What Keras 3.6 and 3.15.1 give alike. */
describe("a model has the masks of its last layers, and none of its own", () => {
  const functional = (layer: Layer) => {
    const x = Input({ shape: [3, 2] });
    return new Functional({ inputs: x, outputs: layer.apply(x) });
  };
  const convolution = () => new Conv1D({ filters: 2, kernel_size: 1 });
  const dense = () => new Dense({ units: 2 });

  class Plain extends Model {
    static override readonly className = "Plain";
    override call(x: unknown) {
      return add(x as Operand, 0);
    }
  }

  it.each<[string, () => Model, carried: unknown, handed: unknown]>([
    ["a Functional that ends in a Dense", () => functional(dense()), given, given],
    ["a Functional that ends in a convolution", () => functional(convolution()), null, null],
    ["a Sequential that ends in a Dense", () => new Sequential([dense()]), given, given],
    ["a Sequential that ends in a convolution", () => new Sequential([convolution()]), null, null],
    ["a model of one's own", () => new Plain(), null, null],
    ["one that passes masks on", () => new PassingModel(), given, null],
  ])("%s", (_, make, carried, handed) => {
    expect(masksAfter(make(), [masked()], {})).toEqual([carried]);
    expect(masksAfter(make(), [sequence()], { mask })).toEqual([handed]);
  });

  it("so that what follows a model without masks sees all", () => {
    const x = Input({ shape: [3, 2] });
    const inner = functional(convolution());
    const y = new GlobalAveragePooling1D().apply(inner.apply(new Masking().apply(x)));
    const model = new Functional({ inputs: x, outputs: y });
    model.setWeights(model.weights.map(({ shape }) => filled(shape as number[], 1)));
    const steps = fromNumbers("float32", [1, 3, 2], [1, 2, 0, 0, 3, 4]);
    expect(toNested(model.apply<Tensor>(steps))).toEqual([
      [(4 + 1 + 8) / 3, (4 + 1 + 8) / 3].map(Math.fround),
    ]);
  });
});
