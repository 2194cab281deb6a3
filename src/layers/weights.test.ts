import { describe, expect, it } from "vitest";
import { tensor } from "../engines/tensor.ts";
import { float } from "../fields/shorthands.ts";
import { initializer } from "../initializers/field.ts";
import { Sequential } from "../models/sequential.ts";
import type { Operand } from "../program/emit.ts";
import { regularizer } from "../regularizers/field.ts";
import { toNumbers } from "../tensor/create.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Dense } from "./core/dense.ts";
import { Input } from "./core/input-layer.ts";
import { layer } from "./define.ts";
import type { Layer } from "./layer.ts";
import { ActivityRegularization, Dropout } from "./regularization/index.ts";

class Shift extends layer(
  "Shift",
  { amount_initializer: initializer("ones"), amount_regularizer: regularizer("l2"), rate: float(0) },
  { package: "test" },
) {
  override build(shape: Shape): void {
    this.weight("shift", [shape.at(-1) ?? null], { field: "amount" });
  }
  override call(x: Operand): Operand {
    return x;
  }
  add(options: object): void {
    this.addWeight({ name: "w", shape: [1], initializer: "zeros", ...options });
  }
}

const numbers = (losses: readonly unknown[]) => losses.map((loss) => toNumbers(loss as Tensor)[0]);

describe("weight", () => {
  it("takes initializer, regularizer and constraint from the fields by name", () => {
    const dense = new Dense({ units: 1, kernel_regularizer: "l2", kernel_constraint: "unit_norm" });
    dense.buildOn([null, 2]);
    expect(dense.kernel.regularizer).toBe(dense.kernel_regularizer);
    expect(dense.kernel.constraint).toBe(dense.kernel_constraint);
    expect([dense.bias?.regularizer, dense.bias?.constraint]).toEqual([null, null]);
  });

  it("takes them by another name, as far as there are such fields", () => {
    const shift = new Shift();
    shift.buildOn([null, 2]);
    const [variable] = shift.weights;
    expect([...toNumbers(variable!.value)]).toEqual([1, 1]);
    expect(variable!.regularizer).toBe(shift.amount_regularizer);
    expect(variable!.constraint).toBeNull();
  });

  it("needs known dimensions", () => {
    expect(() => new Shift({ name: "s" }).buildOn([null, null])).toThrow(
      'layer "s".shift: expected a shape without unknown dimensions, received (None,).',
    );
  });
});

describe("addWeight", () => {
  it("refuses options it does not know", () => {
    expect(() => new Shift({ name: "s" }).add({ initialiser: "ones" })).toThrow(
      'layer "s": addWeight: unknown option "initialiser". Did you mean "initializer"?',
    );
  });
});

describe("losses", () => {
  const x = tensor([[1, -2]], { dtype: "float32" });

  it("are the penalties of the last call, then those of the weights that are trained", () => {
    const shift = new Shift({ activity_regularizer: "l1" });
    shift.apply(x);
    shift.apply(x);
    const expected = [expect.closeTo(0.03), expect.closeTo(0.02)];
    expect(numbers(shift.losses)).toEqual(expected);
    shift.trainable = false;
    expect(numbers(shift.losses)).toEqual(expected.slice(0, 1));
  });

  it("are of each call of a layer inside one call", () => {
    const penalty = new ActivityRegularization({ l1: 1 });
    class Twice extends layer("Twice", {}, { package: "test" }) {
      inner = penalty;
      override call(inputs: Operand): unknown {
        return this.inner.apply(this.inner.apply(inputs as Tensor));
      }
    }
    const twice = new Twice();
    for (let i = 0; i < 2; i++) {
      twice.apply(x);
      expect(numbers(twice.losses)).toEqual([3, 3]);
    }
  });
});

describe("variables", () => {
  it("have the states of random numbers too, as Keras orders them", () => {
    const model = new Sequential([
      Input({ shape: [3] }),
      new Dropout({ rate: 0.5, seed: 3, name: "d" }),
      new Dense({ units: 2, name: "dense" }),
    ]);
    expect(model.variables.map(({ name }) => name)).toEqual(["seed_generator_state", "kernel", "bias"]);
    expect(model.weights.map(({ name }) => name)).toEqual(["kernel", "bias"]);
  });
});

describe("sublayers", () => {
  it("are found in lists and dicts, also in one that contains itself", () => {
    const holder = new Shift() as Shift & { bag: Record<string, unknown> };
    const [a, b] = [new Dense({ units: 1 }), new Dense({ units: 1 })];
    holder.bag = { list: [a, [b]] };
    holder.bag.self = holder.bag;
    expect(holder.sublayers()).toEqual([a, b]);
    expect(holder.weights).toEqual([]);
  });

  it("are each there once, also where a layer is inside itself", () => {
    const holder = new Shift() as Shift & { inner: Layer; self: Layer };
    const inner = new Dense({ units: 1 }) as Dense & { owner: Layer };
    inner.buildOn([null, 2]);
    Object.assign(holder, { inner, self: holder });
    inner.owner = holder;
    expect(holder.sublayers()).toEqual([inner, holder]);
    expect(holder.weights).toEqual([inner.kernel, inner.bias]);
  });
});
