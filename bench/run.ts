/**
 * Measures the package against floors and peers, side by side: `npm run bench [-- --only NAME --quick]`. Builds dist/
 * first, prints a table, says what got worse since bench/results.json and writes that anew; a part or a quick run
 * leaves it alone. Keras takes part where interop/python-env.sh has made .cache/python/3.6.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { machine } from "./machine.ts";
import { MARK } from "./mark.ts";
import type { Row } from "./row.ts";
import { table } from "./table.ts";

const GROUPS = [
  "config",
  "chain",
  "deep-chain",
  "sequential",
  "picture",
  "load",
  "convert",
  "predict",
  "quantized",
  "images",
  "texts",
  "event-loop",
  "size",
  "start",
];
const root = fileURLToPath(new URL("../", import.meta.url));
const resultsPath = fileURLToPath(new URL("results.json", import.meta.url));

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    "no-build": { type: "boolean", default: false },
  },
});
const { only } = values;
const wanted = GROUPS.filter((name) => only === undefined || name.includes(only));
if (wanted.length === 0) {
  console.error(`bench: expected --only with one of ${GROUPS.join(", ")}, received ${only}.`);
  process.exit(2);
}
if (!values["no-build"]) {
  const { status } = spawnSync(process.execPath, ["--import", "tsx", "tools/build.ts"], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

const here = machine();
console.log(`${here.cpu}, ${here.cores} cores`);
console.log(
  Object.entries(here.versions)
    .map(([name, version]) => `${name} ${version ?? "missing"}`)
    .join(", "),
);

const before = existsSync(resultsPath)
  ? (JSON.parse(readFileSync(resultsPath, "utf8")) as { rows: Row[] }).rows
  : [];
const rows: Row[] = [];
let failures = 0;
for (const name of wanted) {
  const measured = await runGroup(name);
  if (measured === null) failures++;
  else rows.push(...measured);
}
console.log(`\n${table(rows, before)}`);
if (only === undefined && !values.quick && failures === 0) {
  const kept = { date: new Date().toISOString().slice(0, 10), machine: here, rows: rows.map(rounded) };
  writeFileSync(resultsPath, `${JSON.stringify(kept, null, 2)}\n`);
}
process.exitCode = failures > 0 ? 1 : 0;

/** The rows of a group, measured in a process of its own; null where that fails. */
function runGroup(name: string): Promise<Row[] | null> {
  const args = ["--max-old-space-size=8000", "--import", "tsx", "bench/group.ts", name];
  if (values.quick) args.push("--quick");
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  return new Promise((resolve) => {
    child.on("close", () => {
      const line = printed.split("\n").find((text) => text.startsWith(MARK));
      if (line === undefined) console.error(`bench: ${name} failed.\n${printed.slice(-2000)}`);
      resolve(line === undefined ? null : (JSON.parse(line.slice(MARK.length)) as Row[]));
    });
  });
}

function rounded(row: Row): Row {
  const round = (value: number) => Number(value.toPrecision(4));
  const others = row.others.map(({ name, value }) => ({ name, value: value === null ? null : round(value) }));
  return { ...row, ours: round(row.ours), others };
}
