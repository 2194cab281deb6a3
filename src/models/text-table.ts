import { largest } from "../largest.ts";
import { pairs } from "../pairs.ts";
import { cellWidth, cropToCells } from "./cell-width.ts";

export interface TableColumn {
  readonly header: string;
  readonly align: "left" | "right" | "center";
  /** The share of the table's width it is meant to have, in characters. */
  readonly width: number;
}

/**
 * A table with a border, as the Python library rich draws it for Keras: fixed columns, words that wrap, and an
 * ellipsis where one word is too long.
 */
export function drawTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  // The borders come off the columns; the rounding leaves one more to the last but one.
  const sized = columns.map(({ align, width }, i) => {
    return { align, inside: width - (i === columns.length - 2 ? 4 : 3) };
  });
  const drawRow = (cells: readonly string[], border: string, atBottom: boolean) => {
    const lines = pairs(cells, sized).map(([cell, { align, inside }]) => alignCell(cell, inside, align));
    const height = largest(lines.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) => {
      const parts = pairs(lines, sized).map(([cell, { inside }]) => {
        const text = cell[atBottom ? line - height + cell.length : line] ?? " ".repeat(inside);
        return ` ${text} `;
      });
      return border + parts.join(border) + border;
    });
  };
  const rule = (left: string, fill: string, cross: string, right: string) =>
    left + sized.map(({ inside }) => fill.repeat(inside + 2)).join(cross) + right;
  const between = rule("├", "─", "┼", "┤");
  const lines = [
    rule("┏", "━", "┳", "┓"),
    ...drawRow(
      columns.map(({ header }) => header),
      "┃",
      true,
    ),
    rule("┡", "━", "╇", "┩"),
  ];
  for (const [i, row] of rows.entries()) {
    if (i > 0) lines.push(between);
    for (const line of drawRow(row, "│", false)) lines.push(line);
  }
  lines.push(rule("└", "─", "┴", "┘"));
  return lines.join("\n");
}

/** A cell's lines, each just as wide as the column. */
function alignCell(text: string, width: number, align: TableColumn["align"]): string[] {
  return wrap(text, width).map((line) => {
    const shown = shorten(align === "left" ? line : line.trimEnd(), width);
    const space = Math.max(0, width - cellWidth(shown));
    const before = align === "left" ? 0 : align === "right" ? space : Math.floor(space / 2);
    return " ".repeat(before) + shown + " ".repeat(space - before);
  });
}

function shorten(text: string, width: number): string {
  return cellWidth(text) > width ? `${cropToCells(text, width - 1)}…` : text;
}

/** Breaks a text before words that do not fit; a word that fits on no line stays whole. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let filled = 0;
  // In a text of spaces alone the search for a word would begin anew at each of them.
  for (const word of text.trim() === "" ? [text] : (text.match(/\s*\S+\s*/g) ?? [])) {
    const length = cellWidth(word.trimEnd());
    if (length > width - filled && line !== "") {
      lines.push(line);
      line = "";
      filled = 0;
    }
    line += word;
    filled += cellWidth(word);
  }
  lines.push(line);
  return lines.map((each) => trimExcess(each, width));
}

/** Takes off spaces at the end as far as the line has more characters than the column has cells. */
function trimExcess(line: string, width: number): string {
  const excess = [...line].length - width;
  const spaces = line.length - line.trimEnd().length;
  return excess > 0 && spaces > 0 ? line.slice(0, line.length - Math.min(spaces, excess)) : line;
}
