import { closingLine } from "../tools/closing-line.ts";
import type { Campaign } from "./campaign.ts";
import { readers } from "./readers/index.ts";
import { showInput } from "./show.ts";

/** Prints each kind of fault with its smallest input, what was run, and the closing line: a check for each reader. */
export function printReport(campaign: Campaign): void {
  const { faults, settings, cases, read, counts, start } = campaign;
  const alone = settings.only === null ? "" : ` --only "${settings.only}"`;
  for (const { first, count, input, isAlone } of faults.values()) {
    console.log(
      `FOUND   ${first.reader}, ${count} times, first by --seed ${settings.seed} --case ${first.index}${alone}`,
    );
    console.log(`        ${first.fault.what}: ${printable(first.fault.text)}`);
    console.log("        expected a value, or an error of this package that can be shown");
    if (isAlone === false) console.log("        only after other cases: something of them is left");
    if (input !== undefined) console.log(`        ${showInput(input)}`);
  }
  const ran = readers.filter(({ name }) => cases[name] !== undefined);
  for (const { name } of ran) {
    const share = Math.round((100 * (read[name] ?? 0)) / cases[name]!);
    console.log(`${name.padEnd(26)} ${String(cases[name]).padStart(9)} cases, ${share} % of them read`);
  }
  const sum = Object.values(cases).reduce((a, b) => a + b, 0);
  const minutes = (Date.now() - start) / 60_000;
  console.log(
    `${sum} cases in ${minutes.toFixed(1)} minutes: ${counts.untyped} untyped, ${counts.hang} hangs, ` +
      `${counts.memory} over 300 MB, ${counts.wrong} wrong, ${counts.unfit} unfit messages`,
  );
  const failed = new Set([...faults.values()].map(({ first }) => first.reader)).size;
  console.log(closingLine(ran.length - failed, failed));
}

/** A text on one line, of which nothing moves a cursor. */
export function printable(text: string): string {
  return JSON.stringify(text.slice(0, 600)).replace(
    /[^\x20-\x7e]/g,
    (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`,
  );
}
