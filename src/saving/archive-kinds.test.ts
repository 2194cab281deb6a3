import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import { type Entry, join, noise, text, u32, u64, zip } from "./archive.fixture.ts";
import { openArchive } from "./archive.ts";
import { writeArchive } from "./archive-writer.ts";
import { crc32 } from "./crc32.ts";
import { gather } from "./save-model.ts";
import { memorySource } from "./sources.ts";

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

/** The members of an archive by name, read whole, by pieces and by ranges, a character a byte. */
async function contents(bytes: Uint8Array): Promise<[string, string][]> {
  const { members } = await openArchive(memorySource(bytes), "m");
  const found: [string, string][] = [];
  for (const member of members.values()) {
    const all = latin1(await member.read());
    const ranges = await member.source();
    expect(latin1(await ranges.read(0, ranges.size))).toBe(all);
    expect(latin1(await gather(member.chunks()))).toBe(all);
    await member.check();
    expect(member.size).toBe(all.length);
    found.push([member.name, all]);
  }
  return found;
}

async function errorOf(bytes: Uint8Array): Promise<string> {
  const error = await contents(bytes).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(FileError);
  return (error as FileError).message;
}

const none = new Uint8Array();
const files: Entry[] = [
  { name: "config.json", bytes: text('{"a": 1}') },
  { name: "packed", bytes: text("word ".repeat(3000)), deflate: true },
  { name: "empty", bytes: text("") },
];
const whole = zip(files);
const expected = files.map(({ name, bytes = none }) => [name, latin1(bytes)]);

/** The archive with a comment of its own length. */
function commented(archive: Uint8Array, comment: Uint8Array): Uint8Array {
  const bytes = join(archive, comment);
  new DataView(bytes.buffer).setUint16(archive.length - 2, comment.length, true);
  return bytes;
}

/** The archive with a zip64 end record before its plain one, which says nothing more where it is `silent`. */
function withEnd64(archive: Uint8Array, { silent = false, extensible = none, shownAt = 0, count = 0 } = {}) {
  const bytes = archive.slice();
  const at = bytes.length - 22;
  const view = new DataView(bytes.buffer, at);
  const [members, size, offset] = [
    view.getUint16(10, true),
    view.getUint32(12, true),
    view.getUint32(16, true),
  ];
  if (silent) new Uint8Array(bytes.buffer, at + 8, 12).fill(0xff);
  const disks = join(text("\x2d\0\x2d\0"), u32(0), u32(0));
  const total = u64(count || members);
  const record = join(
    text("PK\x06\x06"),
    u64(44 + extensible.length),
    disks,
    total,
    total,
    u64(size),
    u64(offset),
  );
  const locator = join(text("PK\x06\x07"), u32(0), u64(shownAt || at), u32(1));
  return join(bytes.subarray(0, at), record, extensible, locator, bytes.subarray(at));
}

describe("archives as Python's zipfile takes them", () => {
  it.each<[what: string, bytes: Uint8Array]>([
    ["with bytes before", join(text("#!/bin/sh\nexit\n"), whole)],
    ["with another archive before", join(zip([{ name: "old", bytes: text("x") }]), whole)],
    ["with a whole page before", join(new Uint8Array(70_000), whole)],
    ["with bytes behind", join(whole, text("\r\n--boundary--\r\n"))],
    ["with 65,000 bytes behind", join(whole, new Uint8Array(65_000))],
    ["with a comment", commented(whole, text("made by hand"))],
    ["with the longest comment", commented(whole, new Uint8Array(0xffff).fill(0x20))],
    ["with all of it", join(text("PK before"), commented(whole, text("comment")), text("behind"))],
    ["with a zip64 end", withEnd64(whole)],
    ["whose plain end has no room", withEnd64(whole, { silent: true })],
    ["with a zip64 end and bytes before", join(noise(5000), withEnd64(whole, { silent: true }))],
    ["with data of its own in the zip64 end", withEnd64(whole, { extensible: noise(30) })],
    ["with zip64 fields", zip(files.map((file) => ({ ...file, large: true })))],
    [
      "with zip64 fields and bytes before",
      join(noise(99), zip(files.map((file) => ({ ...file, large: true })))),
    ],
    ["with descriptors", zip(files.map((file) => ({ ...file, descriptor: true })))],
    ["with descriptors without a mark", zip(files.map((file) => ({ ...file, descriptor: "unmarked" })))],
    ["with large descriptors", zip(files.map((file) => ({ ...file, descriptor: true, large: true })))],
    [
      "with large unmarked ones",
      zip(files.map((file) => ({ ...file, descriptor: "unmarked", large: true }))),
    ],
    ["with fields nobody knows", zip(files.map((file) => ({ ...file, extra: text("UT\x03\0abc") })))],
    ["with room in the headers", zip(files.map((file) => ({ ...file, localExtra: 9000 })))],
  ])("%s", async (_, bytes) => {
    expect(await contents(bytes)).toEqual(expected);
  });

  it("an archive that is a member of another, at its end", async () => {
    const outer = zip([...files, { name: "inner.zip", bytes: commented(whole, text("inner")) }]);
    expect((await contents(outer)).map(([name]) => name)).toEqual([
      "config.json",
      "packed",
      "empty",
      "inner.zip",
    ]);
  });

  it.each<[what: string, entry: Entry, name: string]>([
    ["UTF-8 with its flag", { name: "é", flags: 0x800 }, "é"],
    ["UTF-8 without", { name: "é" }, "é"],
    ["bytes of a code page", { name: "", rawName: Uint8Array.of(0x9a, 0x62) }, "\x9ab"],
    ["a field of its own", { name: "", rawName: Uint8Array.of(0x9a), extra: unicodeName("Ü", [0x9a]) }, "Ü"],
    ["a field of another name", { name: "a", extra: unicodeName("b", [0x9a]) }, "a"],
    ["a field that says the same", { name: "a", extra: unicodeName("a", [0x61]) }, "a"],
  ])("names as %s", async (_, entry, name) => {
    expect(await contents(zip([entry]))).toEqual([[name, ""]]);
  });
});

describe("archives that are refused", () => {
  const one: Entry = { name: "a", bytes: text("text") };
  const edited = (edit: (view: DataView) => void, archive = zip([one])) => {
    const bytes = archive.slice();
    edit(new DataView(bytes.buffer));
    return bytes;
  };
  const end = zip([one]).length - 22;
  const directory = end - 47;
  it.each<[what: string, bytes: Uint8Array, message: string]>([
    [
      "two ends, each of which could be the last",
      commented(whole, zip([one])),
      "m: expected one zip archive, received two end records, of which each could be the last.",
    ],
    [
      "an end in the comment",
      commented(whole, join(text("see PK\x05\x06"), new Uint8Array(30))),
      "m: expected one zip archive, received two end records, of which each could be the last.",
    ],
    ["too much behind", join(whole, new Uint8Array(66_000)), "received one without its end."],
    ["a part of a split one", edited((view) => view.setUint16(end + 4, 1, true)), "split into several."],
    ["members in other parts", edited((view) => view.setUint16(end + 8, 0, true)), "split into several."],
    [
      "a directory larger than what is before its end",
      edited((view) => view.setUint32(end + 12, 500, true)),
      "m: expected a directory of 500 bytes at offset 35, received an archive of 82 bytes before its end record.",
    ],
    [
      "fewer members than are said",
      edited((view) => [8, 10].map((at) => view.setUint16(end + at, 2, true))),
      "m: expected 2 members in the directory, received 1.",
    ],
    [
      "more members than are said",
      edited((view) => [8, 10].map((at) => view.setUint16(end + at, 0, true))),
      "m: expected 0 members in the directory, received more.",
    ],
    [
      "something else in the directory",
      edited((view) => view.setUint8(directory, 0)),
      "m: expected 1 members in the directory, received other bytes after 0.",
    ],
    [
      "a directory that is cut",
      edited((view) => view.setUint16(directory + 32, 9, true)),
      "m: expected 1 members in the directory, received a directory that ends within one.",
    ],
    [
      "a member of another part",
      edited((view) => view.setUint16(directory + 34, 3, true)),
      'm: member "a": expected a member in this file, received one in part 3.',
    ],
    [
      "large numbers without their field",
      edited((view) => view.setUint32(directory + 24, 0xffffffff, true)),
      'm: member "a": expected large numbers in a zip64 field, received none.',
    ],
    [
      "ends that disagree",
      withEnd64(zip([one]), { count: 7 }),
      "m: expected end records that agree, received the count 1 in one and 7 in the other.",
    ],
    [
      "a zip64 end that is nowhere",
      edited((view) => view.setUint8(end, 0), withEnd64(zip([one]))),
      "m: expected a zip64 end record, received none where the archive says it is.",
    ],
    [
      "a zip64 end elsewhere",
      withEnd64(zip([one]), { shownAt: 3 }),
      `m: expected a zip64 end record at offset 3, received it at ${end}.`,
    ],
    [
      "a cut field",
      zip([{ ...one, extra: text("UT\x09\0abc") }]),
      'm: member "a": expected a whole extra field, received one that is cut.',
    ],
    [
      "two names of a member",
      zip([{ ...one, extra: unicodeName("config.json", [0x61]) }]),
      'm: member "a": expected one name, received another one too: "config.json".',
    ],
    [
      "a name that is not the UTF-8 it should be",
      zip([{ name: "", rawName: Uint8Array.of(0x9a), flags: 0x800 }]),
      "expected a name in UTF-8, received other bytes.",
    ],
    ["strong encryption", zip([{ ...one, flags: 0x40 }]), "received an encrypted one."],
    ["a hidden directory", zip([{ ...one, flags: 0x2000 }]), "received an encrypted one."],
    ["a patch", zip([{ ...one, flags: 0x20 }]), "expected a whole member, received a patch of one."],
    [
      "another method in the member's own header",
      edited((view) => view.setUint16(8, 8, true)),
      'm: member "a": expected headers that agree, received another method in the member\'s own.',
    ],
    [
      "another encoding in the member's own header",
      edited((view) => view.setUint16(6, 0x800, true)),
      'm: member "a": expected headers that agree, received another kind in the member\'s own.',
    ],
    [
      "a descriptor that says something else",
      zip([{ ...one, descriptor: true, descriptorCrc: 5 }]),
      'm: member "a": expected the CRC and the sizes of the directory behind the member, received others.',
    ],
  ])("%s", async (_, bytes, message) => {
    expect(await errorOf(bytes)).toContain(message);
  });
});

describe("whatever is written", () => {
  const member = fc.record({
    bytes: fc.oneof(fc.uint8Array({ maxLength: 50 }), fc.nat(70_000).map(noise)),
    deflate: fc.boolean(),
    descriptor: fc.constantFrom<NonNullable<Entry["descriptor"]>>(false, true, "unmarked"),
    large: fc.boolean(),
    localExtra: fc.constantFrom(0, 0, 7, 5000),
  });
  const name = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .filter((text) => !/^[\\/]|^[a-z]:|[\\/]$|\0/i.test(text) && !text.split(/[\\/]/).includes(".."));
  const around = fc.uint8Array({ maxLength: 300 });

  it("is read again, with anything before and behind it, in any order", async () => {
    const archive = fc.uniqueArray(fc.tuple(name, member), { selector: ([text]) => text, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        archive,
        around,
        around,
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        async (all, before, behind, end64, seeds) => {
          const entries = all.map(([name, entry]) => ({ name, flags: 0x800, ...entry }));
          const order = entries
            .map((_, i) => ({ i, key: seeds.next().value! }))
            .sort((a, b) => a.key - b.key);
          const plain = zip(
            entries,
            order.map(({ i }) => i),
          );
          const bytes = join(before, end64 ? withEnd64(plain) : plain, behind);
          const found = await contents(bytes);
          expect(found).toEqual(order.map(({ i }) => [entries[i]!.name, latin1(entries[i]!.bytes)]));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("is read again as our own writer writes it", async () => {
    const archive = fc.uniqueArray(fc.tuple(name, fc.uint8Array({ maxLength: 200 })), {
      selector: ([text]) => text,
    });
    await fc.assert(
      fc.asyncProperty(archive, async (all) => {
        const members = all.map(([name, bytes]) => ({ name, size: bytes.length, chunks: () => bytes }));
        expect(await contents(await gather(writeArchive(members)))).toEqual(
          all.map(([name, bytes]) => [name, latin1(bytes)]),
        );
      }),
    );
  });

  it("no bit of a member changes without an error", async () => {
    const entries: Entry[] = [
      { name: "a", bytes: noise(9) },
      { name: "b", bytes: text("b".repeat(40)), deflate: true, descriptor: true },
    ];
    const bytes = zip(entries);
    const right = await contents(bytes);
    const members = bytes.length - 22 - 2 * 47;
    let errors = 0;
    for (let bit = 0; bit < members * 8; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const found = await contents(flipped).catch((error: unknown) => error);
      if (found instanceof FileError) errors++;
      else expect(found).toEqual(right);
    }
    // Versions, dates, unused flags and sizes that a descriptor repeats mean nothing here.
    expect(errors).toBeGreaterThan(members * 8 * 0.6);
  });
});

function unicodeName(name: string, raw: readonly number[]): Uint8Array {
  const bytes = join(Uint8Array.of(1), u32(crc32(Uint8Array.from(raw))), text(name));
  return join(text("up"), Uint8Array.of(bytes.length, 0), bytes);
}
