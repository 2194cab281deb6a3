import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { noteFor } from "../../test/tried.ts";
import type { Engine } from "../engines/engine.ts";
import { onnxruntime } from "../engines/onnxruntime/index.ts";
import { reference, useReference } from "../engines/reference/index.ts";
import { Builder } from "../program/builder.ts";
import { runCalling } from "../program/calling.ts";
import type { Numeric } from "../program/emit.ts";
import { Value } from "../program/value.ts";
import { castTensor, fromNumbers } from "../tensor/create.ts";
import { arrayType, type DType } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import * as random from "./index.ts";
import { SeedGenerator } from "./index.ts";

useReference();

interface Case {
  readonly function:
    | "uniform"
    | "normal"
    | "truncated_normal"
    | "randint"
    | "categorical"
    | "dropout"
    | "shuffle"
    | "gamma"
    | "beta"
    | "binomial";
  readonly x?: { readonly values: never; readonly dtype: DType; readonly shape: readonly number[] };
  readonly arguments: readonly never[];
  readonly options: {
    readonly seed: number;
    readonly minval?: number;
    readonly maxval?: number;
    readonly mean?: number;
    readonly stddev?: number;
  };
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** After a number, and twice after a generator. */
  readonly drawn: readonly [string, string, string];
}

const golden: { cases: Case[] } = JSON.parse(
  readFileSync(new URL("random.golden.json", import.meta.url), "utf8"),
);

const cases = golden.cases.map(
  (each) =>
    [
      `${each.function}(${JSON.stringify(each.arguments)}, ${JSON.stringify(each.options)}) ${each.dtype}`,
      each,
    ] as const,
);

const functions = { ...random, truncated_normal: random.truncatedNormal };

function draw({ function: name, arguments: given, options }: Case, seed: unknown, x?: Numeric): Numeric {
  const call = functions[name] as (...all: unknown[]) => Numeric;
  return call(...(x ? [x] : []), ...given, { ...options, seed });
}

function inputOf({ x }: Case): Tensor | undefined {
  return x && fromNumbers(x.dtype, x.shape, [x.values].flat(3) as number[]);
}

/** What Keras drew: after a number, or after a generator the first or the second time. */
function expected({ drawn, dtype, shape }: Case, which: number): Tensor {
  const { buffer } = Uint8Array.from(Buffer.from(drawn[which]!, "hex"));
  return new Tensor(dtype, shape, new (arrayType(dtype))(buffer as never));
}

/**
 * How far numbers may be that are drawn at once, in units in the last place of the widest: XLA rounds float16 in other
 * places on other processors, where numbers are spread over a range or divided. What gamma distributions are made of
 * a processor guesses.
 */
function unitsAtOnce({ function: name, options, dtype }: Case): number {
  if (name === "gamma") return dtype === "float16" ? 4 : dtype === "bfloat16" ? 0 : 5;
  if (name === "beta") return 3;
  if (name === "binomial") return 0;
  const isUnit = name === "uniform" && options.minval === 0 && options.maxval === 1;
  return dtype === "float16" && !isUnit && name !== "normal" ? 2 : 0;
}

/** The size of the widest number that may be drawn. */
function widthOf({ function: name, options, arguments: given }: Case): number {
  const { minval = 0, maxval = 0, mean = 0, stddev = 0 } = options;
  if (name === "beta") return 1;
  // Of a gamma distribution the mean, the smallest where there are several.
  const least = name === "gamma" ? Math.min(...[given[1] ?? 0].flat()) : 0;
  return Math.max(maxval - minval, 4 * stddev, Math.abs(mean) + 2 * stddev, least);
}

/** The float numbers of a tensor. */
const numbersOf = ({ dtype, data }: Tensor) =>
  castTensor(new Tensor(dtype, [data.length], data), "float32").data;

/** Bit for bit, or within some units in the last place of the widest number that may be drawn. */
function expectDrawn(received: Tensor, each: Case, which: number, units: number): void {
  const wanted = expected(each, which);
  expect(received.shape).toEqual(wanted.shape);
  expect(received.dtype).toBe(wanted.dtype);
  if (units === 0) {
    const isHalf = each.dtype === "float16" || each.dtype === "bfloat16";
    const [got, want] = [received, wanted].map((tensor) => (isHalf ? numbersOf(tensor) : tensor.data));
    expect(got).toEqual(want);
    return;
  }
  const step = each.dtype === "float16" ? 2 ** -10 : each.dtype === "bfloat16" ? 2 ** -7 : 2 ** -23;
  const got = numbersOf(received);
  for (const [i, want] of numbersOf(wanted).entries()) {
    const width = Math.max(widthOf(each), Math.abs(Number(want)));
    const distance = Math.abs(Number(got[i]) - Number(want));
    expect(distance, `element ${i}: ${want}, received ${got[i]}`).toBeLessThanOrEqual(units * step * width);
  }
}

describe("drawn at once", () => {
  it.for(cases)("%s is that of Keras", ([, each], context) => {
    const x = inputOf(each);
    const generator = new SeedGenerator({ seed: each.options.seed });
    for (const [which, seed] of [each.options.seed, generator, generator].entries()) {
      const drawn = draw(each, seed, x) as Tensor;
      const names = [`random.${each.function}`, ...(seed === generator ? ["random.SeedGenerator"] : [])];
      const note = noteFor(context, ...names);
      note("randomness", () => expectDrawn(drawn, each, which, unitsAtOnce(each)));
    }
  });
});

/** How far numbers are that a program draws, in units in the last place of the widest one. */
const unitsTraced: Partial<Record<Case["function"], number>> = { uniform: 1, normal: 4, truncated_normal: 4 };

describe.each([reference, onnxruntime({ package: "onnxruntime-node" })])(
  "drawn by a program on $name",
  (engine: Engine) => {
    it.for(cases)("%s is that of Keras", async ([, each], context) => {
      const builder = new Builder();
      const x = inputOf(each);
      const value = x && builder.input(x);
      const generator = new SeedGenerator({ seed: each.options.seed });
      const outputs = runCalling({ within: { builder } }, () =>
        [1, 2].map(() => draw(each, generator, value)),
      );
      const executable = await engine.compile(builder.finish(outputs as Value[]));
      const results = await executable.run(x ? [x] : []);
      await executable.dispose();
      const note = noteFor(context, `random.${each.function}`);
      const aspect = engine === reference ? "values" : "values on ONNX Runtime";
      for (const which of [1, 2]) {
        const units = Math.max(unitsAtOnce(each), unitsTraced[each.function] ?? 0);
        note(aspect, () => expectDrawn(results[which - 1]!, each, which, units));
      }
      expect(results[2]!.data).toEqual(Uint32Array.of(each.options.seed, 2));
    });
  },
);

describe("what is not right", () => {
  const numbers = fromNumbers("int32", [2], [1, 2]);
  it.each<[() => unknown, string]>([
    [
      () => random.normal([2], { seed: 0.5 }),
      "random.normal: expected a seed that is an integer, a SeedGenerator or null, received 0.5.",
    ],
    [() => random.normal([2], { dtype: "int32" }), "random.normal: expected a float dtype, received int32."],
    [() => random.uniform([-1]), "random.uniform: expected a shape, a list of dimensions, received [-1]."],
    [
      () => random.uniform([2], { maxval: Number.NaN }),
      "random.uniform: expected maxval to be a number, received NaN.",
    ],
    [
      () => random.randint([2], 0, 5, { dtype: "float32" }),
      "random.randint: expected an integer dtype, received float32.",
    ],
    [
      () => random.categorical(numbers, 2),
      "random.categorical: expected logits of shape (batch, categories), received (2,).",
    ],
    [() => random.dropout(numbers, 0.5), "random.dropout: expected floats, received int32."],
    [
      () => random.dropout(random.normal([2]) as Tensor, 2),
      "random.dropout: expected a rate from 0 to 1, received 2.",
    ],
    [
      () => random.shuffle(new Value([null, 2], "float32")),
      "random.shuffle: expected dimensions that are all known, received (None, 2).",
    ],
    [
      () => runCalling({ within: { builder: new Builder() } }, () => random.normal([2])),
      "random.normal: expected a seed where a program is traced, received null. Give a SeedGenerator.",
    ],
  ])("is refused in words: %s", (draw, message) => {
    expect(draw).toThrow(message);
  });

  it("is refused in words: parameters that fit no shape, or are no numbers", () => {
    expect(() => random.gamma([2], [1, 2, 3])).toThrow("broadcast_to: cannot broadcast (3,) to (2,).");
    expect(() => random.binomial([2], "ten" as never, 0.5)).toThrow(
      'random.binomial: expected numbers as counts, received "ten".',
    );
  });

  it("draws others in each call without a seed, and the same after a seed", () => {
    expect((random.normal([8]) as Tensor).data).not.toEqual((random.normal([8]) as Tensor).data);
    expect((random.normal([8], { seed: 3 }) as Tensor).data).toEqual(
      (random.normal([8], { seed: 3n }) as Tensor).data,
    );
  });
});

it("says which numbers there is no room for", () => {
  expect(() => random.uniform([1e6, 1e6], { seed: 1 })).toThrow(
    "random: expected sizes that fit into memory, received (1000000, 1000000).",
  );
});
