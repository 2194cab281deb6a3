import { describe, expect, it } from "vitest";
import { reference, useReference } from "../engines/reference/index.ts";
import { Builder } from "../program/builder.ts";
import type { Value } from "../program/value.ts";
import { fromNested } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { arange, customGradient, multiply, rearrange, reshape, unique } from "./index.ts";

useReference();

const x = reshape(arange(24), { newshape: [2, 3, 4] }) as Tensor;

describe("rearrange", () => {
  it.each([
    ["b h w -> b (w h)", {}, [2, 12]],
    ["b h (w two) -> two (b h) w", { two: 2 }, [2, 6, 2]],
    ["(b one) h w -> w b h one", { b: 2 }, [4, 2, 3, 1]],
  ])("%s %j", (pattern, lengths, shape) => {
    expect(rearrange(x, { pattern, ...lengths }).shape).toEqual(shape);
  });

  it("keeps an open batch, and takes it apart", async () => {
    const builder = new Builder();
    const given = builder.input({ shape: [null, 3, 4], dtype: "int32" });
    const kept = rearrange(given, { pattern: "b h w -> b (w h)" });
    expect(kept.shape).toEqual([null, 12]);
    const apart = rearrange(given, { pattern: "(b n) h w -> b h (n w)", n: 2 });
    const executable = await reference.compile(builder.finish([apart] as Value[]));
    const [received] = await executable.run([x]);
    expect(received!.toArray()).toEqual([
      [
        [0, 1, 2, 3, 12, 13, 14, 15],
        [4, 5, 6, 7, 16, 17, 18, 19],
        [8, 9, 10, 11, 20, 21, 22, 23],
      ],
    ]);
  });

  it.each([
    [
      { pattern: "b h w" },
      'rearrange: expected a pattern with one arrow, as "b h w -> b (h w)", received "b h w".',
    ],
    [
      { pattern: "b ... -> ... b" },
      'rearrange: expected names of axes, some in parentheses, received "b ... -> ... b".',
    ],
    [
      { pattern: "b h w -> b h" },
      'rearrange: expected each axis once on both sides, received "b h w -> b h".',
    ],
    [{ pattern: "b h -> h b" }, 'rearrange: expected an axis for each of (2, 3, 4), received "b h -> h b".'],
    [{ pattern: "b h (w v) -> b h w v" }, 'rearrange: expected the length of "w" or of "v", received none.'],
    [{ pattern: "b h (w v) -> b h w v", v: 3 }, "rearrange: expected lengths that make 4, received 3."],
    [
      { pattern: "b h w -> w h b", v: 3 },
      'rearrange: expected lengths of axes of the pattern, received that of "v".',
    ],
    [{ pattern: "b h w -> w h b", w: "4" }, 'rearrange: expected a length of "w", received "4".'],
    [{}, "rearrange: expected { pattern, … }, received {}."],
  ])("refuses %j in words", (options, message) => {
    expect(() => rearrange(x, options as never)).toThrow(message);
  });
});

describe("unique", () => {
  it("refuses to make up elements of nothing", () => {
    expect(() => unique(fromNested([]), { size: 2 })).toThrow(
      "unique: expected a fill_value for what has no elements, received null.",
    );
    expect((unique(fromNested([]), { size: 2, fill_value: 7 }) as Tensor).toArray()).toEqual([7, 7]);
  });
});

describe("customGradient", () => {
  it("gives the output of the function", () => {
    const twice = customGradient((a: Tensor) => [multiply(a, 2), () => null]);
    expect((twice(fromNested([1, 2])) as Tensor).toArray()).toEqual([2, 4]);
  });

  it("refuses in words what is no such function", () => {
    expect(() => customGradient(3 as never)).toThrow("customGradient: expected a function, received 3.");
    expect(customGradient((() => 5) as never)).toThrow(
      "customGradient: expected the function to return an output and a function, received 5.",
    );
  });
});
