import { describe, expect, it } from "vitest";
import {
  activation,
  choice,
  constraints,
  float,
  initializer,
  integers,
  positiveInt,
  regularizers,
  shape,
  sublayer,
} from "./fields.ts";
import { Dense, layer } from "./layers/index.ts";
import { add, matmul, multiply, type Numeric, type Operand } from "./ops/index.ts";
import type { Variable } from "./program/variable.ts";
import type { Shape } from "./tensor/shape.ts";
import { checkLayer } from "./testing/index.ts";

/** A layer as somebody outside this package writes one, with a field of every family. */
class Gated extends layer(
  "Gated",
  {
    units: positiveInt(),
    scale: float(1),
    mode: choice("sum", "product")("sum"),
    axes: integers([-1]),
    window: shape(null),
    activation: activation("relu"),
    kernel_initializer: initializer("glorot_uniform"),
    ...regularizers("kernel"),
    ...constraints("kernel"),
    gate: sublayer(),
  },
  { package: "authors" },
) {
  declare kernel: Variable;

  override build(input: Shape): void {
    const size = input.at(-1) ?? null;
    this.kernel = this.addWeight({
      name: "kernel",
      shape: [size, this.units],
      initializer: this.kernel_initializer,
    });
  }

  override call(x: Operand): Numeric {
    const inner = this.activation(multiply(matmul(x, this.kernel), this.scale));
    const gate = this.gate.apply<Numeric>(x);
    return this.mode === "sum" ? add(inner, gate) : multiply(inner, gate);
  }
}

const make = () => new Gated({ units: 3, mode: "product", gate: new Dense({ units: 3 }) });

describe("ceratops/fields", () => {
  it("serves a layer of one's own", async () => {
    const { outputShapes } = await checkLayer(make, { inputs: [null, 4] });
    expect(outputShapes).toEqual([[null, 3]]);
  });

  it("says defaults, and what a value must be", () => {
    expect(make().getConfig()).toMatchObject({
      scale: 1,
      mode: "product",
      axes: [-1],
      window: null,
      kernel_regularizer: null,
    });
    expect(() => new Gated({ units: 0, gate: new Dense({ units: 3 }) })).toThrow(
      "Gated.units: expected a positive integer, received 0.",
    );
  });
});
