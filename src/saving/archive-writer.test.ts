import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import { openArchive } from "./archive.ts";
import {
  archiveBytes,
  type NewMember,
  type Patch,
  type WriteArchiveOptions,
  writeArchive,
  writeArchiveFile,
} from "./archive-writer.ts";
import { crc32 } from "./crc32.ts";
import { memorySource } from "./sources.ts";

const text = (value: string) => new TextEncoder().encode(value);
const made = (name: string, bytes: Uint8Array, more: Partial<NewMember> = {}): NewMember => ({
  name,
  size: bytes.length,
  chunks: () => bytes,
  ...more,
});

async function inChunks(members: Iterable<NewMember>, options?: WriteArchiveOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeArchive(members, options)) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** What a file has in the end. */
async function inFile(members: Iterable<NewMember>, options?: WriteArchiveOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const patches: Patch[] = [];
  for await (const chunk of writeArchiveFile(members, options))
    if (chunk instanceof Uint8Array) chunks.push(chunk);
    else patches.push(chunk);
  const bytes = new Uint8Array(Buffer.concat(chunks));
  for (const { at, bytes: anew } of patches) bytes.set(anew, at);
  return bytes;
}

/** Written by Python's zipfile with the calls that Keras makes. */
const fromPython =
  "UEsDBBQAAAAAAAAAIQBDv6ajAgAAAAIAAAANAAAAbWV0YWRhdGEuanNvbnt9UEsDBBQAAAAAAAAAIQCXjqH7CAAAAAgAAAAL" +
  "AAAAY29uZmlnLmpzb257ImEiOiAxfVBLAwQUAAAAAAC7jHZdRtdsRQoAAAAKAAAAEAAAAG1vZGVsLndlaWdodHMuaDUAAQID" +
  "BAUGBwgJUEsDBBQAAAgAAAAAIQAAAAAAAAAAAAAAAAANAAAAYXNzZXRzL8OpLnR4dFBLAQIUAxQAAAAAAAAAIQBDv6ajAgAA" +
  "AAIAAAANAAAAAAAAAAAAAACAAQAAAABtZXRhZGF0YS5qc29uUEsBAhQDFAAAAAAAAAAhAJeOofsIAAAACAAAAAsAAAAAAAAA" +
  "AAAAAIABLQAAAGNvbmZpZy5qc29uUEsBAhQDFAAAAAAAu4x2XUbXbEUKAAAACgAAABAAAAAAAAAAAAAAAIABXgAAAG1vZGVs" +
  "LndlaWdodHMuaDVQSwECFAMUAAAIAAAAACEAAAAAAAAAAAAAAAAADQAAAAAAAAAAAAAAgAGWAAAAYXNzZXRzL8OpLnR4dFBL" +
  "BQYAAAAABAAEAO0AAADBAAAAAAA=";

describe.each([
  { name: "writeArchive", write: inChunks, times: 2 },
  { name: "writeArchiveFile", write: inFile, times: 1 },
  { name: "archiveBytes", write: archiveBytes, times: 1 },
])("$name", ({ write, times }) => {
  it("writes the bytes that Keras writes", async () => {
    const bytes = await write([
      made("metadata.json", text("{}")),
      made("config.json", text('{"a": 1}')),
      made(
        "model.weights.h5",
        Uint8Array.from({ length: 10 }, (_, i) => i),
        {
          date: new Date(2026, 10, 22, 17, 37, 54),
        },
      ),
      made("assets/é.txt", new Uint8Array()),
    ]);
    expect(Buffer.from(bytes).toString("base64")).toBe(fromPython);
  });

  it("gives what was written back, in the order written", async () => {
    const member = fc.record({
      name: fc.string({ minLength: 1, unit: "grapheme" }).map((name) => `m${name.replace(/[\\/:\0]/g, "_")}`),
      chunks: fc.array(fc.uint8Array()),
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(member, { selector: ({ name }) => name }), async (members) => {
        const bytes = await write(
          members.map(({ name, chunks }) => ({
            name,
            size: chunks.reduce((size, chunk) => size + chunk.length, 0),
            async *chunks() {
              yield* chunks;
            },
          })),
        );
        const archive = await openArchive(memorySource(bytes));
        expect([...archive.members.keys()]).toEqual(members.map(({ name }) => name));
        for (const { name, chunks } of members) {
          const member = archive.members.get(name)!;
          const expected = Buffer.concat(chunks);
          expect(Buffer.compare(await member.read(), expected)).toBe(0);
          const source = await member.source();
          expect(Buffer.compare(source.readSync!(0, source.size), expected)).toBe(0);
        }
      }),
    );
  });

  it("goes through a member once where its CRC is given or may follow, else twice", async () => {
    let calls = 0;
    const chunks = () => {
      calls++;
      return text("abc");
    };
    const without = await write([{ name: "a", size: 3, chunks }]);
    expect(calls).toBe(times);
    const given = await write([{ name: "a", size: 3, crc: crc32(text("abc")), chunks }]);
    expect(calls).toBe(times + 1);
    expect(given).toEqual(without);
  });

  it("dates the members as told, in local time", async () => {
    const date = new Date(2001, 1, 3, 4, 5, 6);
    const bytes = await write([made("a", text("x")), made("b", text("y"), { date: new Date(1980, 0, 1) })], {
      date,
    });
    const view = new DataView(bytes.buffer);
    expect(view.getUint32(10, true)).toBe(
      ((21 << 25) | (2 << 21) | (3 << 16) | (4 << 11) | (5 << 5) | 3) >>> 0,
    );
    expect(view.getUint32(32 + 10, true)).toBe(0x210000);
  });

  it.each<[string, NewMember[], WriteArchiveOptions, string]>([
    ["fewer bytes", [made("a", text("abc"), { size: 4 })], {}, 'member "a": expected 4 bytes, received 3.'],
    ["more bytes", [made("a", text("abc"), { size: 2 })], {}, 'member "a": expected 2 bytes, received more.'],
    [
      "another CRC",
      [made("a", text("abc"), { crc: 1 })],
      {},
      'member "a": expected bytes of CRC 00000001, received bytes of CRC 352441c2.',
    ],
    [
      "no size",
      [made("a", text(""), { size: Number.NaN })],
      {},
      'member "a": expected a size in bytes, received NaN.',
    ],
    [
      "a name twice",
      [made("a", text("")), made("a", text(""))],
      {},
      'member "a": expected a name of its own inside the archive, received a name used before.',
    ],
    [
      "a name outside",
      [made("a/../../b", text(""))],
      {},
      'member "a/../../b": expected a name of its own inside the archive, received a name that leaves the archive.',
    ],
    ["a directory", [made("a/", text(""))], {}, 'member "a/": expected a file, received a directory.'],
    [
      "an early date",
      [made("a", text(""))],
      { date: new Date(1979, 11, 31) },
      'member "a": expected a date from 1980 to 2107, received ',
    ],
    [
      "an invalid date",
      [made("a", text(""))],
      { date: new Date(Number.NaN) },
      'member "a": expected a date from 1980 to 2107, received Invalid Date.',
    ],
  ])("refuses %s", async (_, members, options, message) => {
    const error = await write(members, options).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FileError);
    expect((error as Error).message).toContain(message);
  });

  it("refuses a name that no header can hold", async () => {
    await expect(write([made("a".repeat(65_536), text(""))])).rejects.toThrow(
      `member "${"a".repeat(100)}…": expected a name of at most 65535 bytes, received a longer one.`,
    );
  });
});

describe("archiveBytes", () => {
  it("gives members room for their bytes, which they may use or not", async () => {
    async function* chunks(room: Uint8Array | undefined) {
      room!.set(text("abc"));
      yield room!.subarray(0, 3);
      yield text("def");
      room!.set(text("xghi"), 5);
      yield room!.subarray(6, 9);
    }
    const first = made("a", text("first"));
    const bytes = await archiveBytes([first, { name: "b", size: 9, chunks }]);
    expect(bytes).toEqual(await inChunks([first, made("b", text("abcdexghi"))]));
  });
});
