/** Which golden files a Keras loads: what is tried there, and what `ceratops check` says of it. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Loaded {
  /** The release, `3.6.0`. */
  readonly keras: string;
  /** By file, as `3.6/files/dense.keras`. */
  readonly loads: Readonly<Record<string, boolean>>;
}

/** Has a Python try all golden files, with the Keras of a folder where one is named, else with its own. */
export async function loadsIn(python: string, folder = ""): Promise<Loaded> {
  const env = { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: "1" };
  const program = fileURLToPath(new URL("loads.py", import.meta.url));
  const { stdout } = await run(python, [program], { env, maxBuffer: 2 ** 26 });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Loaded;
}
