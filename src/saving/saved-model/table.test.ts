import { describe, expect, it } from "vitest";
import { FileError } from "../../errors.ts";
import { Budget, type Limits } from "../budget.ts";
import { block, sealed, table, tableOf } from "./table.fixture.ts";
import { tableEntries } from "./table.ts";

const read = (bytes: Uint8Array, limits: Limits = {}) =>
  [...tableEntries(bytes, "v.index", new Budget(bytes.length, limits))].map(({ key, value }) => [
    new TextDecoder().decode(key),
    Array.from(value),
  ]);
const one = Uint8Array.of(1);
const restarts = [0, 0, 0, 0, 1, 0, 0, 0];

describe("a LevelDB table", () => {
  it("gives its entries in order, block by block", () => {
    expect(
      read(
        tableOf([
          block([["a", one]]),
          block([
            ["b", one],
            ["c", new Uint8Array()],
          ]),
        ]),
      ),
    ).toEqual([
      ["a", [1]],
      ["b", [1]],
      ["c", []],
    ]);
    expect(read(table([]))).toEqual([]);
  });

  it("has keys that begin as the one before", () => {
    const bytes = [0, 2, 1, 97, 98, 7, 1, 1, 1, 99, 8, 2, 0, 0];
    expect(read(tableOf([sealed([...bytes, ...restarts])]))).toEqual([
      ["ab", [7]],
      ["ac", [8]],
      ["ac", []],
    ]);
  });

  const good = table([["a", one]]);
  const changed = (at: number, byte: number) => Uint8Array.from(good, (old, i) => (i === at ? byte : old));

  it.each<[string, Uint8Array, string]>([
    [
      "no bytes",
      new Uint8Array(),
      "expected a LevelDB table, received other bytes at its end. It may be cut.",
    ],
    [
      "a cut one",
      good.subarray(0, -1),
      "expected a LevelDB table, received other bytes at its end. It may be cut.",
    ],
    ["a changed one", changed(4, 9), "expected the block at 0 to have the sum"],
    [
      "one with a compressed block",
      tableOf([block([["a", one]], 1)]),
      "expected blocks that are not compressed, received one of kind 1.",
    ],
    [
      "one with a block twice",
      tableOf(
        [block([["a", one]])],
        [
          [0, 13],
          [0, 13],
        ],
      ),
      "expected a block at 18 or behind, received 0.",
    ],
    ["one with a block behind its end", tableOf([block([])], [[0, 1e6]]), "received 1000000 bytes at 0."],
    ["one with a block of nothing", tableOf([sealed([])]), "received 0 bytes at 0."],
    [
      "one with restarts that are not there",
      tableOf([sealed([0, 0, 1, 0])]),
      "expected a block with 65536 restarts, received 4 bytes.",
    ],
    [
      "one with a key that begins as no other",
      tableOf([sealed([3, 0, 0, ...restarts])]),
      "expected a key that begins as one of 0 bytes, received 3 of it.",
    ],
    [
      "one with a value behind its end",
      tableOf([sealed([0, 1, 9, 97, ...restarts])]),
      "expected 9 bytes, received 0.",
    ],
  ])("refuses %s", (_, bytes, message) => {
    let error: unknown;
    try {
      read(bytes);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(FileError);
    expect((error as Error).message).toContain(message);
  });

  it("has no more entries, nor longer keys in all, than its budget says", () => {
    const many = table(Array.from({ length: 20 }, () => ["abc", one] as const));
    expect(() => read(many, { objects: 10 })).toThrow(
      "expected at most 10 groups, datasets, attributes or objects",
    );
    expect(() => read(many, { textBytes: 10 })).toThrow("expected at most 10 bytes of texts");
  });
});
