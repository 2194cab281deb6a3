/**
 * Which versions of Keras load which golden files, tried with each that pip can install, and written to
 * golden/versions.json, with which a test compares what `ceratops check` says. `npm run interop -- --versions`.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { minorOf } from "../test/check-claims.ts";
import { type Loaded, loadsIn } from "./loads.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
const environments = join(root, ".cache/python");

/** One release of each minor version; 3.0 needs libraries that newer Pythons lack. */
const releases = [
  ...["3.1.1", "3.2.1", "3.3.3", "3.4.1", "3.5.0", "3.7.0", "3.8.0", "3.9.2", "3.10.0", "3.11.3", "3.12.0"],
  ...["3.13.0", "3.14.0"],
];

/** Tries all versions and writes the table. */
export async function writeVersions(): Promise<void> {
  const found: Loaded[] = [];
  for (const release of releases) {
    const folder = await install(release);
    if (folder === null) console.log(`Keras ${release} cannot be installed here`);
    else found.push(await loadsIn(join(environments, "latest/bin/python"), folder));
  }
  for (const name of ["3.6", "latest"]) found.push(await loadsIn(join(environments, name, "bin/python")));
  found.sort((a, b) => minorOf(a.keras) - minorOf(b.keras));
  for (const { keras, loads } of found) {
    const count = Object.values(loads).filter(Boolean).length;
    console.log(`Keras ${keras} loads ${count} of ${Object.keys(loads).length} files`);
  }
  await writeFile(join(root, "golden/versions.json"), tableOf(found));
}

/** The table as text: the releases, and for each file those that load it. */
function tableOf(found: readonly Loaded[]): string {
  const files = Object.keys(found[0]?.loads ?? {}).map((file) => {
    const loading = found.filter(({ loads }) => loads[file]).map(({ keras }) => keras);
    return `  ${JSON.stringify(file)}: ${JSON.stringify(loading)}`;
  });
  const versions = JSON.stringify(found.map(({ keras }) => keras));
  return `{\n "versions": ${versions},\n "loadedBy": {\n${files.join(",\n")}\n }\n}\n`;
}

/** A folder with a release, without what it needs, which it shares with the newest; null where there is none. */
async function install(release: string): Promise<string | null> {
  const folder = join(environments, "versions", release);
  if (existsSync(join(folder, "keras"))) return folder;
  await mkdir(folder, { recursive: true });
  const pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, `keras==${release}`];
  try {
    await run(join(environments, "latest/bin/python"), pip);
    return folder;
  } catch {
    return null;
  }
}
