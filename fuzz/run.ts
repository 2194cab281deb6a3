/**
 * Tries what reads the files and configs of strangers with inputs that are made wrong on purpose:
 * `npm run fuzz [-- --minutes 10 --seed 1 --workers 2 --cases N --only READER]`: a minute of cases, or N, of all readers by
 * their shares or of one; `--only older` tries N of each that reads older files. Case i of seed N is always the same:
 * `npm run fuzz -- --seed N --case i`, with `--only` where it was there, tries it alone, reduces it and prints it. A right outcome is a value that holds
 * what `readers/` expects of it, or an error of this package that can be shown to a user.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundleChild } from "./bundle-child.ts";
import { Campaign } from "./campaign.ts";
import { olderReaders, readers } from "./readers/index.ts";
import { printable, printReport } from "./report.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string" },
    seed: { type: "string", default: "1" },
    workers: { type: "string", default: "2" },
    cases: { type: "string" },
    case: { type: "string" },
    only: { type: "string" },
  },
});

/** A reader's cases alone, as many as there are to be of each; null stands for all by their shares. */
const only = readersAsked(values.only);
for (const [option, value] of Object.entries(values)) {
  if (option === "only" || Number(value) >= 0) continue;
  console.error(`--${option}: expected a number, received ${value}.`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "ceratops-fuzz-"));
const program = await bundleChild(folder);
const single = values.case === undefined ? null : Number(values.case);
const minutes = Number(values.minutes ?? (values.cases === undefined ? 1 : Number.POSITIVE_INFINITY));
process.exitCode = 0;
try {
  for (const reader of only) await run(reader);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(reader: string | null): Promise<void> {
  const campaign = new Campaign({
    program,
    folder,
    seed: Number(values.seed),
    first: single ?? 0,
    last: single === null ? Number(values.cases ?? Number.POSITIVE_INFINITY) : single + 1,
    until: Date.now() + minutes * 60_000,
    only: reader,
    onFault: ({ reader, index, fault }) =>
      console.log(`found   ${reader}, case ${index}: ${printable(fault.text)}`),
  });
  try {
    await campaign.run(single === null ? Number(values.workers) : 1);
    await campaign.reduceAll();
    printReport(campaign);
  } finally {
    campaign.stop();
  }
  if (campaign.faults.size > 0) process.exitCode = 1;
}

function readersAsked(asked: string | undefined): readonly (string | null)[] {
  if (asked === undefined) return [null];
  if (asked === "older") return olderReaders.map(({ name }) => name);
  const names = readers.map(({ name }) => name);
  if (names.includes(asked)) return [asked];
  console.error(`--only: expected older, or one of ${names.join(", ")}, received ${asked}.`);
  return process.exit(2);
}
