/** The sources in a folder like src/, as the checks of them go through it. */
import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** The paths of all TypeScript files below a folder, relative to it, with `/`, in the order of their names. */
export function sourcesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** Whether a file is neither a test nor what tests are made with. */
export function isShipped(path: string): boolean {
  return !/\.(?:test|fixture)\.ts$/.test(path);
}
