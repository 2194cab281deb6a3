import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import * as half from "./float16.ts";

const all = Uint16Array.from({ length: 65536 }, (_, bits) => bits);

describe.each([
  {
    name: "float16",
    to: half.toFloat16,
    from: half.fromFloat16,
    encode: half.encodeFloat16,
    decode: half.decodeFloat16,
    infinity: 0x7c00,
    largest: 65504,
    step: 32,
    // Of all 65,536 numbers as NumPy decodes them to little-endian float32, every NaN as 0x7fc00000.
    sha256: "385ff5fe69182797cda5f1827e20cf423f4416bc9246f27d0eec27cac9039259",
  },
  {
    name: "bfloat16",
    to: half.toBfloat16,
    from: half.fromBfloat16,
    encode: half.encodeBfloat16,
    decode: half.decodeBfloat16,
    infinity: 0x7f80,
    largest: 255 * 2 ** 120,
    step: 2 ** 120,
    sha256: "f12e27efe34841dfd6391497b86f389096b03a376586e1d9691bba0a8de3980a",
  },
])("$name", ({ to, from, encode, decode, infinity, largest, step, sha256 }) => {
  const isNaNBits = (bits: number) => (bits & 0x7fff) > infinity;

  it("decodes every pattern as NumPy", () => {
    const words = new Uint32Array(decode(all).buffer).map((word, bits) =>
      isNaNBits(bits) ? 0x7fc00000 : word,
    );
    expect(createHash("sha256").update(words).digest("hex")).toBe(sha256);
    expect(decode(all.filter(isNaNBits)).every(Number.isNaN)).toBe(true);
  });

  it("decodes one as it decodes many", () => {
    const many = decode(all);
    expect([...all.filter((bits) => !Object.is(from(bits), many[bits]!))]).toEqual([]);
  });

  it("encodes every number back to its pattern, every NaN to a NaN", () => {
    const back = encode(decode(all));
    const changed = all.filter((bits) => (isNaNBits(bits) ? !isNaNBits(back[bits]!) : back[bits] !== bits));
    expect([...changed]).toEqual([]);
  });

  it("rounds between every two neighbours to the nearer, in the middle to the even one", () => {
    const wrong: number[] = [];
    for (let bits = 0; bits < infinity - 1; bits++) {
      const low = from(bits);
      const high = from(bits + 1);
      const middle = (low + high) / 2;
      const nudge = (high - low) * 2 ** -32;
      const even = bits % 2 === 0 ? bits : bits + 1;
      const right =
        to(middle) === even &&
        to(-middle) === even + 0x8000 &&
        to(middle - nudge) === bits &&
        to(middle + nudge) === bits + 1 &&
        to(-middle - nudge) === bits + 1 + 0x8000;
      if (!right) wrong.push(bits);
    }
    expect(wrong).toEqual([]);
  });

  it("gives infinity from half a step above the largest number", () => {
    expect(from(infinity - 1)).toBe(largest);
    expect(to(largest + step / 2)).toBe(infinity);
    expect(to(largest + step * 0.4999)).toBe(infinity - 1);
    expect(to(Number.MAX_VALUE)).toBe(infinity);
    expect(to(-Number.MAX_VALUE)).toBe(infinity + 0x8000);
    expect(to(Number.POSITIVE_INFINITY)).toBe(infinity);
  });

  it("gives zero, with its sign, for what is too small", () => {
    expect(to(Number.MIN_VALUE)).toBe(0);
    expect(to(-Number.MIN_VALUE)).toBe(0x8000);
    expect(to(-0)).toBe(0x8000);
  });

  it("encodes plain arrays", () => {
    expect([...encode([0, -0, Number.NaN])].map((bits) => isNaNBits(bits) || bits)).toEqual([
      0,
      0x8000,
      true,
    ]);
  });
});
