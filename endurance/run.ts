/**
 * What holds after many kills, on a full disk, with many writers, models and predictions, on the built package:
 * `npm run endurance [-- --only NAME --no-build]`. Prints figures, and a closing line.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Checks } from "../tools/closing-line.ts";
import { ROOT } from "../tools/doors.ts";

/** Each gives its figures in a line, and throws where something does not hold. */
const PARTS: readonly [name: string, load: () => Promise<{ run(folder: string): Promise<string> }>][] = [
  ["kills during saves", () => import("./kills.ts")],
  ["a full disk", () => import("./full-disk.ts")],
  ["two writers", () => import("./writers.ts")],
  ["descriptors", () => import("./descriptors.ts")],
  ["memory", () => import("./memory.ts")],
  ["large conversions", () => import("./large.ts")],
];

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, "no-build": { type: "boolean", default: false } },
});
const wanted = PARTS.filter(([name]) => name.includes(values.only));
if (wanted.length === 0) {
  console.error(
    `endurance: expected --only with one of ${PARTS.map(([name]) => name).join(", ")}, received ${values.only}.`,
  );
  process.exit(2);
}
if (!values["no-build"]) {
  const build = ["--import", "tsx", "tools/build.ts"];
  const { status } = spawnSync(process.execPath, build, { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

const folder = mkdtempSync(join(tmpdir(), "ceratops-endurance-"));
const checks = new Checks();
try {
  for (const [i, [name, load]] of wanted.entries()) {
    const own = join(folder, String(i));
    mkdirSync(own);
    await checks.run(name, async () => {
      const { run } = await load();
      for (const line of (await run(own)).split("\n")) console.log(`        ${line}`);
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
checks.finish();
