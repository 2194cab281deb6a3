import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { blobSource, memorySource, type SourceInput, sliceSource, toSource } from "./sources.ts";

const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);

const sources: readonly (readonly [string, ByteSource])[] = [
  ["bytes", memorySource(bytes)],
  ["Blob", blobSource(new Blob([bytes]))],
  ["slice", sliceSource(memorySource(Uint8Array.from([9, 9, ...bytes, 9])), 2, 100)],
  ["slice", sliceSource(blobSource(new Blob([Uint8Array.from([9]), bytes])), 1, 100)],
];

describe.each(sources)("a source of %s", (name, source) => {
  it("reads any range inside it, and no other", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -2, max: 103 }),
        fc.integer({ min: -2, max: 103 }),
        async (offset, length) => {
          const inside = offset >= 0 && length >= 0 && offset + length <= 100;
          const found = source.read(offset, length);
          if (inside)
            expect(Array.from(await found)).toEqual(Array.from(bytes.subarray(offset, offset + length)));
          else await expect(found).rejects.toBeInstanceOf(FileError);
        },
      ),
    );
  });

  it("says which range it does not have", async () => {
    await expect(source.read(98, 4)).rejects.toThrow(
      `${name}: expected 4 bytes at offset 98, received a source of 100 bytes.`,
    );
    await expect(source.read(0.5, 4)).rejects.toThrow(FileError);
    await expect(source.read(0, Number.NaN)).rejects.toThrow(FileError);
  });
});

describe("reading at once", () => {
  it("is kept by a slice where the source can", () => {
    const slice = sliceSource(memorySource(bytes), 10, 5);
    expect(Array.from(slice.readSync!(1, 3))).toEqual([11, 12, 13]);
    expect(() => slice.readSync!(3, 3)).toThrow(
      "slice: expected 3 bytes at offset 3, received a source of 5 bytes.",
    );
    expect(sliceSource(blobSource(new Blob([bytes])), 0, 5).readSync).toBeUndefined();
  });

  it("copies nothing from memory", () => {
    expect(sliceSource(memorySource(bytes.buffer), 10, 5).readSync!(1, 3).buffer).toBe(bytes.buffer);
  });

  it("keeps a slice inside its source", () => {
    expect(() => sliceSource(memorySource(bytes), 98, 5)).toThrow(FileError);
  });
});

describe("toSource", () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((_, response) => response.end(bytes));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it("takes every kind of input", async () => {
    const own = memorySource(bytes);
    const { port } = server.address() as AddressInfo;
    const inputs: SourceInput[] = [
      bytes,
      bytes.buffer,
      new Blob([bytes]),
      new URL(`http://127.0.0.1:${port}/`),
      own,
    ];
    for (const input of inputs) {
      const source = await toSource(input);
      expect(source.size).toBe(100);
      expect(Array.from(await source.read(7, 2))).toEqual([7, 8]);
    }
    expect(await toSource(own)).toBe(own);
  });

  it.each([
    ["model.keras", "string"],
    [null, "null"],
    [{ size: 3 }, "object"],
  ])("refuses %j", async (input, kind) => {
    await expect(toSource(input as never)).rejects.toThrow(
      `source: expected bytes, a Blob, a URL or a ByteSource, received ${kind}. Paths of files are taken by ceratops/node.`,
    );
  });
});
