import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import { joinedSource } from "./joined-source.ts";
import { blobSource, memorySource } from "./sources.ts";

describe("joinedSource", () => {
  it("reads any range of files behind each other, and no other, at once and later", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 5 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: -1, max: 31 }),
        fc.integer({ min: -1, max: 31 }),
        async (files, offset, length) => {
          const all = files.flatMap((file) => [...file]);
          const source = joinedSource(files.map(memorySource), "w");
          expect(source.size).toBe(all.length);
          if (offset >= 0 && length >= 0 && offset + length <= all.length) {
            const expected = all.slice(offset, offset + length);
            expect([...(await source.read(offset, length))]).toEqual(expected);
            expect([...source.readSync!(offset, length)]).toEqual(expected);
          } else {
            await expect(source.read(offset, length)).rejects.toThrow(FileError);
            expect(() => source.readSync!(offset, length)).toThrow(FileError);
          }
        },
      ),
    );
  });

  it("reads nothing at once where one of them cannot", async () => {
    const source = joinedSource([memorySource(Uint8Array.of(1)), blobSource(new Blob(["a"]))], "w");
    expect(source.readSync).toBeUndefined();
    expect([...(await source.read(0, 2))]).toEqual([1, 97]);
  });
});
