import { copyFileSync, existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { files } from "../bench/package.ts";
import { outputOf } from "./child.ts";
import { modelOf } from "./models.ts";

const MODELS = 2000;
const LIMIT = 256;

/** Opens many models at once, large and small ones, with few descriptors. */
export async function run(folder: string): Promise<string> {
  if (!existsSync("/proc/self/fd")) return "skipped: the system does not say which descriptors there are";
  const lines: string[] = [];
  for (const units of [150, 20]) {
    const own = join(folder, String(units));
    mkdirSync(own);
    const first = join(own, "0.keras");
    await files.saveModel(modelOf(1, units), first);
    for (let i = 1; i < MODELS; i++) copyFileSync(first, join(own, `${i}.keras`));
    const said = await outputOf("open-many", [own], { limits: `ulimit -n ${LIMIT}` });
    if (!said.startsWith(`${MODELS} models, the first number of each adds up to ${MODELS};`))
      throw new Error(said);
    lines.push(`of ${statSync(first).size} bytes each, ulimit -n ${LIMIT}: ${said}`);
    rmSync(own, { recursive: true });
  }
  return lines.join("\n");
}
