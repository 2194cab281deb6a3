import { describe, expect, it } from "vitest";
import type { Engine } from "../engines/engine.ts";
import { onnxruntime } from "../engines/onnxruntime/index.ts";
import { reference, useReference } from "../engines/reference/index.ts";
import { Builder } from "../program/builder.ts";
import { assign, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { Value } from "../program/value.ts";
import { Variable } from "../program/variable.ts";
import { fromNumbers, toNested } from "../tensor/create.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { add, multiply } from "./arithmetic.ts";
import { scan } from "./scan.ts";

useReference();
const engines: readonly Engine[] = [reference, onnxruntime({ package: "onnxruntime-node" })];

function vector(...numbers: number[]): Tensor {
  return fromNumbers("float32", [numbers.length], numbers);
}

function scalarVariable(name: string, value: number): Variable {
  const initialize = () => fromNumbers("float32", [], [value]);
  return new Variable({ name, shape: [], dtype: "float32", initialize });
}

/** Traces a computation on inputs of these shapes; gives what both engines compute of it. */
async function run(
  shapes: readonly Shape[],
  compute: (...inputs: Value[]) => readonly Numeric[],
  given: readonly Tensor[],
): Promise<unknown> {
  const builder = new Builder();
  const inputs = shapes.map((shape) => builder.input({ shape, dtype: "float32" }));
  const program = builder.finish(compute(...inputs) as Value[]);
  const results: unknown[] = [];
  for (const engine of engines) {
    const executable = await engine.compile(program);
    results.push((await executable.run(given)).map(toNested));
    await executable.dispose();
  }
  expect(results[1]).toEqual(results[0]);
  return results[0];
}

const start = fromNumbers("float32", [], [0]);

/** Running sums, and twice the entries. */
function sums(xs: Numeric, zero: Numeric, reverse = false): readonly Numeric[] {
  const { carries, outputs } = scan(
    ([sum], [x]) => {
      const next = add(sum!, x!);
      return { carries: [next], outputs: [next, multiply(x!, 2)] };
    },
    { carries: [zero], xs: [xs], reverse },
  );
  return [...carries, ...outputs];
}

describe("scan", () => {
  it("goes through the entries now, where they are numbers", () => {
    expect((sums(vector(1, 2, 3), start) as Tensor[]).map(toNested)).toEqual([6, [1, 3, 6], [2, 4, 6]]);
    expect((sums(vector(1, 2, 3), start, true) as Tensor[]).map(toNested)).toEqual([6, [6, 5, 3], [2, 4, 6]]);
    expect((sums(vector(), start) as Tensor[]).map(toNested)).toEqual([0, [], []]);
  });

  it("gives the same in a program of any length", async () => {
    for (const reverse of [false, true]) {
      for (const xs of [vector(1, 2, 3), vector(4)]) {
        const now = (sums(xs, start, reverse) as Tensor[]).map(toNested);
        expect(await run([[null]], (value) => sums(value, start, reverse), [xs])).toEqual(now);
      }
    }
  });

  it("works out shapes without computing", () => {
    const specs = sums(new Value([null, 5], "float32"), new Value([5], "float32"));
    expect(specs.map(({ shape }) => shape)).toEqual([[5], [null, 5], [null, 5]]);
    const step = (_: readonly Numeric[], [x]: readonly Numeric[]) => ({ carries: [], outputs: [x!] });
    expect(scan(step, { carries: [], xs: [new Value([7, 2], "int32")] }).outputs[0]!.shape).toEqual([7, 2]);
  });

  it("lets a step use what is around it: values, variables, tensors and what it computes of them", async () => {
    const scale = scalarVariable("scale", 10);
    const compute = (xs: Numeric, bias: Numeric) => {
      const step = (_: readonly Numeric[], [x]: readonly Numeric[]) => {
        const shift = add(multiply(bias, 2), vector(0.5));
        return { carries: [], outputs: [add(shift, multiply(scale, x!)), bias, scale] };
      };
      return scan(step, { carries: [], xs: [xs] }).outputs;
    };
    const expected = [
      [[12.5], [22.5]],
      [[1], [1]],
      [10, 10],
    ];
    expect((compute(vector(1, 2), vector(1)) as Tensor[]).map(toNested)).toEqual(expected);
    expect(await run([[null], [1]], compute, [vector(1, 2), vector(1)])).toEqual(expected);
    const abstract = compute(new Value([null], "float32"), new Value([1], "float32"));
    expect(abstract.map(({ shape }) => shape)).toEqual([[null, 1], [null, 1], [null]]);
    expect(scale.version).toBe(0);
  });

  it("computes what does not depend on the step once, before the loop", () => {
    const builder = new Builder();
    const xs = builder.input({ shape: [null], dtype: "float32" });
    const bias = builder.input({ shape: [], dtype: "float32" });
    const { outputs } = scan((_, [x]) => ({ carries: [], outputs: [add(x, prim("exp", [bias]))] }), {
      carries: [],
      xs: [xs],
    });
    const { instructions } = builder.finish(outputs as readonly Value[]);
    expect(instructions.map(({ primitive }) => primitive)).toEqual(["exp", "scan"]);
  });

  it("reads variables when the program runs, not when it is traced", () => {
    const scale = scalarVariable("scale", 10);
    const builder = new Builder();
    const xs = builder.input({ shape: [2], dtype: "float32" });
    const { outputs } = scan((_, [x]) => ({ carries: [], outputs: [multiply(x, scale)] }), {
      carries: [],
      xs: [xs],
    });
    const program = builder.finish(outputs as readonly Value[]);
    expect([...program.variables.values()]).toEqual([scale]);
    expect(program.instructions.map(({ inputs }) => inputs.length)).toEqual([2]);
    expect(scale.isMaterialized).toBe(false);
  });

  it("takes a variable that a step assigns from step to step, and on to what follows", async () => {
    for (const traced of [false, true]) {
      const count = scalarVariable("count", 100);
      const compute = (xs: Numeric): Numeric[] => {
        const step = (_: readonly Numeric[], [x]: readonly Numeric[]) => {
          const next = add(count, x!) as Numeric;
          assign(count, next);
          return { carries: [], outputs: [multiply(next, 2)] };
        };
        const { outputs } = scan(step, { carries: [], xs: [xs] });
        return [...outputs, add(xs, count)];
      };
      const expected = [
        [202, 206],
        [104, 105],
      ];
      if (traced) expect(await run([[null]], compute, [vector(1, 2)])).toEqual([...expected, 103]);
      else {
        expect((compute(vector(1, 2)) as Tensor[]).map(toNested)).toEqual(expected);
        expect(toNested(count.value)).toBe(103);
      }
    }
  });

  it("may be inside a step of another", async () => {
    const compute = (rows: Numeric) =>
      scan(
        ([total], [row]) => {
          const [sum] = sums(row, total);
          return { carries: [sum as Operand], outputs: [sum as Operand] };
        },
        { carries: [start], xs: [rows] },
      ).outputs;
    const rows = fromNumbers("float32", [2, 3], [1, 2, 3, 4, 5, 6]);
    expect((compute(rows) as readonly Tensor[]).map(toNested)).toEqual([[6, 21]]);
    expect(await run([[null, null]], compute, [rows])).toEqual([[6, 21]]);
  });

  it("refuses a traced step that assigns a variable it does not read", () => {
    const builder = new Builder();
    const xs = builder.input({ shape: [2], dtype: "float32" });
    const step = (_: readonly Numeric[], [x]: readonly Numeric[]) => {
      assign(scalarVariable("last", 0), x!);
      return { carries: [], outputs: [x!] };
    };
    expect(() => scan(step, { carries: [], xs: [xs] })).toThrow(
      "last: expected a variable that a loop assigns to be read in it too, received one that is not.",
    );
  });
});
