import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { startChild } from "./child.ts";
import { checkOnnx, leftIn, valueIn } from "./models.ts";

const SAVES = 100;

/** Two processes save and export to the same paths, while this one reads. */
export async function run(folder: string): Promise<string> {
  const path = join(folder, "model.keras");
  const children = ["1", "2"].map((number) => startChild("save", [folder, String(SAVES), number]));
  let isDone = false;
  const ends = Promise.all(children.map(({ ended }) => ended)).finally(() => {
    isDone = true;
  });
  const seen = new Map<number, number>();
  while (!isDone) {
    if (existsSync(path)) {
      const value = await valueIn(path);
      seen.set(value, (seen.get(value) ?? 0) + 1);
    }
    await turn();
  }
  for (const { printed, status } of await ends) if (status !== 0) throw new Error(printed);
  const last = await valueIn(path);
  checkOnnx(join(folder, "model.onnx"));
  const left = leftIn(folder).length;
  if (left > 0) throw new Error(`expected no left-over, received ${readdirSync(folder).join()}`);
  const reads = [...seen].map(([value, count]) => `${count} of writer ${value}`).join(", ");
  return `2 × ${SAVES} saves and exports; read meanwhile: ${reads}, all whole; last: writer ${last}, its ONNX model has its weights; left-overs: 0`;
}
