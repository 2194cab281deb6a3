import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import { noise } from "./archive.fixture.ts";
import { checkedSource } from "./checked-source.ts";
import { crc32 } from "./crc32.ts";
import { asynchronous, inMemory } from "./hdf5/memory.fixture.ts";
import { RangeSums } from "./range-sums.ts";

const damaged = () => new FileError("m", "damaged");

it("ranges in any order, some of them twice, sum up to the whole", () => {
  const bytes = noise(200);
  const range = fc.tuple(fc.nat(200), fc.nat(60));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 30 }), (ranges) => {
      const sums = new RangeSums();
      const seen = new Set<number>();
      for (const [start, length] of ranges) {
        const part = bytes.subarray(start, start + length);
        sums.add(start, part);
        part.forEach((_, i) => void seen.add(start + i));
        expect(sums.covered).toBe(seen.size);
      }
      expect(sums.of(200)).toBe(seen.size === 200 ? crc32(bytes) : undefined);
      for (const { start, end } of sums.gaps(200)) {
        for (let i = start; i < end; i++) expect(seen.has(i)).toBe(false);
        sums.add(start, bytes.subarray(start, end));
      }
      expect(sums.covered).toBe(200);
      expect(sums.of(200)).toBe(crc32(bytes));
    }),
  );
});

describe("a checked source", () => {
  const bytes = noise(1_000_000);

  it("gives what is there, and reads the little that is left to compare the sum", async () => {
    const inner = inMemory(bytes);
    const source = checkedSource(inner, crc32(bytes), damaged);
    expect(await source.read(300_000, 700_000)).toEqual(bytes.subarray(300_000));
    expect(source.readSync!(0, 240_000)).toEqual(bytes.subarray(0, 240_000));
    expect(inner.reads.slice(2)).toEqual([[240_000, 60_000]]);
    await source.check();
    expect(inner.reads).toHaveLength(3);
  });

  it.each([
    ["at once", inMemory],
    ["by waiting", asynchronous],
  ])("fails once all was read %s, and from then on", async (_, make) => {
    const inner = make(bytes);
    const source = checkedSource(inner, crc32(bytes) ^ 1, damaged);
    const read = async (offset: number, length: number) =>
      source.readSync ? source.readSync(offset, length) : source.read(offset, length);
    expect(await read(0, 500_000)).toEqual(bytes.subarray(0, 500_000));
    await expect(read(500_000, 490_000)).rejects.toThrow("m: damaged");
    await expect(read(0, 1)).rejects.toThrow("m: damaged");
    await expect(source.check()).rejects.toThrow("m: damaged");
  });

  it("checks on demand, in pieces", async () => {
    const large = noise(3 * 2 ** 20);
    const inner = inMemory(large);
    await checkedSource(inner, crc32(large), damaged).check();
    expect(inner.reads.map(([, length]) => length)).toEqual([2 ** 20, 2 ** 20, 2 ** 20]);
    await expect(checkedSource(inner, 1, damaged).check()).rejects.toThrow("m: damaged");
  });

  it("is compared again after a read has failed", async () => {
    const inner = asynchronous(bytes);
    let isBroken = false;
    const source = checkedSource(
      {
        size: inner.size,
        read: (offset, length) =>
          isBroken ? Promise.reject(new FileError("m", "gone")) : inner.read(offset, length),
      },
      crc32(bytes),
      damaged,
    );
    await source.read(0, 900_000);
    isBroken = true;
    await expect(source.check()).rejects.toThrow("m: gone");
    isBroken = false;
    await source.check();
    expect(await source.read(0, 2)).toEqual(bytes.subarray(0, 2));
  });
});
