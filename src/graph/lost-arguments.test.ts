import { describe, expect, it } from "vitest";
import { type Options, Same } from "../../test/own-classes.ts";
import { cloneModel, Functional, Input, Model, Sequential, serialize } from "../index.ts";
import { RandomNormal } from "../initializers/index.ts";
import type { JsonObject } from "../json/json.ts";
import { Dense, type Layer } from "../layers/index.ts";
import * as ops from "../ops/index.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { toBytes } from "../saving/save-model.ts";

class Swallows extends Same {
  readonly factor: number;
  constructor({ factor = 2 }: Options) {
    super();
    this.factor = factor;
  }
}

class Unstored extends Model {
  readonly hidden: Dense;
  constructor({ units = 2, ...rest }: Options = {}) {
    super(rest);
    this.hidden = new Dense({ units });
  }
  override call(x: Operand): Numeric {
    return this.hidden.apply<Numeric>(x);
  }
}

class ByPosition extends Same {
  readonly units: unknown;
  constructor(units: unknown = 2) {
    super();
    this.units = units;
  }
}

class Hides extends Same {
  #factor: number;
  constructor({ factor = 2, ...rest }: Options = {}) {
    super(rest);
    this.#factor = factor;
  }
  get factor(): number {
    return this.#factor;
  }
}

class HoldsHiding extends Same {
  readonly inside: Hides;
  constructor({ factor = 2, ...rest }: Options = {}) {
    super(rest);
    this.inside = new Hides({ factor });
  }
}

class Vault {
  #key: string;
  constructor(key: string) {
    this.#key = key;
  }
  open(key: string): boolean {
    return key === this.#key;
  }
}

class HoldsVault extends Same {
  readonly vault: Vault;
  constructor({ key = "k", ...rest }: Options = {}) {
    super(rest);
    this.vault = new Vault(key);
  }
}

class Holds extends Same {
  readonly what: unknown;
  constructor({ what = null, ...rest }: Options = {}) {
    super(rest);
    this.what = what;
  }
}

class Closes extends Same {
  readonly run: (x: number) => number;
  constructor({ factor = 2, ...rest }: Options = {}) {
    super(rest);
    this.run = (x) => factor * x;
  }
}

class Renames extends Same {
  readonly factor: number;
  constructor({ scale = 2, ...rest }: Options = {}) {
    super(rest);
    this.factor = scale;
  }
}

class Changes extends Same {
  readonly factor: number;
  constructor({ factor = 2, ...rest }: Options = {}) {
    super(rest);
    this.factor = factor + 1;
  }
}

class InField extends Dense {
  constructor({ factor = 1, ...rest }: Options = {}) {
    super({ ...rest, units: factor * 2 });
  }
}

class InName extends Same {
  readonly inside: Dense;
  constructor({ prefix = "a", ...rest }: Options = {}) {
    super(rest);
    this.inside = new Dense({ units: 1, name: `${prefix}_dense` });
  }
}

class InWeight extends Same {
  constructor({ stddev = 1, ...rest }: Options = {}) {
    super(rest);
    this.addWeight({ name: "w", shape: [2], initializer: new RandomNormal({ stddev }) });
  }
}

class InGraph extends Model {
  readonly net: Functional;
  constructor({ skips = false, ...rest }: Options = {}) {
    super(rest);
    const x = Input({ shape: [3] });
    this.net = new Functional({ inputs: x, outputs: skips ? ops.add(x, 1) : ops.multiply(x, 1) });
  }
  override call(x: Operand): Numeric {
    return this.net.apply<Numeric>(x);
  }
}

class InInput extends Model {
  readonly net: Sequential;
  constructor({ size = 3, ...rest }: Options = {}) {
    super(rest);
    this.net = new Sequential([Input({ shape: [size] }), new Dense({ units: 1 })]);
  }
  override call(x: Operand): Numeric {
    return this.net.apply<Numeric>(x);
  }
}

class Random extends Same {
  readonly id = Math.random();
  readonly factor: number;
  constructor({ factor = 2, ...rest }: Options = {}) {
    super(rest);
    this.factor = factor;
  }
}

class Strict extends Same {
  readonly inside: Dense;
  constructor({ units, ...rest }: Options) {
    super(rest);
    this.inside = new Dense({ units });
  }
}

class MakesOwnGraph extends Functional {
  constructor({ units = 2, name }: Options = {}) {
    const x = Input({ shape: [3], name: "x" });
    super({ inputs: x, outputs: new Dense({ units, name: "d" }).apply(x), name });
  }
}

class ElseWhere extends Same {
  constructor(options: Options = {}) {
    super(options);
  }
  static override fromConfig<T>(): T {
    return new Swallows({}) as T;
  }
}

class Stack extends Sequential {
  constructor({ depth = 1 }: Options = {}) {
    super(Array.from({ length: depth }, (_, i) => new Dense({ units: 2, name: `d${i}` })));
  }
}

const another = (property: string) => `made of its config it has another "${property}".`;

const unknown: readonly (readonly [what: string, make: () => Layer, why: string])[] = [
  ["an argument that no property has", () => new Unstored({ units: 7 }), another("hidden")],
  ["a position", () => new ByPosition(7), another("units")],
  ["a position's default", () => new ByPosition(), another("units")],
  ["a private field", () => new Hides({ factor: 9 }), "it may be in a private field."],
  ["a private field, nothing given", () => new Hides(), "it may be in a private field."],
  ["a private field of a layer inside", () => new HoldsHiding({ factor: 9 }), another("inside")],
  ["a private field of an object inside", () => new HoldsVault({ key: "x" }), another("vault")],
  ["a layer", () => new Holds({ what: new Dense({ units: 1 }) }), another("what")],
  ["a function", () => new Holds({ what: () => 1 }), another("what")],
  ["a symbol", () => new Holds({ what: Symbol("x") }), another("what")],
  ["a bigint", () => new Holds({ what: 1n }), another("what")],
  ["a promise", () => new Holds({ what: Promise.resolve() }), another("what")],
  ["a function that remembers", () => new Closes({ factor: 9 }), another("run")],
  ["a property of another name", () => new Renames({ scale: 9 }), another("factor")],
  ["a property that is not what was given", () => new Changes({ factor: 9 }), another("factor")],
  ["a value worked out for a field", () => new InField({ factor: 3 }), another("units")],
  ["a name of a layer inside", () => new InName({ prefix: "b" }), another("inside")],
  ["an initializer of a weight", () => new InWeight({ stddev: 3 }), another("ownVariables")],
  ["the calls of a graph inside", () => new InGraph({ skips: true }), another("net")],
  ["the input of a Sequential inside", () => new InInput({ size: 4 }), another("net")],
  ["what is always another", () => new Random({ factor: 9 }), another("id")],
  [
    "what must be given",
    () => new Strict({ units: 3 }),
    "it cannot be made of its config (config.units: expected a positive integer, received nothing).",
  ],
  ["a graph of its own", () => new MakesOwnGraph({ units: 7 }), another("layers")],
  ["another class that fromConfig makes", () => new ElseWhere(), another("constructor")],
  ["a stack of its own", () => new Stack({ depth: 2 }), another("layers")],
  [
    "trainable, which its constructor does not pass on",
    () => Object.assign(new Swallows({ factor: 2 }), { trainable: false }),
    another("trainable"),
  ],
];

describe("what a constructor was given and nobody can know", () => {
  it.each(unknown)("is an error: %s", (_, make, why) => {
    const object = make();
    const { className, noun } = object.constructor as typeof Layer;
    const message =
      `${noun} ${JSON.stringify(object.name)}: expected ${className} to define getConfig(), ` +
      `because an argument of its constructor would be lost: ${why}`;
    for (const write of [() => object.getConfig(), () => serialize(object)])
      expect(messageOf(write)).toBe(message);
  });

  it("is an error wherever the config is written", () => {
    const x = Input({ shape: [3] });
    const model = new Functional({ inputs: x, outputs: new Hides({ factor: 9 }).apply(x) });
    const stack = new Sequential([new Hides({ factor: 9 })]);
    const message = /^layer "hides(_\d+)?": expected Hides to define getConfig\(\)/;
    const writing = [
      () => cloneModel(model),
      () => cloneModel(stack),
      () => model.toJson(),
      () => stack.getConfig(),
      () => cloneModel(new Unstored({ units: 7 })),
      () => new Unstored({ units: 7 }).toJson(),
    ];
    for (const write of writing.slice(0, 4)) expect(messageOf(write)).toMatch(message);
    for (const write of writing.slice(4)) expect(messageOf(write)).toMatch(/^model "unstored/);
    expect(() => toBytes(model)).toThrow(message);
  });

  it("is no error where the class says its config itself", () => {
    class Says extends Hides {
      override getConfig(): JsonObject {
        return { ...super.getConfig(), factor: this.factor };
      }
    }
    const says = new Says({ factor: 9, name: "s" });
    expect(says.getConfig()).toMatchObject({ name: "s", factor: 9 });
    expect((Says.fromConfig(says.getConfig()) as Says).factor).toBe(9);
    expect(new Holds({ what: null, name: "h" }).getConfig()).toMatchObject({ name: "h" });
  });

  it("is no error where the constructor takes nothing", () => {
    class Nothing extends Same {
      readonly id = Math.random();
      #calls = 0;
      override call(x: Operand): Operand {
        if (this.#calls++ > 9) throw new Error("too often");
        return x;
      }
    }
    expect(Object.keys(new Nothing().getConfig())).toEqual(["name", "trainable", "dtype"]);
  });
});

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error("expected an error");
}
