/**
 * Writes dist/: plain compiler output for bundlers and types, in whose declarations the imports name .js files as they
 * do in the code, the same code as a few large files for Node, which opens 500 small ones slowly, and as one file for
 * pages without a bundler.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleForNode } from "./bundle-for-node.ts";
import { bundleForPage } from "./bundle-for-page.ts";
import { ROOT } from "./doors.ts";

const dist = join(ROOT, "dist");
rmSync(dist, { recursive: true, force: true });
const compiler = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"];
const { status } = spawnSync(process.execPath, compiler, { cwd: ROOT, stdio: "inherit" });
for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
  if (!name.endsWith(".d.ts")) continue;
  const path = join(dist, name);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace(/((?:from|import|import\()\s*"\.[^"]*)\.ts"/g, '$1.js"'));
}
await bundleForNode(dist);
await bundleForPage(dist);
process.exitCode = status ?? 1;
