import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { begin, finish } from "./unfinished.ts";

const fixture = fileURLToPath(new URL("unfinished.fixture.ts", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "ceratops-"));
afterAll(() => rmSync(root, { recursive: true }));

interface End {
  readonly code: number | null;
  readonly signal: string | null;
  readonly printed: string;
  readonly left: readonly string[];
}

/** Sends a signal to a process that is writing, and says how that ended. */
function ended(does: string, signal: NodeJS.Signals | null): Promise<End> {
  const folder = join(root, does + signal);
  mkdirSync(folder);
  const child = spawn(process.execPath, ["--import", "tsx", fixture, join(folder, "f"), does], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
    if (signal && printed === "begun ") child.kill(signal);
  });
  return new Promise((resolve) => {
    child.on("close", (code, by) =>
      resolve({ code, signal: by, printed, left: readdirSync(folder).map((name) => name.slice(0, 12)) }),
    );
  });
}

it.skipIf(process.platform === "win32").each<[does: string, signal: NodeJS.Signals | null, end: End]>([
  ["nothing", "SIGINT", { code: null, signal: "SIGINT", printed: "begun ", left: [] }],
  ["nothing", "SIGTERM", { code: null, signal: "SIGTERM", printed: "begun ", left: [] }],
  ["nothing", "SIGHUP", { code: null, signal: "SIGHUP", printed: "begun ", left: [] }],
  ["nothing", "SIGKILL", { code: null, signal: "SIGKILL", printed: "begun ", left: [".f.ceratops-"] }],
  ["exits", "SIGTERM", { code: 7, signal: null, printed: "begun ", left: [] }],
  ["goes on", "SIGTERM", { code: 0, signal: null, printed: "begun on listeners: 0", left: ["f"] }],
  ["throws", null, { code: 1, signal: null, printed: "begun ", left: [] }],
])("a process that %s at %s ends as it would, and leaves nothing half written", async (does, signal, end) => {
  expect(await ended(does, signal)).toEqual(end);
});

it("listens while something is unfinished, once for all of it", () => {
  const listeners = () => process.listenerCount("SIGINT") + process.listenerCount("exit");
  const before = listeners();
  for (const path of ["a", "b"]) begin(join(root, path));
  expect(listeners() - before).toBe(2);
  finish(join(root, "a"));
  finish(join(root, "a"));
  expect(listeners() - before).toBe(2);
  finish(join(root, "b"));
  expect(listeners()).toBe(before);
});
