/**
 * Writes dist/: plain compiler output for bundlers and types, in whose declarations the documentation is complete, the same
 * code as a few large files for Node, which opens 500 small ones slowly, and as one file for pages without a bundler.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { bundleForNode } from "./bundle-for-node.ts";
import { bundleForPage } from "./bundle-for-page.ts";
import { completeDeclarations } from "./declarations.ts";
import { ROOT } from "./doors.ts";

const dist = join(ROOT, "dist");
rmSync(dist, { recursive: true, force: true });
const compiler = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"];
const { status } = spawnSync(process.execPath, compiler, { cwd: ROOT, stdio: "inherit" });
completeDeclarations(dist);
await bundleForNode(dist);
await bundleForPage(dist);
process.exitCode = status ?? 1;
