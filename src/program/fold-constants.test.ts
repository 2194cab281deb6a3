import { describe, expect, it } from "vitest";
import { evaluate, runProgram } from "../engines/reference/index.ts";
import { fromNested, toNested } from "../tensor/create.ts";
import { Builder } from "./builder.ts";
import { runCalling } from "./calling.ts";
import type { Numeric } from "./emit.ts";
import { foldConstants } from "./fold-constants.ts";
import { prim } from "./prim.ts";
import type { Value } from "./value.ts";

function traced(body: (x: Value) => Numeric) {
  const builder = new Builder();
  const x = builder.input({ shape: [null, 2], dtype: "float32" });
  const output = runCalling({ within: { builder } }, () => body(x)) as Value;
  return builder.finish([output]);
}

const two = fromNested([2, 3], "float32");
const x = fromNested([[1, 2]], "float32");

describe("foldConstants", () => {
  it("computes what depends on constants alone, and nothing else", () => {
    const program = traced((value) => prim("add", [prim("neg", [value]), prim("exp", [prim("neg", [two])])]));
    const folded = foldConstants(program, evaluate);
    expect(program.instructions.map(({ primitive }) => primitive)).toEqual(["neg", "neg", "exp", "add"]);
    expect(folded.instructions.map(({ primitive }) => primitive)).toEqual(["neg", "add"]);
    expect([...folded.constants.values()].map(({ data }) => [...data])).toEqual([
      [Math.fround(Math.exp(-2)), Math.fround(Math.exp(-3))],
    ]);
    expect(runProgram(folded, [x])).toEqual(runProgram(program, [x]));
  });

  it("folds an output that is a constant itself", () => {
    const folded = foldConstants(
      traced(() => prim("neg", [two])),
      evaluate,
    );
    expect(folded.instructions).toEqual([]);
    expect(toNested(runProgram(folded, [x])[0]!)).toEqual([-2, -3]);
  });

  it("leaves what would grow", () => {
    const program = traced((value) => {
      const wide = prim("broadcast_to", [two], { shape: [100_000, 2] });
      return prim("add", [prim("reduce_sum", [wide], { axes: [0], keepdims: false }), value]);
    });
    expect(foldConstants(program, evaluate)).toBe(program);
  });
});
