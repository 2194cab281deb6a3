import { describe, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import { tensor } from "../engines/tensor.ts";
import { ModelError } from "../errors.ts";
import * as initializers from "../initializers/index.ts";
import { RandomInitializer } from "../initializers/random-initializer.ts";
import {
  Bidirectional,
  Dense,
  Dropout,
  Embedding,
  Input,
  Layer,
  LSTM,
  MultiHeadAttention,
} from "../layers/index.ts";
import { variablesOf } from "../layers/weights.ts";
import type { Operand } from "../ops/index.ts";
import { classesOf } from "../registry/registry.ts";
import { fromNumbers } from "../tensor/cast.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { cloneModel } from "./clone-model.ts";
import { Functional } from "./functional.ts";
import { Model } from "./model.ts";
import { Sequential } from "./sequential.ts";

useReference();

const zeros = new Array<number>(12).fill(0);

const numbersOf = (model: Layer) => variablesOf(model).map(({ value }) => [...value.data].join());

function functional(): Functional {
  const inputs = Input({ shape: [6], dtype: "int32" });
  const embedded = new Embedding({ input_dim: 9, output_dim: 4 }).apply(inputs);
  const attended = new MultiHeadAttention({ num_heads: 2, key_dim: 3 }).apply(embedded, embedded);
  const states = new Bidirectional({ layer: new LSTM({ units: 3, dropout: 0.5 }) }).apply(attended);
  return new Functional({ inputs, outputs: new Dropout({ rate: 0.5 }).apply(states) });
}

function sequential(): Sequential {
  return new Sequential([
    Input({ shape: [4] }),
    new Dense({ units: 4 }),
    new Dense({ units: 4 }),
    new Dropout({ rate: 0.5 }),
  ]);
}

class Net extends Model {
  readonly layersOfNet = [new Dense({ units: 4 }), sequential()];

  override call(x: Operand) {
    return this.layersOfNet.reduce<Operand>((y, layer) => layer.invoke([y], {}) as Operand, x);
  }
}

describe("cloneModel with a seed", () => {
  it.each([
    ["Functional", functional],
    ["Sequential", sequential],
    ["nested", () => new Sequential([Input({ shape: [4] }), sequential(), new Dense({ units: 4 })])],
    ["not built", () => new Sequential([new Dense({ units: 4 }), new LSTM({ units: 2 })])],
    ["of a class of one's own", () => new Net()],
  ])("gives the same weights each time, others for another seed and for each layer: %s", (_, make) => {
    const model: Model = make();
    const clone = (seed: number) => {
      const made = cloneModel(model, { seed });
      if (!made.built)
        made.invoke([fromNumbers("float32", model instanceof Net ? [3, 4] : [1, 3, 4], zeros)], {});
      return made;
    };
    const first = numbersOf(clone(1));
    expect(numbersOf(clone(1))).toEqual(first);
    expect(cloneModel(model, { seed: 1 }).toJson()).toBe(cloneModel(model).toJson());
    const drawn = first.filter((numbers) => new Set(numbers.split(",")).size > 2);
    expect(new Set(drawn).size).toBe(drawn.length);
    const others = new Set(numbersOf(clone(2)));
    expect(drawn.filter((numbers) => others.has(numbers))).toEqual([]);
  });

  it("seeds every initializer that draws", () => {
    for (const Class of classesOf(initializers)) {
      const kernel_initializer: unknown = Reflect.construct(Class as unknown as new () => object, []);
      if (!(kernel_initializer instanceof RandomInitializer)) continue;
      const model = new Sequential([Input({ shape: [4] }), new Dense({ units: 4, kernel_initializer })]);
      const [a, b] = [1, 1].map((seed) => numbersOf(cloneModel(model, { seed })));
      expect(a, Class.className).toEqual(b);
      expect(numbersOf(cloneModel(model, { seed: 2 })), Class.className).not.toEqual(a);
    }
  });

  it("drops the same", () => {
    const model = sequential();
    const x = tensor([[1, 2, 3, 4]], { dtype: "float32" });
    const dropped = (seed: number) =>
      [1, 2].map(() => cloneModel(model, { seed }).apply<Tensor>(x, { training: true }).data);
    expect(dropped(5)[0]).toEqual(dropped(5)[1]);
    expect(dropped(5)[0]).not.toEqual(dropped(6)[0]);
  });

  it("leaves seeds of configs, other models and copied weights alone", () => {
    const kernel_initializer = new initializers.GlorotUniform({ seed: 3 });
    const shared = new Dense({ units: 4, kernel_initializer: new initializers.HeNormal() });
    const model = new Sequential([
      Input({ shape: [4] }),
      new Dense({ units: 4, kernel_initializer }),
      shared,
    ]);
    const own = numbersOf(model);
    const clone = cloneModel(model, { seed: 8 });
    expect(numbersOf(clone)[0]).toBe(own[0]);
    expect(numbersOf(cloneModel(model, { seed: 8, weights: "copy" }))).toEqual(own);
    const fresh = new Sequential([Input({ shape: [4] }), new Dense({ units: 4 })]);
    const before = numbersOf(cloneModel(fresh, { seed: 1 }));
    const partly = cloneModel(fresh, { seed: 1, cloneFunction: (layer) => layer });
    expect(numbersOf(partly)).not.toEqual(before);
    expect(numbersOf(partly)).toEqual(numbersOf(fresh));
  });

  it("draws once more what was read while the clone was made", () => {
    class Eager extends Layer {
      static override readonly className = "Eager";
      declare kernel: ReturnType<Layer["addWeight"]>;

      override build(): void {
        this.kernel = this.addWeight({ name: "kernel", shape: [3], initializer: "random_normal" });
        void this.kernel.value;
      }

      override call(x: Operand) {
        return x;
      }
    }
    const model = new Sequential([Input({ shape: [4] }), new Eager()]);
    expect(numbersOf(cloneModel(model, { seed: 1 }))).toEqual(numbersOf(cloneModel(model, { seed: 1 })));
  });

  it.each([[1.5], [-1], ["7"], [Number.NaN], [2 ** 53]])("refuses %j", (seed) => {
    const message = `expected seed to be an integer from 0 on, received ${JSON.stringify(seed)}.`;
    expect(() => cloneModel(sequential(), { seed: seed as number })).toThrow(
      new ModelError("cloneModel", Number.isNaN(seed) ? message.replace("null", "NaN") : message),
    );
  });
});
