import type { Row } from "./row.ts";

const HEADINGS = ["work", "ours", "against", "", "ours / theirs", "budget", ""];

/** The rows as a table: a line for each thing that a work is compared with. */
export function table(rows: readonly Row[], before: readonly Row[]): string {
  const lines: (readonly string[])[] = [HEADINGS];
  for (const row of rows) {
    const { name, unit, ours, others, budget } = row;
    const met = budget ? (budget.met === null ? "no peer" : budget.met ? "met" : "MISSED") : "";
    const start = [name, format(ours, unit)];
    const end = [budget?.text ?? "", `${met}${change(row, before)}`];
    const compared = others.map(({ name: other, value }) =>
      value === null ? [other, "missing", ""] : [other, format(value, unit), (ours / value).toFixed(3)],
    );
    const [first = ["", "", ""], ...more] = compared;
    lines.push([...start, ...first, ...end], ...more.map((cells) => ["", "", ...cells, "", ""]));
  }
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((cells) => cells[column]!.length)));
  const right = new Set([1, 3, 4]);
  return lines
    .map((cells) =>
      cells
        .map((cell, i) => (right.has(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** What got worse since the numbers that were kept, by more than noise. */
function change({ name, ours, others }: Row, before: readonly Row[]): string {
  const old = before.find((row) => row.name === name);
  if (!old) return "";
  const [now, then] = [relative(ours, others[0]?.value), relative(old.ours, old.others[0]?.value)];
  if (now === null || then === null || now < 1.2 * then) return "";
  return `, worse than before: ${(now / then).toFixed(2)} ×`;
}

/** Relative to the first peer, so that a slower machine is no worse. */
function relative(ours: number, other: number | null | undefined): number | null {
  return other ? ours / other : null;
}

function format(value: number, unit: Row["unit"]): string {
  const digits = value >= 100 ? 0 : value >= 1 ? 2 : 4;
  return `${value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`;
}
