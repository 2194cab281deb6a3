import { describe, expect, it } from "vitest";
import { tensor } from "../engines/tensor.ts";
import { float } from "../fields/shorthands.ts";
import { layer } from "../layers/define.ts";
import { Add, Conv1D, Dense, LSTM } from "../layers/index.ts";
import { multiply } from "../ops/index.ts";
import type { Operand, Result } from "../program/emit.ts";
import { checkLayer } from "./check-layer.ts";

class Scale extends layer("Scale", { factor: float(1) }, { package: "test" }) {
  override call(x: Operand): Result {
    return multiply(x, this.factor);
  }
}

/** Forgets its factor. */
class Forgetful extends layer("Forgetful", { factor: float(1) }, { package: "test" }) {
  override call(x: Operand): Result {
    return multiply(x, this.factor);
  }
  override getConfig() {
    const { factor: _, ...config } = super.getConfig();
    return config;
  }
}

const row = tensor([[1, 2, 3]], { dtype: "float32" });
const steps = tensor(
  [
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  ],
  { dtype: "float32" },
);

describe("checkLayer", () => {
  it.each([
    ["a layer of one's own", () => new Scale({ factor: 2 }), row],
    ["Dense", () => new Dense({ units: 2, activation: "tanh" }), row],
    ["Conv1D", () => new Conv1D({ filters: 2, kernel_size: 2 }), steps],
    ["LSTM", () => new LSTM({ units: 2 }), steps],
    ["Add", () => new Add(), [row, row]],
  ])("passes %s", (_, make, inputs) => {
    expect(() => checkLayer(make, { inputs })).not.toThrow();
  });

  it("says what a layer does not keep", () => {
    expect(() => checkLayer(() => new Forgetful({ factor: 2 }), { inputs: row })).toThrow(
      /^checkLayer: Forgetful: element 0 of output 0 of a copy with the same weights: expected 2, received 1\.$/,
    );
  });
});
