/**
 * Tries what reads the files and configs of strangers with inputs that are made wrong on purpose:
 * `npm run fuzz [-- --minutes 10 --seed 1 --workers 2 --cases N --only READER]`. Case i of seed N is always the same:
 * `npm run fuzz -- --seed N --case i` tries it alone, reduces it and prints it. A right outcome is a value that holds
 * what `readers/` expects of it, or an error of this package that can be shown to a user.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundleChild } from "./bundle-child.ts";
import { Campaign } from "./campaign.ts";
import { readers } from "./readers/index.ts";
import { printable, printReport } from "./report.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    workers: { type: "string", default: "2" },
    cases: { type: "string" },
    case: { type: "string" },
    only: { type: "string" },
  },
});

const names = readers.map(({ name }) => name);
if (values.only !== undefined && !names.includes(values.only)) {
  console.error(`--only: expected one of ${names.join(", ")}, received ${values.only}.`);
  process.exit(2);
}
for (const [option, value] of Object.entries(values)) {
  if (option === "only" || Number(value) >= 0) continue;
  console.error(`--${option}: expected a number, received ${value}.`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "ceratops-fuzz-"));
const single = values.case === undefined ? null : Number(values.case);
const campaign = new Campaign({
  program: await bundleChild(folder),
  folder,
  seed: Number(values.seed),
  first: single ?? 0,
  last: single === null ? Number(values.cases ?? Number.POSITIVE_INFINITY) : single + 1,
  until: Date.now() + Number(values.minutes) * 60_000,
  only: values.only ?? null,
  onFault: ({ reader, index, fault }) =>
    console.log(`found   ${reader}, case ${index}: ${printable(fault.text)}`),
});
try {
  await campaign.run(single === null ? Number(values.workers) : 1);
  await campaign.reduceAll();
  printReport(campaign);
} finally {
  campaign.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = campaign.faults.size > 0 ? 1 : 0;
