import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import { type Entry, noise, text, zip } from "./archive.fixture.ts";
import { type Archive, openArchive } from "./archive.ts";
import type { ByteSource } from "./byte-source.ts";
import { crc32 } from "./crc32.ts";
import { blobSource, memorySource } from "./sources.ts";
import { directoryHeader, endRecords, localHeader } from "./zip-records.ts";

async function readAll(archive: Archive): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const member of archive.members.values()) found.set(member.name, await member.read());
  return found;
}

describe("openArchive", () => {
  const files: Entry[] = [
    { name: "config.json", bytes: text('{"a": 1}') },
    { name: "assets/", bytes: new Uint8Array() },
    { name: "assets/é.txt", bytes: text("x".repeat(5000)), deflate: true },
    { name: "stream", bytes: noise(3000), descriptor: true },
    { name: "packed stream", bytes: noise(100_000), descriptor: true, deflate: true },
    { name: "empty" },
  ];

  it.each([
    ["in order", [0, 1, 2, 3, 4, 5]],
    ["in any order", [4, 2, 5, 0, 1, 3]],
  ])("reads stored and deflated members, their directory %s", async (_, order) => {
    const archive = await openArchive(memorySource(zip(files, order)));
    const expected = order.map((i) => files[i]!).filter((file) => file.name !== "assets/");
    expect([...archive.members.keys()]).toEqual(expected.map((file) => file.name));
    for (const file of [...expected, ...expected.reverse()]) {
      const member = archive.members.get(file.name)!;
      const bytes = file.bytes ?? new Uint8Array();
      expect(member.size).toBe(bytes.length);
      expect(Buffer.compare(await member.read(), bytes)).toBe(0);
      const source = await member.source();
      expect(source.size).toBe(bytes.length);
      expect(Buffer.compare(await source.read(0, bytes.length), bytes)).toBe(0);
    }
  });

  it("reads members at the same time", async () => {
    const archive = await openArchive(memorySource(zip(files)));
    const members = [...archive.members.values(), ...archive.members.values()];
    const found = await Promise.all(members.map((member) => member.read()));
    members.forEach((member, i) => {
      expect(found[i]!.length).toBe(member.size);
    });
  });

  it("gives a stored member as a slice of the archive", async () => {
    const bytes = zip(files);
    const stored = (await openArchive(memorySource(bytes))).members.get("stream")!;
    expect((await stored.source()).readSync!(5, 10).buffer).toBe(bytes.buffer);
    expect((await stored.read()).buffer).toBe(bytes.buffer);
    const slow = (await openArchive(blobSource(new Blob([bytes as Uint8Array<ArrayBuffer>])))).members;
    expect((await slow.get("stream")!.source()).readSync).toBeUndefined();
    expect((await slow.get("packed stream")!.source()).readSync!(0, 3)).toEqual(noise(3));
  });

  it("reads only what it needs", async () => {
    const bytes = zip([{ name: "big", bytes: noise(1_000_000) }, ...files]);
    const inner = memorySource(bytes);
    let read = 0;
    const source: ByteSource = {
      size: inner.size,
      read(offset, length) {
        read += length;
        return inner.read(offset, length);
      },
    };
    const archive = await openArchive(source);
    await archive.members.get("config.json")!.read();
    const big = await archive.members.get("big")!.source();
    expect(await big.read(500_000, 2)).toEqual(noise(500_002).subarray(500_000));
    expect(read).toBeLessThan(150_000);
  });

  it("reads a member after its source has failed once", async () => {
    const inner = memorySource(zip(files));
    let broken = false;
    const source: ByteSource = {
      size: inner.size,
      async read(offset, length) {
        if (broken) throw new FileError("source", "no answer");
        return inner.read(offset, length);
      },
    };
    const { members } = await openArchive(source);
    for (const member of members.values()) {
      broken = true;
      await expect(member.read()).rejects.toThrow(/^source: no answer$/);
      broken = false;
      expect((await member.read()).length).toBe(member.size);
    }
  });

  it("opens an empty archive", async () => {
    expect((await openArchive(memorySource(zip([])))).members.size).toBe(0);
  });

  it("refuses a member of more than the reader's limit", async () => {
    const archive = await openArchive(memorySource(zip(files)), "m.keras");
    const member = archive.members.get("config.json")!;
    expect((await member.read(8)).length).toBe(8);
    await expect(member.read(7)).rejects.toThrow(
      'm.keras: member "config.json": expected at most 7 bytes, received 8 bytes.',
    );
  });
});

describe("an archive of over 4 GiB", () => {
  /** Zeros but for these parts. */
  function sparse(size: number, parts: readonly (readonly [number, Uint8Array])[]): ByteSource {
    return {
      size,
      async read(offset, length) {
        const bytes = new Uint8Array(length);
        for (const [start, part] of parts) {
          const from = Math.max(start, offset);
          const to = Math.min(start + part.length, offset + length);
          if (from < to) bytes.set(part.subarray(from - start, to - start), from - offset);
        }
        return bytes;
      },
    };
  }

  it("is read anywhere", async () => {
    const entry = (name: string, size: number, crc: number, offset: number) => ({
      name: text(name),
      ascii: true,
      date: undefined,
      size,
      crc,
      offset,
    });
    const large = entry("model.weights.h5", 5 * 2 ** 30, 1, 0);
    const largeHeader = localHeader(large);
    const end = largeHeader.length + large.size;
    const small = entry("config.json", 2, crc32(text("{}")), end);
    const smallHeader = localHeader(small);
    const directoryStart = end + smallHeader.length + 2;
    const directory = Buffer.concat([directoryHeader(large), directoryHeader(small)]);
    const tail = Buffer.concat([
      smallHeader,
      text("{}"),
      directory,
      endRecords(2, directory.length, directoryStart),
    ]);
    const source = sparse(end + tail.length, [
      [0, largeHeader],
      [end - 3, text("end")],
      [end, new Uint8Array(tail)],
    ]);
    const { members } = await openArchive(source);
    expect(await members.get("config.json")!.read()).toEqual(text("{}"));
    const weights = await members.get("model.weights.h5")!.source();
    expect(weights.size).toBe(large.size);
    expect(await weights.read(large.size - 3, 3)).toEqual(text("end"));
  });
});

describe("openArchive refuses", () => {
  it.each<[string, Uint8Array, string]>([
    ["an empty file", new Uint8Array(), "an empty file"],
    ["HDF5", Uint8Array.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), "an HDF5 file"],
    ["JSON", text('{"class_name": "Sequential"}'), "JSON text"],
    ["a single array", Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]), "a .npy file"],
    ["gzip", Uint8Array.from([0x1f, 0x8b, 8]), "a gzip file"],
    ["anything else", text("hello"), "a file of another kind"],
  ])("%s, saying what it is", async (_, bytes, kind) => {
    const error = await openArchive(memorySource(bytes), "m.keras").catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FileError);
    expect((error as Error).message).toBe(`m.keras: expected a zip archive, received ${kind}.`);
  });

  const own = "expected a name of its own inside the archive, received";
  const first: Entry = { name: "a", bytes: text("first") };
  it.each<[string, Uint8Array, string]>([
    [
      "a cut archive",
      zip([first]).subarray(0, -30),
      "m: expected a whole zip archive, received one without its end. The file may be cut, or not downloaded whole.",
    ],
    ["an absolute name", zip([{ name: "/etc/passwd" }]), `m: member "/etc/passwd": ${own} an absolute name.`],
    ["an absolute name of Windows", zip([{ name: "C:x" }]), `m: member "C:x": ${own} an absolute name.`],
    [
      "a name that leaves",
      zip([{ name: "a/../../x" }]),
      `m: member "a/../../x": ${own} a name that leaves the archive.`,
    ],
    [
      "one with backslashes",
      zip([{ name: "..\\x" }]),
      `m: member "..\\\\x": ${own} a name that leaves the archive.`,
    ],
    [
      "NUL in a name",
      zip([{ name: "config.json\0.txt" }]),
      `m: member "config.json\\u0000.txt": ${own} a name with a NUL character.`,
    ],
    ["an empty name", zip([{ name: "" }]), `m: member "": ${own} an empty name.`],
    ["a name twice", zip([first, first]), `m: member "a": ${own} a name used before.`],
    [
      "encryption",
      zip([{ ...first, flags: 1 }]),
      'm: member "a": expected a readable member, received an encrypted one.',
    ],
    [
      "a stored member of two sizes",
      zip([{ ...first, size: 100 }]),
      'm: member "a": expected 100 bytes stored as they are, received 5.',
    ],
    [
      "one member inside another",
      zip([first, { name: "b", offset: 0 }]),
      'm: member "a": expected bytes of its own, received bytes that overlap member "b".',
    ],
    [
      "a member inside the directory",
      zip([{ ...first, packedSize: 90, size: 90 }]),
      'm: member "a": expected bytes of its own, received bytes that overlap the directory.',
    ],
  ])("%s", async (_, bytes, message) => {
    const error = await openArchive(memorySource(bytes), "m").catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FileError);
    expect((error as Error).message).toBe(message);
  });

  it("a directory larger than any model's", async () => {
    const bytes = zip([first]);
    const end = bytes.subarray(-22);
    const size = 2 ** 30;
    const view = new DataView(end.buffer, end.byteOffset);
    view.setUint32(12, size - 22 - 40, true);
    const source: ByteSource = {
      size,
      async read(offset, length) {
        const part = new Uint8Array(length);
        part.set(bytes.subarray(0, Math.max(0, Math.min(length, bytes.length - offset))));
        if (offset + length === size) part.set(end, length - 22);
        return part;
      },
    };
    await expect(openArchive(source, "m")).rejects.toThrow(
      /^m: expected a directory of at most 268435456 bytes, received \d+ bytes\.$/,
    );
  });

  it("more members than any model's", async () => {
    const entries = Array.from({ length: 20_001 }, (_, i) => ({ name: i.toString(36) }));
    await expect(openArchive(memorySource(zip(entries)), "m")).rejects.toThrow(
      /^m: expected at most 20000 members from a file of \d+ bytes, received 20001 or more\. Raise limits\.members /,
    );
  });
});

describe("a member refuses", () => {
  const agree = "expected headers that agree, received another";
  const zeros = new Uint8Array(100_000);
  it.each<[string, Entry, string]>([
    [
      "other bytes than were written",
      { name: "a", bytes: text("x"), crc: 1 },
      "expected the bytes that were written, of CRC 00000001, received others, of CRC 8cdc1683.",
    ],
    [
      "other bytes once inflated",
      { name: "a", bytes: text("x"), crc: 1, deflate: true },
      "expected the bytes that were written, of CRC 00000001, received others, of CRC 8cdc1683.",
    ],
    ["another name in its own header", { name: "a", localName: "b" }, `${agree} name in the member's own.`],
    [
      "another size in its own header",
      { name: "a", bytes: text("x"), localSize: 7 },
      `${agree} CRC or size in the member's own.`,
    ],
    [
      "other methods",
      { name: "a", bytes: text("x"), method: 14, packedSize: 1 },
      "expected a stored or deflated member, received method 14.",
    ],
    [
      "a smaller size than it has",
      { name: "a", bytes: zeros, deflate: true, size: 50 },
      "expected 50 bytes once inflated, received more.",
    ],
    [
      "a larger size than it has",
      { name: "a", bytes: zeros, deflate: true, size: 200_000 },
      "expected 200000 bytes once inflated, received 100000.",
    ],
    [
      "a size beyond all measure",
      { name: "a", bytes: zeros, deflate: true, size: 4e9 },
      "expected at most 134217728 bytes once inflated from a file of 214 bytes, received 4000000000 or more. Raise limits.inflatedBytes for a file that you trust.",
    ],
    [
      "bytes that are not deflated",
      { name: "a", bytes: noise(100), method: 8 },
      "expected deflated bytes, received bytes that do not inflate.",
    ],
  ])("%s", async (_, entry, message) => {
    const archive = await openArchive(memorySource(zip([entry])), "m");
    const error = await archive.members
      .get("a")!
      .read()
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FileError);
    expect((error as Error).message.slice(0, `m: member "a": ${message}`.length)).toBe(
      `m: member "a": ${message}`,
    );
    const source = archive.members.get("a")!.source();
    if (!entry.crc || entry.deflate) await expect(source).rejects.toBeInstanceOf(FileError);
  });

  it("bytes that reach into the next member", async () => {
    const bytes = zip([
      { name: "a", bytes: noise(50) },
      { name: "b", bytes: noise(50) },
    ]);
    new DataView(bytes.buffer).setUint16(28, 10, true);
    const { members } = await openArchive(memorySource(bytes), "m");
    const message = 'm: member "a": expected bytes of its own, received bytes that overlap another member.';
    await expect(members.get("a")!.read()).rejects.toThrow(message);
    await expect(members.get("a")!.source()).rejects.toThrow(message);
  });

  it("to be read where its header is not", async () => {
    const bytes = zip([{ name: "a" }, { name: "b" }]);
    bytes[31]! ^= 1;
    const { members } = await openArchive(memorySource(bytes), "m");
    const message =
      'm: member "b": expected the member\'s header where the directory says it is, received other bytes.';
    await expect(members.get("b")!.read()).rejects.toThrow(message);
    await expect(members.get("b")!.source()).rejects.toThrow(message);
    expect(await members.get("a")!.read()).toEqual(new Uint8Array());
  });
});

describe("a damaged archive", () => {
  const files: Entry[] = [
    { name: "config.json", bytes: text('{"a": 1}') },
    { name: "assets/v.txt", bytes: text("word\n".repeat(100)), deflate: true },
    { name: "stream", bytes: noise(300), descriptor: true, deflate: true },
    { name: "model.weights.h5", bytes: noise(500) },
  ];
  const whole = zip(files);

  /** Either the right bytes or a FileError. */
  async function check(bytes: Uint8Array): Promise<void> {
    try {
      const archive = await openArchive(memorySource(bytes));
      for (const member of archive.members.values()) {
        try {
          const found = await member.read();
          const file = files.find(({ name }) => name === member.name);
          expect(Buffer.compare(found, file?.bytes ?? new Uint8Array())).toBe(0);
          const source = await member.source();
          expect((await source.read(0, source.size)).length).toBe(member.size);
        } catch (error) {
          if (!(error instanceof FileError)) throw error;
        }
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  }

  it("is sound to begin with", async () => {
    const found = await readAll(await openArchive(memorySource(whole)));
    expect([...found.values()]).toEqual(files.map(({ bytes }) => bytes));
  });

  it("cut anywhere", async () => {
    for (let length = 0; length < whole.length; length += 3) await check(whole.subarray(0, length));
  });

  it("with any byte of its directory changed, and many others", async () => {
    for (let i = 0; i < whole.length; i += i < whole.length - 280 ? 5 : 1) {
      const bytes = whole.slice();
      bytes[i]! ^= 1 << (i % 8);
      await check(bytes);
    }
  });

  it("with some bytes replaced, left out or put in", async () => {
    const number = fc.constantFrom(0, 1, 0x7f, 0x80, 0xff);
    const filler = fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc
        .tuple(number, fc.integer({ min: 1, max: 8 }))
        .map(([byte, length]) => new Uint8Array(length).fill(byte)),
    );
    // Most damage at the end, where the directory is.
    const place = fc.oneof(fc.nat(whole.length), fc.integer({ min: whole.length - 280, max: whole.length }));
    const change = fc.record({ place, removed: fc.nat(8), filler, same: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        let bytes = whole;
        for (const { place, removed, filler, same } of changes) {
          const rest = bytes.subarray(place + (same ? filler.length : removed));
          bytes = new Uint8Array(Buffer.concat([bytes.subarray(0, place), filler, rest]));
        }
        await check(bytes);
      }),
      { numRuns: 1500 },
    );
  });
});
