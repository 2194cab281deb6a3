import { spawnSync } from "node:child_process";
import { readdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../tools/doors.ts";
import { outputOf } from "./child.ts";

/** What a process may have in memory at most while it converts, in megabytes. */
const MOST = 300;
/** How large the model is, in gigabytes; `CERATOPS_LARGE` says another number. */
const SIZE = Number(process.env.CERATOPS_LARGE ?? 4);

type Step = readonly [from: string, to: string, options: readonly string[], unneeded: readonly string[]];

/** Each conversion, and how the names of files begin that no later one needs. */
const CONVERSIONS: readonly Step[] = [
  ["two.h5", "three.keras", ["--to", "keras-3.6"], ["two.h5"]],
  ["three.keras", "older.keras", ["--to", "keras-3.3"], ["older.keras"]],
  ["three.keras", "again.h5", ["--to", "keras-2.9"], ["again.h5"]],
  ["three.keras", "three.weights.h5", [], ["three.weights.h5"]],
  ["three.keras", "three.onnx", [], ["three.onnx"]],
  ["three.keras", "web", ["--to", "tfjs"], ["three.keras"]],
  ["web", "last.keras", [], ["web", "last.keras"]],
];

/** Converts a model of gigabytes, one of whose weights is a quarter of it, in a process each. */
export async function run(folder: string): Promise<string> {
  const { bavail, bsize } = statfsSync(folder);
  const needed = 2.2 * SIZE;
  if ((bavail * bsize) / 1e9 < needed)
    return `not done: expected ${needed.toFixed(1)} GB of room in ${folder}, where CERATOPS_LARGE=1 needs a quarter`;
  const [source = ""] = CONVERSIONS[0] ?? [];
  const lines = [await outputOf("large-file", [join(folder, source), String(SIZE)])];
  for (const [from, to, options, unneeded] of CONVERSIONS) {
    const { megabytes, seconds } = converted(join(folder, from), join(folder, to), options);
    await outputOf("large-file", [join(folder, to), String(SIZE), "check"]);
    const line = `${from} → ${to}: ${megabytes.toFixed(0)} MB of memory at most, ${seconds.toFixed(1)} s`;
    if (megabytes > MOST) throw new Error(`expected at most ${MOST} MB, received ${line}`);
    lines.push(line);
    for (const name of readdirSync(folder))
      if (unneeded.some((start) => name.startsWith(start))) rmSync(join(folder, name), { recursive: true });
  }
  return lines.join("\n");
}

/** Has a process say at its end how much memory it had at most. */
const WATCH = 'process.on("exit", () => console.error("peak", process.resourceUsage().maxRSS))';

/** Runs the command as its users do. */
function converted(
  from: string,
  to: string,
  options: readonly string[],
): { megabytes: number; seconds: number } {
  const command = [join(ROOT, "dist/cli/main.js"), "convert", from, to, ...options];
  const start = performance.now();
  const { stderr, status } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${WATCH}`, ...command],
    {
      encoding: "utf8",
    },
  );
  const [, kilobytes] = /peak (\d+)/.exec(stderr) ?? [];
  if (status !== 0 || kilobytes === undefined)
    throw new Error(`${from} → ${to} ended with ${status}:\n${stderr}`);
  return { megabytes: Number(kilobytes) / 1000, seconds: (performance.now() - start) / 1000 };
}
