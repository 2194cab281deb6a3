import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ts from "typescript";

/** What a package has beside its code. */
const TEXTS = ["package.json", "README.md", "LICENSE", "CHANGELOG.md", "DIFFERENCES.md", "SECURITY.md"];
/** Files that are made of several modules. */
const BUNDLES = /^dist\/(?:bundled\/.*|cli\/.*|ceratops\.min)\.js(?:\.map)?$/;

/**
 * What is in a packed folder and should not be: whatever no entry point leads to by its imports, such as a helper of tests,
 * a golden file or what a folder was left with; and what the maps of bundles have of such files. `entries` are sources,
 * `src/index.ts`.
 */
export function strayFiles(folder: string, entries: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => posix.join(entry.parentPath.slice(folder.length + 1).replaceAll("\\", "/"), entry.name));
  const there = new Set(files);
  const wanted = sourcesFrom(folder, entries, there);
  const isWanted = (file: string) => {
    if (TEXTS.includes(file) || BUNDLES.test(file) || wanted.has(file)) return true;
    const [, module] = /^dist\/(.*?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(file) ?? [];
    return module !== undefined && wanted.has(`src/${module}.ts`);
  };
  const strays = files.filter((file) => !isWanted(file));
  for (const map of files.filter((file) => file.endsWith(".map"))) {
    for (const source of sourcesOf(folder, map)) {
      const isOfPackage = source.startsWith("src/");
      if (isOfPackage ? !wanted.has(source) : !source.includes("node_modules/"))
        strays.push(`${map}: ${source}`);
    }
  }
  return strays.sort();
}

/** The sources that entry points import, and what these import, types included. */
function sourcesFrom(folder: string, entries: readonly string[], there: ReadonlySet<string>): Set<string> {
  const found = new Set(entries);
  for (const file of found) {
    if (!there.has(file)) continue;
    const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, file), "utf8"));
    for (const { fileName } of importedFiles) {
      if (fileName.startsWith(".")) found.add(posix.join(dirname(file), fileName));
    }
  }
  return found;
}

function sourcesOf(folder: string, map: string): string[] {
  const { sources } = JSON.parse(readFileSync(join(folder, map), "utf8")) as { readonly sources: string[] };
  return sources.map((source) => posix.join(dirname(map), source));
}
