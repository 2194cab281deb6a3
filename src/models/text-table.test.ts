import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cellWidth, cropToCells } from "./cell-width.ts";
import { drawTable, type TableColumn } from "./text-table.ts";

interface Case {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
  readonly text: string;
}

/** Tables of random words and widths that the Python library rich 15.0 drew. */
const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL("./text-table.golden.json", import.meta.url), "utf8"),
);

describe("drawTable", () => {
  it.each(cases.map((each, i) => [i, each] as const))("draws table %i as rich does", (_, each) => {
    expect(`${drawTable(each.columns, each.rows)}\n`).toBe(each.text);
  });
});

// Looking for a word anew from each space would take minutes.
it.each([" ", "\t", "a ", " a", "a", "\u00a0"])("draws a cell of 300,000 times %j", (part) => {
  const columns: TableColumn[] = [{ header: "x", width: 8, align: "left" }];
  expect(drawTable(columns, [[part.repeat(300_000)]])).toContain("┡");
});

describe("cellWidth", () => {
  it.each([
    ["", 0],
    ["dense_1", 7],
    ["größe", 5],
    ["gro\u0308ße", 5],
    ["слой_層", 7],
    ["한국", 4],
    ["😀", 2],
    ["❤", 1],
    ["❤\ufe0f", 2],
    ["👩\u200d👧", 2],
    ["\u200da", 1],
  ])("of %j is %i", (text, width) => {
    expect(cellWidth(text)).toBe(width);
  });
});

describe("cropToCells", () => {
  it.each([
    ["dense", 3, "den"],
    ["dense", -1, ""],
    ["層層層", 4, "層層"],
    ["層層層", 3, "層 "],
    ["o\u0308o", 1, "o\u0308"],
  ])("of %j to %i is %j", (text, cells, expected) => {
    expect(cropToCells(text, cells)).toBe(expected);
  });
});
