import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { files } from "../bench/package.ts";
import { startChild } from "./child.ts";
import { checkOnnx, leftIn, modelOf, valueIn } from "./models.ts";

const KILLS = 120;
/** Longer than a few saves take, in milliseconds. */
const LONGEST = 80;

/** Kills a process that saves, at any moment, and looks at what is there. */
export async function run(folder: string): Promise<string> {
  const path = join(folder, "model.keras");
  const onnx = join(folder, "model.onnx");
  let hits = 0;
  let models = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const child = startChild("save", [folder, "Infinity", "1", "2"]);
    await child.begun;
    await sleep(Math.random() * LONGEST);
    child.process.kill("SIGKILL");
    const { printed, status } = await child.ended;
    if (status !== "SIGKILL")
      throw new Error(`expected a process that saves, received ${status}: ${printed}`);
    const left = leftIn(folder).length;
    if (left > 0) hits++;
    if (left > 1) throw new Error(`expected the left-over of one kill, received ${left}`);
    if (existsSync(path)) models += (await valueIn(path)) > 0 ? 1 : 0;
    if (existsSync(onnx)) checkOnnx(onnx);
  }
  await files.saveModel(modelOf(3), path);
  const left = leftIn(folder).length;
  if (left > 0 || (await valueIn(path)) !== 3) throw new Error(`expected no left-over, received ${left}`);
  return `${KILLS} kills, ${hits} of them in the middle of a file; ${models} models looked at, all whole; left-overs after the next save: 0`;
}
