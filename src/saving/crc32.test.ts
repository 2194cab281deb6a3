import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinCrcs } from "./crc-join.ts";
import { crc32, crc32InScript } from "./crc32.ts";

const text = (value: string) => new TextEncoder().encode(value);

describe("crc32", () => {
  it.each([
    ["", 0],
    ["a", 0xe8b7be43],
    ["123456789", 0xcbf43926],
    ["The quick brown fox jumps over the lazy dog", 0x414fa339],
  ])("of %j", (value, expected) => {
    expect(crc32(text(value))).toBe(expected);
  });

  it("is the same however the bytes are cut", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, cut) => {
        expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(crc32(bytes));
      }),
    );
  });

  it("of the platform and ours are the same, before and after other bytes", () => {
    const length = fc.integer({ min: 1000, max: 1100 });
    fc.assert(
      fc.property(
        length.chain((n) => fc.uint8Array({ minLength: n, maxLength: n })),
        fc.nat(2 ** 32 - 1),
        (bytes, previous) => {
          expect(crc32(bytes, previous)).toBe(crc32InScript(bytes, previous));
        },
      ),
    );
  });

  it("of two pieces are joined", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (first, second) => {
        const whole = crc32(second, crc32(first));
        expect(joinCrcs(crc32(first), crc32(second), second.length)).toBe(whole);
      }),
    );
  });

  it("of pieces of gigabytes are joined", () => {
    // Twice as many zeros are the same as two pieces of them.
    const half = joinCrcs(crc32(text("a")), 0, 2 ** 32);
    expect(joinCrcs(half, 0, 2 ** 32)).toBe(joinCrcs(crc32(text("a")), 0, 2 ** 33));
  });
});
