import { describe, expect, it } from "vitest";
import { tensor } from "../engines/tensor.ts";
import { ModelError } from "../errors.ts";
import { float, int, opaque, positiveInt } from "../fields/shorthands.ts";
import { layer } from "../layers/define.ts";
import {
  BatchNormalization,
  Concatenate,
  Conv2D,
  Dense,
  Dropout,
  Embedding,
  Lambda,
  LSTM,
  MultiHeadAttention,
  TimeDistributed,
} from "../layers/index.ts";
import { concatenate, matmul, multiply, relu, subtract } from "../ops/index.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import type { Shape } from "../tensor/shape.ts";
import { type CheckOptions, checkLayer } from "./index.ts";

/** Both halves of what relu cuts off, projected. */
class Antirectifier extends layer(
  "Antirectifier",
  { units: positiveInt(), scale: float(1) },
  { package: "check" },
) {
  declare kernel: Variable;

  override build(shape: Shape): void {
    const initializer = "glorot_uniform";
    this.kernel = this.addWeight({ name: "kernel", shape: [2 * shape.at(-1)!, this.units], initializer });
  }

  override call(x: Operand): Numeric {
    const negative = subtract(0, x);
    return matmul(
      multiply(concatenate([relu(x), relu(negative)], { axis: -1 }), this.scale),
      this.kernel,
    ) as Numeric;
  }
}

async function messageOf(make: Parameters<typeof checkLayer>[0], options: CheckOptions): Promise<string> {
  try {
    await checkLayer(make, options);
  } catch (error) {
    if (error instanceof ModelError) return error.message;
    throw error;
  }
  throw new Error("expected an error");
}

describe("checkLayer", () => {
  it.each<[string, Parameters<typeof checkLayer>[0], CheckOptions]>([
    [
      "Dense",
      () => new Dense({ units: 2, activation: "gelu" }),
      { inputs: [null, 3], outputShape: [null, 2] },
    ],
    [
      "BatchNormalization",
      () => new BatchNormalization(),
      { inputs: [null, 4, 3], outputShape: [null, 4, 3] },
    ],
    [
      "Conv2D",
      () => new Conv2D({ filters: 2, kernel_size: 3 }),
      { inputs: [2, 6, 6, 1], outputShape: [2, 4, 4, 2] },
    ],
    [
      "Concatenate",
      () => new Concatenate(),
      {
        inputs: [
          [null, 3],
          [null, 2],
        ],
        outputShape: [null, 5],
      },
    ],
    ["Dropout", () => new Dropout({ rate: 0.5 }), { inputs: [null, 3], kwargs: { training: false } }],
    [
      "LSTM",
      () => new LSTM({ units: 2, return_state: true }),
      { inputs: [null, 5, 3], outputShape: [null, 2] },
    ],
    [
      "Embedding",
      () => new Embedding({ input_dim: 9, output_dim: 2 }),
      { inputs: tensor([[1, 2, 8]], { dtype: "int32" }), outputShape: [null, 3, 2] },
    ],
    [
      "TimeDistributed",
      () => new TimeDistributed({ layer: new Dense({ units: 2 }) }),
      { inputs: [null, 4, 3] },
    ],
    [
      "Antirectifier",
      () => new Antirectifier({ units: 3, scale: 2 }),
      { inputs: [null, 4], outputShape: [null, 3] },
    ],
  ])("passes %s", async (_, make, options) => {
    const { engines, outputShapes } = await checkLayer(make, options);
    expect(engines).toContain("reference");
    if (options.outputShape) expect(outputShapes[0]).toEqual(options.outputShape);
  });

  it("passes a layer that takes several tensors, and one with a function of one's own", async () => {
    const value = tensor(
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      { dtype: "float32" },
    );
    const attention = () => new MultiHeadAttention({ num_heads: 1, key_dim: 2 });
    expect((await checkLayer(attention, { inputs: value, args: [value] })).weightShapes).toHaveLength(8);
    function doubled(x: Operand): Numeric {
      return multiply(x, 2) as Numeric;
    }
    const lambda = () => new Lambda({ function: doubled });
    expect(
      (await checkLayer(lambda, { inputs: [null, 2], customObjects: { doubled } })).outputShapes,
    ).toEqual([[null, 2]]);
  });

  it("says which option the constructor did not keep", async () => {
    class Doubles extends layer("Doubles", { units: int() }, { package: "check" }) {
      constructor(options: { units: number; name?: string }) {
        super({ ...options, units: options.units * 2 });
      }
      override call(x: Operand): Operand {
        return x;
      }
    }
    expect(await messageOf(() => new Doubles({ units: 3, name: "d" }), { inputs: [null, 2] })).toBe(
      'layer "d": expected Doubles to define getConfig(), because an argument of its constructor would be lost: made of its config it has another "units".',
    );
  });

  it("says which key a getConfig of one's own forgets", async () => {
    class Forgets extends layer("Forgets", { units: int(1) }, { package: "check" }) {
      override getConfig() {
        const { units: _, ...config } = super.getConfig();
        return config;
      }
      override build(): void {
        this.addWeight({ name: "w", shape: [this.units], initializer: "ones" });
      }
      override call(x: Operand): Operand {
        return x;
      }
    }
    expect(await messageOf(() => new Forgets({ units: 3, name: "f" }), { inputs: [null, 2] })).toBe(
      'checkLayer: Forgets "f": a revived layer: expected the weights w float32 (3,), received w float32 (1,).',
    );
  });

  it("says when a config is not the caller's own", async () => {
    class Shares extends layer("Shares", { sizes: opaque([]) }, { package: "check" }) {
      override getConfig() {
        return { ...super.getConfig(), sizes: this.sizes };
      }
      override call(x: Operand): Operand {
        return x;
      }
    }
    expect(await messageOf(() => new Shares({ sizes: [1, 2], name: "s" }), { inputs: [null, 2] })).toBe(
      'checkLayer: Shares "s": getConfig() after its last result was changed: expected "sizes" to stay [1, 2], received ["spoilt", "spoilt"].',
    );
  });

  it("says when a subclass has the name of another class", async () => {
    class Twice extends TimeDistributed {
      static override readonly className = "TimeDistributed" as never;
      static override readonly module = "keras.layers" as never;
      static override readonly registeredName = null as never;
    }
    const make = () => new Twice({ layer: new Dense({ units: 1 }), name: "t" });
    expect(await messageOf(make, { inputs: [null, 2, 3] })).toBe(
      'checkLayer: TimeDistributed "t": expected its text to make its own class, received TimeDistributed "t". Are className, module and registeredName its own?',
    );
  });

  it("says when values do not only come from config and weights", async () => {
    let calls = 0;
    class Counts extends layer("Counts", {}, { package: "check" }) {
      override call(x: Operand): Numeric {
        return multiply(x, ++calls) as Numeric;
      }
    }
    expect(await messageOf(() => new Counts({ name: "c" }), { inputs: [1, 1] })).toMatch(
      /^checkLayer: Counts "c": a revived layer, output 0, element 0: expected -\d\.\d+, received -/,
    );
  });

  it("says when the shape is another, or each layer is the same", async () => {
    const dense = new Dense({ units: 2, name: "dense" });
    expect(await messageOf(() => dense, { inputs: [null, 3] })).toBe(
      'checkLayer: Dense "dense": expected a new layer each time, received the same one again.',
    );
    const make = () => new Dense({ units: 2, name: "dense" });
    expect(await messageOf(make, { inputs: [null, 3], outputShape: [null, 3] })).toBe(
      'checkLayer: Dense "dense": expected output shape (None, 3), received (None, 2).',
    );
  });
});
