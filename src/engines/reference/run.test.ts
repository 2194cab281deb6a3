import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ShapeError } from "../../errors.ts";
import { Builder } from "../../program/builder.ts";
import type { Operand } from "../../program/emit.ts";
import { emitAny } from "../../program/emit-any.fixture.ts";
import type { Attributes, PrimitiveName } from "../../program/primitives.ts";
import type { Value } from "../../program/value.ts";
import { Variable } from "../../program/variable.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Random } from "../primitive-cases/random.ts";
import { evaluate, reference, runProgram, useReference } from "./index.ts";

function apply<K extends PrimitiveName>(primitive: K, operands: Operand[], attributes: Attributes[K]): Value {
  return emitAny(primitive, operands, attributes)[0] as Value;
}

const vector = (...values: number[]) => new Tensor("float32", [values.length], Float32Array.from(values));

function variable(value: Tensor): Variable {
  return new Variable({ name: "v", shape: value.shape, dtype: value.dtype, initialize: () => value });
}

describe("runProgram", () => {
  it("gives outputs, also those that are inputs, constants or used again", () => {
    const builder = new Builder();
    const x = builder.input({ shape: [null], dtype: "float32" });
    const two = vector(2);
    const doubled = apply("mul", [x, two], {});
    const sum = apply("add", [doubled, x], {});
    const program = builder.finish([sum, x, doubled, builder.constant(two)]);
    expect(runProgram(program, [vector(1, 5)])).toEqual([vector(3, 15), vector(1, 5), vector(2, 10), two]);
  });

  it("reads variables and gives their new values after the outputs", () => {
    const builder = new Builder();
    const counter = variable(vector(1));
    const x = builder.input({ shape: [1], dtype: "float32" });
    const next = apply("add", [x, counter], {});
    builder.update(counter, next);
    const program = builder.finish([apply("neg", [x], {})]);
    expect(runProgram(program, [vector(5)])).toEqual([vector(-5), vector(6)]);
    counter.assign(vector(10));
    expect(runProgram(program, [vector(5)])).toEqual([vector(-5), vector(15)]);
    expect(counter.value).toEqual(vector(10));
  });

  it("runs a long chain", () => {
    const builder = new Builder();
    let x = builder.input({ shape: [1], dtype: "float32" });
    const one = vector(1);
    for (let i = 0; i < 20_000; i++) x = apply("add", [x, one], {});
    expect(runProgram(builder.finish([x]), [vector(0)])).toEqual([vector(20_000)]);
  });

  it("complains about inputs that do not fit", () => {
    const builder = new Builder();
    const x = builder.input({ shape: [null, 3], dtype: "float32" });
    const program = builder.finish([x]);
    expect(() => runProgram(program, [])).toThrow(
      new ShapeError("program", "expected 1 inputs, received 0."),
    );
    expect(() => runProgram(program, [vector(1)])).toThrow(
      new ShapeError("program.inputs[0]", "expected float32 (None, 3), received float32 (1,)."),
    );
  });
});

describe("reference", () => {
  it("reads variables when it compiles", async () => {
    const builder = new Builder();
    const weight = variable(vector(2));
    const x = builder.input({ shape: [1], dtype: "float32" });
    const executable = await reference.compile(builder.finish([apply("mul", [x, weight], {})]));
    weight.assign(vector(100));
    expect(await executable.run([vector(3)])).toEqual([vector(6)]);
    await executable.dispose();
  });
});

describe("useReference", () => {
  it("makes tensors compute at once", () => {
    useReference();
    expect(emitAny("add", [vector(1), variable(vector(2))], {})).toEqual([vector(3)]);
  });
});

describe("scan", () => {
  it("is its body applied step by step", () => {
    const builder = new Builder();
    const factor = builder.input({ shape: [2], dtype: "float32" });
    const state = builder.input({ shape: [2], dtype: "float32" });
    const x = builder.input({ shape: [2], dtype: "float32" });
    const next = apply("add", [apply("mul", [state, factor], {}), x], {});
    const body = builder.finish([next, apply("sub", [next, x], {})]);
    const property = fc.property(fc.integer(), fc.nat(6), fc.boolean(), (seed, length, reverse) => {
      const random = new Random(seed);
      const a = random.floats([2]);
      const xs = random.floats([length, 2]);
      let last = random.floats([2]);
      const [final, outputs] = evaluate("scan", [a, last, xs], { body, consts: 1, carries: 1, reverse });
      for (let step = 0; step < length; step++) {
        const k = reverse ? length - 1 - step : step;
        const entry = new Tensor("float32", [2], xs.data.slice(2 * k, 2 * k + 2));
        const [state2, output] = runProgram(body, [a, last, entry]);
        last = state2!;
        expect([...outputs!.data.slice(2 * k, 2 * k + 2)]).toEqual([...output!.data]);
      }
      expect(final).toEqual(last);
      expect(outputs!.shape).toEqual([length, 2]);
    });
    fc.assert(property);
  });
});
