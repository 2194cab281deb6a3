import { readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..");

const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  name: string;
  exports: Record<string, string | { default: string }>;
};

/** The public entry points by name (`ceratops/layers`), each with the file of src/ that it is built from. */
export const doors: ReadonlyMap<string, string> = new Map(
  Object.entries(manifest.exports).flatMap(([path, target]) =>
    typeof target === "string"
      ? []
      : [
          [
            manifest.name + path.slice(1),
            join(ROOT, target.default.replace(/^\.\/dist\/(.*)\.js$/, "src/$1.ts")),
          ],
        ],
  ),
);
