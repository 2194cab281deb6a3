import { float } from "../src/fields/shorthands.ts";
import { Functional, Input, Model, Sequential } from "../src/index.ts";
import { RandomNormal } from "../src/initializers/index.ts";
import { layer } from "../src/layers/define.ts";
import { Dense, Dropout, Layer, Wrapper } from "../src/layers/index.ts";
import * as ops from "../src/ops/index.ts";
import type { Numeric, Operand } from "../src/program/emit.ts";
import type { Shape } from "../src/tensor/shape.ts";

// Classes that leave their config to others though their constructors take arguments, as authors write them.

/** Whatever a test's constructor takes. */
// biome-ignore lint/suspicious/noExplicitAny: the classes below are written as their authors would in JavaScript.
export type Options = any;

export abstract class Same extends Layer {
  override call(x: Operand): Operand {
    return x;
  }
}

export class Factor extends Same {
  readonly factor: number;
  constructor({ factor = 2, ...rest }: Options = {}) {
    super(rest);
    this.factor = factor;
  }
}

export class Net extends Model {
  readonly units: number;
  readonly hidden: Dense;
  constructor({ units = 2, ...rest }: Options = {}) {
    super(rest);
    this.units = units;
    this.hidden = new Dense({ units });
  }
  override call(x: Operand): Numeric {
    return this.hidden.apply<Numeric>(x);
  }
}

export class Whole extends Same {
  readonly factor: number;
  constructor(options: Options) {
    super({ name: options.name });
    this.factor = options.factor ?? 2;
  }
}

export class Required extends Same {
  readonly inner: Dense;
  readonly units: number;
  readonly calls = 0;
  constructor({ units, ...rest }: Options) {
    super(rest);
    this.inner = new Dense({ units });
    this.units = units;
  }
}

export class Derived extends Same {
  readonly scale: number;
  readonly units: number;
  readonly sizes: readonly number[];
  constructor({ units = 4, ...rest }: Options = {}) {
    super(rest);
    const scale = 1 / Math.sqrt(units);
    this.scale = scale;
    this.sizes = [units, 2 * units];
    this.units = units;
  }
}

export class Various extends Same {
  constructor({ sizes = [1], by = { a: 1 }, label = "x", flag = true, none = 1, ...rest }: Options = {}) {
    super(rest);
    Object.assign(this, { sizes, by, label, flag, none });
  }
}

export class Deep extends Model {
  readonly depth: number;
  readonly blocks: Dense[] = [];
  readonly byName: Record<string, Layer>;
  constructor({ depth = 1, ...rest }: Options = {}) {
    super(rest);
    this.depth = depth;
    for (let i = 0; i < depth; i++) this.blocks.push(new Dense({ units: 3 }));
    this.byName = { drop: new Dropout({ rate: 0.5 }) };
  }
  override call(x: Operand): Operand {
    return this.blocks.reduce((y: Operand, block) => block.apply<Numeric>(y), x);
  }
}

export class Stacked extends Model {
  readonly units: number;
  readonly net: Sequential;
  constructor({ units = 2, ...rest }: Options = {}) {
    super(rest);
    this.units = units;
    this.net = new Sequential([new Dense({ units }), new Factor({ factor: units })]);
  }
  override call(x: Operand): Numeric {
    return this.net.apply<Numeric>(x);
  }
}

export class Graphed extends Model {
  readonly skips: boolean;
  readonly net: Functional;
  constructor({ skips = false, ...rest }: Options = {}) {
    super(rest);
    this.skips = skips;
    const x = Input({ shape: [3] });
    const y = new Dense({ units: 3 }).apply(x);
    this.net = new Functional({ inputs: x, outputs: skips ? ops.add(y, ops.multiply(x, 2)) : y });
  }
  override call(x: Operand): Numeric {
    return this.net.apply<Numeric>(x);
  }
}

export class Builds extends Same {
  readonly factor: number;
  readonly made: string[] = ["constructor"];
  readonly sizes: number[][];
  width = 0;
  calls = 0;
  constructor({ factor = 2, sizes = [[1]], ...rest }: Options = {}) {
    super(rest);
    this.factor = factor;
    this.sizes = sizes;
  }
  override build(shape: Shape): void {
    this.sizes[0]?.push(this.factor);
    this.width = shape.at(-1) as number;
    this.made.push("build");
    this.addWeight({ name: "w", shape: [this.width], initializer: "ones" });
  }
  override call(x: Operand): Operand {
    this.calls++;
    return x;
  }
}

export class OwnWeight extends Same {
  readonly stddev: number;
  constructor({ stddev = 1, ...rest }: Options = {}) {
    super(rest);
    this.stddev = stddev;
    this.addWeight({ name: "w", shape: [2], initializer: new RandomNormal({ stddev }) });
  }
}

export class Positional extends Same {
  readonly factor: number;
  constructor(factor = 2, options: Options = {}) {
    super(options);
    this.factor = factor;
  }
  static override fromConfig<T>(this: new (...args: never[]) => T, { factor, ...config }: Options): T {
    return new (this as unknown as typeof Positional)(factor, config) as T;
  }
}

export class Middle extends Factor {
  readonly middle: string;
  constructor({ middle = "m", ...rest }: Options = {}) {
    super({ ...rest, factor: rest.factor ?? 3 });
    this.middle = middle;
  }
}

export class Inherits extends Middle {
  readonly extra = 1;
}

export class Passes extends Factor {
  readonly extra: number;
  constructor() {
    // biome-ignore lint/complexity/noArguments: what compilers make of a class without a constructor.
    super(...arguments);
    this.extra = 1;
  }
}

export class MyDense extends Dense {
  readonly factor: number;
  constructor({ factor = 2, ...rest }: Options = {}) {
    super(rest);
    this.factor = factor;
  }
}

export class MyWrapper extends Wrapper {
  readonly times: number;
  constructor({ times = 1, ...rest }: Options = {}) {
    super(rest);
    this.times = times;
  }
  override call(x: Operand): Numeric {
    return this.layer.apply<Numeric>(x);
  }
}

export class WithFields extends layer("WithFields", { rate: float(0.5) }, { package: "mine" }) {
  readonly factor: number;
  readonly twice: number;
  constructor({ factor = 2, ...rest }: Options = {}) {
    super(rest);
    this.factor = factor;
    this.twice = 2 * this.rate;
  }
  override call(x: Operand): Operand {
    return x;
  }
}

export class Sure extends WithFields {
  readonly sum: number;
  constructor(options: Options) {
    super(options);
    this.sum = this.factor + this.rate;
  }
}

export class Draws extends Same {
  readonly seed: number;
  constructor({ seed = null, ...rest }: Options = {}) {
    super(rest);
    this.seed = seed ?? Math.random();
  }
}

class Owner {
  readonly owned: Layer;
  constructor(owned: Layer) {
    this.owned = owned;
  }
}

export class Round extends Same {
  readonly factor: number;
  readonly bag: Record<string, unknown> = {};
  readonly owner: Owner;
  constructor({ factor = 2, ...rest }: Options = {}) {
    super(rest);
    this.factor = factor;
    this.bag.self = this.bag;
    this.owner = new Owner(this);
  }
}

class Helper {
  readonly parts = "of something else";
  readonly sizes: ReadonlyMap<string, number>;
  constructor(size: number) {
    this.sizes = new Map([["size", size]]);
  }
}

export class Helped extends Same {
  readonly size: number;
  readonly helper: Helper;
  readonly table: Float32Array;
  constructor({ size = 2, ...rest }: Options = {}) {
    super(rest);
    this.size = size;
    this.helper = new Helper(size);
    this.table = new Float32Array(size);
  }
}

export class Tree extends Model {
  readonly depth: number;
  readonly inside: Tree | null;
  readonly stack: Sequential;
  constructor({ depth = 0, ...rest }: Options = {}) {
    super(rest);
    this.depth = depth;
    this.inside = depth > 0 ? new Tree({ depth: depth - 1 }) : null;
    this.stack = new Sequential(this.inside ? [new Dense({ units: 2 }), this.inside] : []);
  }
  override call(x: Operand): Operand {
    return x;
  }
}

export class Methods extends Same {
  readonly factor: number;
  constructor({ factor = 2, ...rest }: Options = {}) {
    super(rest);
    this.factor = this.#checked(factor);
  }
  #checked(factor: number): number {
    return Math.abs(factor);
  }
}

export class GraphOfOwn extends Functional {
  readonly factor: number;
  constructor({ factor = 2, ...graph }: Options) {
    super(graph);
    this.factor = factor;
  }
}

export class MakesGraph extends Functional {
  readonly units: number;
  constructor({ units = 2, name }: Options = {}) {
    const x = Input({ shape: [3], name: "x" });
    super({ inputs: x, outputs: new Dense({ units, name: "d" }).apply(x), name });
    this.units = units;
  }
}
