import { describe, expect, it } from "vitest";
import { copied, pieces } from "./transfer.ts";

describe("pieces", () => {
  it.each([
    [[], []],
    [[[], []], []],
    [[[1, 2, 3]], [[1, 2, 3]]],
    [[[1, 2, 3, 4]], [[1, 2, 3, 4]]],
    [
      [[1], [], [2, 3, 4, 5, 6], [7]],
      [
        [1, 2, 3, 4],
        [5, 6, 7],
      ],
    ],
    [
      [[1, 2, 3, 4, 5, 6, 7, 8]],
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
    ],
    [
      [[1, 2, 3, 4], [5]],
      [[1, 2, 3, 4], [5]],
    ],
  ])("of %j, 4 bytes at most: %j", (parts, expected) => {
    const made = [
      ...pieces(
        parts.map((part) => Uint8Array.from(part)),
        4,
      ),
    ];
    expect(made.map((piece) => [...piece])).toEqual(expected);
    for (const piece of made) expect(piece.buffer.byteLength).toBe(piece.length);
  });
});

describe("copied", () => {
  it.each([10, 3_000_000])("%i numbers have a buffer of their own", async (length) => {
    const source = Float32Array.from({ length: length + 3 }, (_, i) => i).subarray(3);
    const copy = await copied(source);
    expect(copy).toBeInstanceOf(Float32Array);
    expect(copy.length).toBe(length);
    expect(source.every((number, i) => copy[i] === number)).toBe(true);
    expect(copy.buffer).not.toBe(source.buffer);
    expect(copy.buffer.byteLength).toBe(source.byteLength);
  });
});
