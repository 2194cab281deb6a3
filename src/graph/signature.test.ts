import { describe, expect, it } from "vitest";
import { tensor } from "../engines/tensor.ts";
import { ConfigError } from "../errors.ts";
import { layer } from "../layers/define.ts";
import { Add, Dense, Dropout, Input, LSTM, MultiHeadAttention } from "../layers/index.ts";
import { multiply } from "../ops/index.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import type { Shape } from "../tensor/shape.ts";
import type { KerasTensor } from "./graph.ts";
import { aTensor, flag, maskFor, option, structure, takes, tensors } from "./signature.ts";

describe("takes", () => {
  it("gives names in order, masks and what build gets", () => {
    const { first, names, masks, shapes } = takes("sequences", {
      sequences: aTensor().shaped(),
      initial_state: tensors().shaped().optional(),
      mask: maskFor("sequences"),
      training: flag(false),
    });
    expect(first).toBe("sequences");
    expect(names).toEqual(["sequences", "initial_state", "mask", "training"]);
    expect(masks).toEqual([{ name: "mask", of: "sequences" }]);
    expect(shapes).toEqual(["sequences_shape", "initial_state_shape"]);
  });

  it("gives build the shape of the input where no argument says it has one", () => {
    expect(takes("x", { x: structure(), key: option() }).shapes).toEqual(["input_shape"]);
  });

  it("says which argument is required, and what a flag is by default", () => {
    const { x, y, training, mask } = takes("x", {
      x: aTensor(),
      y: aTensor().optional(),
      training: flag(true),
      mask: maskFor("x"),
    }).arguments;
    expect([x, y, training, mask].map(({ required }) => required)).toEqual([true, false, false, false]);
    expect([x, training].map(({ byDefault }) => byDefault)).toEqual([null, true]);
  });

  it.each<[string, () => unknown, string]>([
    [
      "another first argument",
      () => takes("y", { x: aTensor(), y: aTensor() }),
      'takes: expected "y" as the first argument, received "x".',
    ],
    [
      "the mask of what is not there",
      () => takes("query", { query: aTensor(), value: aTensor(), mask: maskFor("valeu") }),
      'takes.mask: expected the mask of an argument with tensors (query, value), received that of "valeu". Did you mean "value"?',
    ],
    [
      "the mask of what has no tensors",
      () => takes("x", { x: aTensor(), training: flag(), mask: maskFor("training") }),
      'takes.mask: expected the mask of an argument with tensors (x), received that of "training".',
    ],
  ])("says what is wrong with %s", (_, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(ConfigError);
  });
});

const x = tensor([[1, 2]], { dtype: "float32" });
const symbol = () => Input({ shape: [2] });

/** A call without its types, as JavaScript makes it. */
function untyped(of: { apply: unknown }): (...args: unknown[]) => unknown {
  return (...args) => (of.apply as (...given: unknown[]) => unknown).call(of, ...args);
}

describe("a call that its record does not allow", () => {
  const dropout = () => untyped(new Dropout({ rate: 0.9, seed: 1, name: "d" }));
  const dense = () => untyped(new Dense({ units: 1, name: "d" }));

  it.each<[string, () => unknown, string]>([
    [
      "a misspelled keyword",
      () => dropout()(x, { trainig: false }),
      'layer "d": expected one of its arguments (inputs, training), received "trainig". Did you mean "training"?',
    ],
    [
      "a misspelled keyword in a graph",
      () => dropout()(symbol(), { trainig: false }),
      'layer "d": expected one of its arguments (inputs, training), received "trainig". Did you mean "training"?',
    ],
    [
      "a keyword where there is one argument",
      () => dense()(x, { mask: null }),
      'layer "d": expected its argument inputs alone, received "mask".',
    ],
    [
      "too many arguments",
      () => dense()(x, 42, new Date(0)),
      'layer "d": expected at most 1 arguments (inputs), received 3.',
    ],
    ["no argument", () => dense()(), 'layer "d": expected inputs to be a tensor, received nothing.'],
    ["null", () => dense()(null), 'layer "d": expected inputs to be a tensor, received null.'],
    ["a string", () => dense()("hello"), 'layer "d": expected inputs to be a tensor, received "hello".'],
    ["a list", () => dense()([x, x]), 'layer "d": expected inputs to be a tensor, received a list of 2.'],
    ["numbers", () => dense()([[1, 2]]), 'layer "d": expected inputs to be a tensor, received [[1, 2]].'],
    [
      "a flag that is none",
      () => dropout()(x, { training: "yes" }),
      'layer "d": expected training to be true or false, received "yes".',
    ],
    [
      "one tensor for a list",
      () => untyped(new Add({ name: "a" }))(x),
      'layer "a": expected inputs to be a list of tensors, received ',
    ],
    [
      "an argument that must be given",
      () => untyped(new MultiHeadAttention({ num_heads: 1, key_dim: 1, name: "m" }))(x),
      'layer "m": expected value to be a tensor, received nothing.',
    ],
  ])("is an error: %s", (_, call, message) => {
    expect(call).toThrow(message);
  });

  it("adds nothing to the graph", () => {
    const inputs = symbol();
    const layerOf = new Dropout({ rate: 0.5 });
    expect(() => untyped(layerOf)(inputs, { trainig: true })).toThrow();
    expect(layerOf.inboundNodes).toEqual([]);
  });
});

describe("an async call", () => {
  class Waits extends layer("Waits", {}, { package: "test" }) {
    override async call(inputs: Operand): Promise<Operand> {
      return inputs;
    }
  }

  it("is refused by the layer's name", () => {
    expect(() => new Waits({ name: "w" }).apply(x)).toThrow(
      'layer "w": expected to return at once, received a promise. It must not be async.',
    );
  });
});

describe("types", () => {
  it("follow from the record", () => {
    const check = () => {
      const k: KerasTensor = new Dense({ units: 1 }).apply(symbol());
      new Dropout({ rate: 0 }).apply(x, { training: true });
      new LSTM({ units: 1 }).apply(k, { mask: null, training: false });
      new Add().apply([x, x]);
      // @ts-expect-error a misspelled keyword
      new Dropout({ rate: 0 }).apply(x, { trainig: true });
      // @ts-expect-error a list where one tensor is taken
      new Dense({ units: 1 }).apply([x, x]);
      // @ts-expect-error one tensor where a list is taken
      new Add().apply(x);
      // @ts-expect-error no tensor
      new Dense({ units: 1 }).apply("hello");
      // @ts-expect-error a second argument where there is one
      new Dense({ units: 1 }).apply(x, 42);
      // @ts-expect-error keywords where there is one argument
      new Dense({ units: 1 }).apply(x, { mask: null });
      new Dense({ units: 1 }).apply(x, { training: true });
      // @ts-expect-error a second tensor where there is one
      new Dense({ units: 1 }).apply(symbol(), x);
      // @ts-expect-error an argument that is none of it
      new Dropout({ rate: 0 }).apply(x, "hello");
      // @ts-expect-error a date
      new LSTM({ units: 1 }).apply(x, new Date());
      // @ts-expect-error a flag that is none
      new Dropout({ rate: 0 }).apply(x, { training: "yes" });
    };
    class Scales extends layer("Scales", {}, { package: "test" }) {
      override call(inputs: Operand): Numeric {
        return multiply(inputs, 2);
      }
    }
    class Wrong extends layer("Wrong", {}, { package: "test", call: takes("x", { x: aTensor() }) }) {
      // @ts-expect-error a parameter that is no tensor
      override call(inputs: { readonly nonsense: boolean }): unknown {
        return inputs;
      }
      // @ts-expect-error the shapes of a list
      override build(shapes: readonly Shape[]): void {
        this.addWeight({ name: "w", shape: shapes[0] ?? [], initializer: "ones" });
      }
      // @ts-expect-error the masks of a list
      override computeMask(_: unknown, masks: readonly Numeric[]): unknown {
        return masks[0];
      }
    }
    expect([typeof check, Scales.className, Wrong.className]).toEqual(["function", "Scales", "Wrong"]);
  });
});
