import { positiveInt } from "../src/fields/shorthands.ts";
import { layer } from "../src/layers/define.ts";
import { Layer } from "../src/layers/layer.ts";
import { cellCall } from "../src/layers/recurrent/cell.ts";
import type { States } from "../src/layers/recurrent/rnn-loop.ts";
import { add, multiply } from "../src/ops/arithmetic.ts";
import { matmul } from "../src/ops/matmul.ts";
import type { Numeric, Operand } from "../src/program/emit.ts";
import type { Variable } from "../src/program/variable.ts";
import type { CustomObjects } from "../src/registry/registry.ts";
import type { Shape } from "../src/tensor/shape.ts";

/** The twin of `Plain` in golden/cases/custom.py, under another name, as a minifier makes it. */
class A extends Layer {
  override call(x: Operand): Numeric {
    return multiply(x, 3);
  }
}

/** The twin of `Unnamed`, which takes its argument without a field. */
class Unnamed extends Layer {
  readonly factor: number;

  constructor({ factor = 2, ...rest }: { readonly factor?: number } = {}) {
    super(rest);
    this.factor = factor;
  }

  override call(x: Operand): Numeric {
    return multiply(x, this.factor);
  }
}

/** The twin of `Only`, under another name. */
class B extends layer("B", { factor: positiveInt(2) }) {
  override call(x: Operand): Numeric {
    return add(x, this.factor);
  }
}

/** The twin of `Fading`, a cell. */
class Fading extends layer("Fading", { units: positiveInt() }, { call: cellCall }) {
  declare kernel: Variable;

  get state_size(): number {
    return this.units;
  }

  override build(shape: Shape): void {
    this.kernel = this.addWeight({ name: "kernel", shape: [shape.at(-1)!, this.units] });
  }

  override call(x: Operand, { states }: { readonly states: States }): readonly [Numeric, States] {
    const out = add(matmul(x, this.kernel), multiply((states as readonly Numeric[])[0]!, 0.5));
    return [out, [out]];
  }
}

/** Twins of layers that golden/cases/custom.py registers; the classes do not say under which names. */
export const keptObjects: CustomObjects = {
  "golden>Plain": A,
  "golden>Unnamed": Unnamed,
  "golden>Only": B,
  "golden>Fading": Fading,
};
