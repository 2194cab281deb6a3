/**
 * Prints what opening hostile files costs: how it ends, time and the most memory, each in a process of its own with 512 MB
 * of heap. Without arguments those of a fixture; else the files and folders that are named.
 *
 *     npm run limits
 *     npm run limits -- some/folder
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkModel } from "../src/check/index.ts";
import { CeratopsError } from "../src/errors.ts";
import { modelFromJson } from "../src/index.ts";
import { hostile } from "../src/saving/hostile.fixture.ts";
import { loadModel, saveModel } from "../src/saving/index.ts";

const itself = fileURLToPath(import.meta.url);
const jobs = ["load", "copy", "check"] as const;

/** What a file of this kind is to be used for. */
type Job = (typeof jobs)[number];

/** Does one job with one file, and says how it ended. */
async function run(job: Job, path: string): Promise<string> {
  const bytes = new Uint8Array(readFileSync(path));
  const onUnknown = () => undefined;
  if (job === "check") return (await checkModel(bytes)).verdict;
  try {
    const isText = path.endsWith(".json");
    const model = isText
      ? modelFromJson(new TextDecoder().decode(bytes), { onUnknown })
      : await loadModel(bytes, { onUnknown });
    if (job === "load") return "a model";
    let written = 0;
    for await (const chunk of saveModel(model)) written += chunk.length;
    return `${Math.ceil(written / 1024)} KB written`;
  } catch (error) {
    if (!(error instanceof CeratopsError)) throw error;
    return `${error.name}: ${error.message}`;
  }
}

function measure(job: Job, path: string): string {
  const args = ["--max-old-space-size=512", "--import", "tsx", itself, job, path];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    timeout: 120_000,
  });
  const last = stderr.trim().split("\n").at(-1) ?? "";
  return status === 0 ? stdout.trim() : `DIED of ${signal ?? status}: ${last}`;
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => /\.(?:keras|h5|json|npz)$/.test(name))
    .map((name) => join(path, name));
}

function printTable(paths: readonly string[]): void {
  for (const path of paths) {
    console.log(`${basename(path)} (${Math.ceil(statSync(path).size / 1024)} KB)`);
    for (const job of jobs) console.log(`  ${job.padEnd(5)}  ${measure(job, path)}`);
  }
}

function printFixture(): void {
  const folder = mkdtempSync(join(tmpdir(), "limits-"));
  try {
    for (const { name, make } of hostile) {
      const path = join(folder, `${name}.keras`);
      writeFileSync(path, make());
      printTable([path]);
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [first, path] = process.argv.slice(2);
if (path !== undefined && jobs.some((job) => job === first)) {
  const start = performance.now();
  const outcome = await run(first as Job, path);
  const milliseconds = Math.round(performance.now() - start);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${`${milliseconds} ms`.padStart(8)}  ${`${megabytes} MB`.padStart(7)}  ${outcome.slice(0, 160)}`,
  );
} else if (first !== undefined) printTable(process.argv.slice(2).flatMap(filesIn));
else printFixture();
