import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { files } from "../bench/package.ts";
import { startChild } from "./child.ts";
import { leftIn, modelOf, valueIn } from "./models.ts";

/** Saves where there is no room: on a disk of its own where one can be mounted, and under a limit of the shell. */
export async function run(folder: string): Promise<string> {
  const limited = join(folder, "limited");
  mkdirSync(limited);
  const lines = [await refused(limited, "ulimit -f 600", "larger than a file may be")];
  const disk = join(folder, "disk");
  mkdirSync(disk);
  const mount = (...args: string[]) => spawnSync("mount", args).status === 0;
  if (!mount("-t", "tmpfs", "-o", "size=600k", "tmpfs", disk)) {
    return [...lines, "a disk of its own: not mounted, since the system does not allow it"].join("\n");
  }
  try {
    lines.push(await refused(disk, "true", "no space left"));
    const before = readdirSync(disk);
    mount("-o", "remount,ro", disk);
    const { printed } = await startChild("save", [disk, "1", "1"]).ended;
    if (!printed.includes("cannot be written: a read-only file system.")) throw new Error(printed);
    if (readdirSync(disk).join() !== before.join()) throw new Error("a read-only disk has changed");
    lines.push("a read-only disk: refused");
  } finally {
    spawnSync("umount", [disk]);
  }
  return lines.join("\n");
}

/** A small model is there; a large one has no room: what is said of it, and what is there then. */
async function refused(folder: string, limits: string, reason: string): Promise<string> {
  const path = join(folder, "model.keras");
  await files.saveModel(modelOf(7, 50), path);
  for (let i = 0; i < 5; i++) {
    const { printed, status } = await startChild("save", [folder, "1", "1"], { limits }).ended;
    if (status !== 1 || !printed.includes(`${path}: cannot be written: ${reason}`)) {
      throw new Error(`expected "${reason}", received ${status}: ${printed}`);
    }
  }
  const left = leftIn(folder);
  if (left.length > 0) throw new Error(`expected no left-over, received ${left.join()}`);
  if ((await valueIn(path)) !== 7) throw new Error("the old model is another one");
  await files.saveModel(modelOf(8, 50), path);
  return `5 saves refused ("${reason}"); old model whole, left-overs: 0, a small model can be saved again`;
}
