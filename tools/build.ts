/** Writes dist/: plain compiler output, in whose declarations the imports name .js files as they do in the code. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

rmSync("dist", { recursive: true, force: true });
const compiler = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"];
const { status } = spawnSync(process.execPath, compiler, { stdio: "inherit" });
for (const name of readdirSync("dist", { recursive: true, encoding: "utf8" })) {
  if (!name.endsWith(".d.ts")) continue;
  const path = join("dist", name);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace(/((?:from|import|import\()\s*"\.[^"]*)\.ts"/g, '$1.js"'));
}
process.exitCode = status ?? 1;
