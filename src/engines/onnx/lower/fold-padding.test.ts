import fc from "fast-check";
import { expect, it } from "vitest";
import { Builder } from "../../../program/builder.ts";
import { emitAny } from "../../../program/emit-any.fixture.ts";
import type { Padding, Program } from "../../../program/primitives.ts";
import type { Value } from "../../../program/value.ts";
import { fromNumbers, toNumbers } from "../../../tensor/cast.ts";
import { sizeOf } from "../../../tensor/shape.ts";
import { runProgram } from "../../reference/index.ts";
import { foldPadding } from "./fold-padding.ts";

const apply = (...args: Parameters<typeof emitAny>): Value => emitAny(...args)[0] as Value;
const each = <T>(item: fc.Arbitrary<T>, count: number) =>
  fc.array(item, { minLength: count, maxLength: count });
const upTo = (max: number, min = 0) => fc.integer({ min, max });
const sides = (max: number) => fc.tuple(upTo(max), upTo(max));

/** An image with zeros around it, and what reads it; none of its axes is like another. */
const framed = upTo(3, 1).chain((rank) =>
  fc.record({
    image: each(upTo(6, 3), rank),
    frame: each(sides(3), rank),
    own: each(sides(1), rank),
    window: each(upTo(3, 1), rank),
    strides: each(upTo(2, 1), rank),
    dilation: each(upTo(2, 1), rank),
    groups: upTo(2, 1),
    before: fc.constantFrom("relu", "clamp", "nothing"),
    reader: fc.constantFrom("conv", "max_pool"),
    values: fc.infiniteStream(fc.constantFrom(-3, -2, -1, 0, 1, 2, 3, Number.NaN, Number.POSITIVE_INFINITY)),
  }),
);

type Framed = typeof framed extends fc.Arbitrary<infer T> ? T : never;

function programOf({ image, frame, own, window, strides, dilation, groups, before, reader }: Framed) {
  const builder = new Builder();
  const channels = 2;
  const shape = [1, ...image, channels];
  const input = builder.input({ shape, dtype: "float32" });
  const bounded = before === "clamp" ? apply("clamp", [input], { min: 0, max: 2 }) : input;
  const x = before === "relu" ? apply("relu", [input], {}) : bounded;
  const around: Padding = [[0, 0], ...frame, [0, 0]];
  const padded = apply("pad", [x], { padding: around, mode: "constant", value: 0 });
  const isDilated = strides.every((stride) => stride === 1);
  const kernel = [...window, channels / groups, 2];
  const weights = Array.from({ length: sizeOf(kernel) }, (_, i) => (i % 5) - 2);
  const y =
    reader === "conv"
      ? apply("conv", [padded, builder.constant(fromNumbers("float32", kernel, weights))], {
          strides,
          padding: own,
          dilation: isDilated ? dilation : window.map(() => 1),
          groups,
        })
      : apply("max_pool", [padded], {
          window: window.map((size) => size + 1),
          strides,
          padding: own,
        });
  return { shape, program: builder.finish([y]) };
}

it("changes nothing of what is computed, wherever the zeros are", () => {
  let folded = 0;
  fc.assert(
    fc.property(framed, (one) => {
      const { shape, program } = programOf(one);
      const instructions = foldPadding(program.instructions);
      if (instructions.every((instruction, i) => instruction === program.instructions[i])) return;
      folded++;
      const numbers = Array.from({ length: sizeOf(shape) }, () => one.values.next().value as number);
      // Weights are finite: a zero around the image times an infinite one would be NaN.
      const input = fromNumbers("float32", shape, numbers);
      const run = (which: Program) => runProgram(which, [input]).map(toNumbers);
      expect(run({ ...program, instructions })).toEqual(run(program));
    }),
    { numRuns: 300, seed: 1 },
  );
  expect(folded).toBeGreaterThan(100);
});
