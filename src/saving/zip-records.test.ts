import { describe, expect, it } from "vitest";
import { directoryHeader, endRecords, localHeader, type StoredEntry } from "./zip-records.ts";

const entry = (letter: string, size: number, offset: number): StoredEntry => ({
  name: new TextEncoder().encode(letter),
  ascii: true,
  size,
  crc: 7,
  date: undefined,
  offset,
});
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

// Expected values are what Python's zipfile writes.
describe("records of large archives", () => {
  it.each([
    [
      "a size that is plain, though not in Python's forecast",
      entry("a", 2 ** 31 - 1, 0),
      "504b03042d00000000000000210007000000ffffffffffffffff010014006101001000ffffff7f00000000ffffff7f00000000",
      "504b01022d032d00000000000000210007000000ffffff7fffffff7f01000000000000000000000080010000000061",
    ],
    [
      "a large size at a large offset",
      entry("b", 2 ** 32, 2 ** 31),
      "504b03042d00000000000000210007000000ffffffffffffffff01001400620100100000000000010000000000000001000000",
      "504b01022d032d00000000000000210007000000ffffffffffffffff01001c0000000000000000008001ffffffff6201001800000000000100000000000000010000000000008000000000",
    ],
    [
      "a small size at a large offset",
      entry("c", 5, 2 ** 33),
      "504b0304140000000000000021000700000005000000050000000100000063",
      "504b01022d032d00000000000000210007000000050000000500000001000c0000000000000000008001ffffffff63010008000000000002000000",
    ],
  ])("%s", (_, entry, local, directory) => {
    expect(hex(localHeader(entry))).toBe(local);
    expect(hex(directoryHeader(entry))).toBe(directory);
  });

  it("the end of one whose directory lies far", () => {
    expect(hex(endRecords(0, 100, 2 ** 34))).toBe(
      "504b06062c000000000000002d002d0000000000000000000000000000000000000000000000000064000000000000000000000004000000" +
        "504b060700000000640000000400000001000000504b0506000000000000000064000000ffffffff0000",
    );
  });

  it("the end of one with many members", () => {
    const end = endRecords(70_000, 100, 200);
    expect(end.length).toBe(56 + 20 + 22);
    expect(hex(end.subarray(-22))).toBe("504b050600000000ffffffff64000000c80000000000");
    expect(endRecords(65_535, 100, 200).length).toBe(22);
  });
});
