import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { removeLeftOvers, temporaryBeside } from "./left-overs.ts";

const folder = mkdtempSync(join(tmpdir(), "ceratops-"));
beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const now = () => temporaryBeside(join(folder, "model.keras"));
const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
const dead = spawnSync(process.execPath, ["-e", ""]).pid;
const knowsProcesses = existsSync("/proc/self/ns/pid");

async function isKept(path: string, written = new Date()): Promise<boolean> {
  writeFileSync(path, "half a mod");
  utimesSync(path, written, written);
  await removeLeftOvers(folder);
  return existsSync(path);
}

it.skipIf(!knowsProcesses).each<[what: string, isLeft: boolean, path: string]>([
  ["of this process", true, now()],
  ["of another that runs", true, now().replace(/-\d+-\d+-(?=\w+\.tmp$)/, `-${process.ppid}-0-`)],
  ["of one that has ended", false, now().replace(/-\d+-(?=\d+-\w+\.tmp$)/, `-${dead}-`)],
  ["of one that had this one's number before", false, now().replace(/-\d+-(?=\w+\.tmp$)/, "-1-")],
])("the unfinished file %s stays: %s", async (_, isLeft, path) => {
  const isLiving = path.includes(`-${process.ppid}-0-`);
  expect(await isKept(isLiving ? withStart(path, process.ppid) : path, yesterday)).toBe(isLeft);
});

/** With the time that a process began. */
function withStart(path: string, id: number): string {
  const text = spawnSync("cat", [`/proc/${id}/stat`], { encoding: "utf8" }).stdout;
  const start = text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
  return path.replace(/-0-(?=\w+\.tmp$)/, `-${start}-`);
}

it("that of another machine stays for a day", async () => {
  for (const machine of ["0".repeat(12), "0123456789ab"]) {
    const path = now().replace(/ceratops-\w{12}/, `ceratops-${machine}`);
    expect(await isKept(path)).toBe(true);
    expect(await isKept(path, yesterday)).toBe(false);
  }
});

it("other files stay, whatever they are called", async () => {
  const name = basename(now()).replace(/ceratops-\w{12}/, "ceratops-0123456789ab");
  const others = [
    `x${name}.keras`,
    name.replace(".tmp", ""),
    ".model.keras.tmp",
    ".model.keras.0123456789ab.tmp",
  ];
  for (const other of others) expect(await isKept(join(folder, other), yesterday)).toBe(true);
  mkdirSync(join(folder, name));
  utimesSync(join(folder, name), yesterday, yesterday);
  await removeLeftOvers(folder);
  expect(readdirSync(folder).sort()).toEqual([...others, name].sort());
});

it("a folder that is not there has none", async () => {
  await removeLeftOvers(join(folder, "none"));
  expect(readdirSync(folder)).toEqual([]);
});
