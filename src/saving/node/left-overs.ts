import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { lstat, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { codeOf } from "./system-error.ts";

// A file that is being written is called `.model.keras.ceratops-MACHINE-PROCESS-START-RANDOM.tmp`.

const ours = /\.ceratops-([0-9a-f]{12})-(\d{1,10})-(\d{1,20})-[0-9a-f]{12}\.tmp$/;
/** Of a process that cannot be seen from here: what nobody has written to for so long belongs to nobody. */
const longest = 24 * 60 * 60 * 1000;
const unknownMachine = "0".repeat(12);

/** A name beside a file for what is to take its place, which says whose it is. */
export function temporaryBeside(path: string): string {
  const start = `.${basename(path).slice(0, 32)}`;
  const owner = `${machine()}-${process.pid}-${startOf(process.pid) ?? 0}`;
  return join(dirname(path), `${start}.ceratops-${owner}-${randomBytes(6).toString("hex")}.tmp`);
}

/**
 * Removes what killed processes left in a folder. What a process of this machine wrote goes as soon as that is gone; what is
 * of another machine, or where a system does not say which processes are the same, once it was left alone for a day.
 */
export async function removeLeftOvers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    if (await isLeftOver(path)) await rm(path, { force: true }).catch(() => undefined);
  }
}

async function isLeftOver(path: string): Promise<boolean> {
  const [, where, process, start] = ours.exec(path) ?? [];
  if (where === undefined) return false;
  if (where !== unknownMachine && where === machine()) return !isRunning(Number(process), Number(start));
  const status = await lstat(path).catch(() => null);
  const written = status?.isFile() ? status.mtimeMs : Number.POSITIVE_INFINITY;
  return Date.now() - written > longest;
}

/** Whether the process of a number is still the one that had it. */
function isRunning(id: number, start: number): boolean {
  try {
    process.kill(id, 0);
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
  const now = startOf(id);
  return now === null || now === start;
}

/** When a process began, in the system's own count; null where it does not say. One that has ended began never. */
function startOf(id: number): number | null {
  try {
    const status = readFileSync(`/proc/${id}/stat`, "latin1");
    const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? -1 : Number(fields[19]);
  } catch {
    return null;
  }
}

let known: string | undefined;

/** What tells this machine, since it was started, and the processes that see each other on it; zeros where nothing does. */
function machine(): string {
  known ??= identify();
  return known;
}

function identify(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "latin1");
    const processes = readlinkSync("/proc/self/ns/pid");
    return createHash("sha256").update(`${boot} ${processes}`).digest("hex").slice(0, 12);
  } catch {
    return unknownMachine;
  }
}
