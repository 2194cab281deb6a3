import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type RolldownOutput, rolldown } from "rolldown";
import { doors, ROOT } from "./doors.ts";

const SOURCE = join(ROOT, "src");

/**
 * Writes what Node loads: the doors and what they share under `bundled/`, and the command `cli/main.js`. All that
 * `import "ceratops"` needs is one file; what runs, reads and writes models is loaded when needed, as in the code.
 */
export async function bundleForNode(dist: string): Promise<void> {
  const command = join(SOURCE, "cli/main.ts");
  const worker = join(SOURCE, "engines/onnxruntime/workers/worker.ts");
  const input = Object.fromEntries([...doors.values(), command, worker].map((path) => [nameOf(path), path]));
  const bundle = await rolldown({
    cwd: ROOT,
    input,
    platform: "node",
    external: /^[^./]/,
    preserveEntrySignatures: "allow-extension",
    onLog(level, log) {
      if (level === "warn") throw new Error(log.message);
    },
  });
  const reached = new Map<string, ReadonlySet<string>>();
  const written = await bundle.write({
    dir: dist,
    format: "esm",
    keepNames: true,
    comments: false,
    sourcemap: true,
    entryFileNames({ name }) {
      if (name === nameOf(command)) return "[name].js";
      // Beside the chunk that starts it.
      return name === nameOf(worker) ? "bundled/chunks/worker.js" : "bundled/[name].js";
    },
    chunkFileNames: "bundled/chunks/[name].js",
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        {
          debugName: "core",
          name(path, modules) {
            const isReachedFrom = (start: string) => {
              const known = reached.get(start) ?? reachedFrom(start, (id) => modules.getModuleInfo(id));
              reached.set(start, known);
              return known.has(path);
            };
            if (!isReachedFrom(join(SOURCE, "index.ts"))) return null;
            // The help of the command needs to know what errors are, and nothing else.
            return isReachedFrom(command) ? "errors" : "core";
          },
        },
      ],
    },
  });
  await bundle.close();
  checkPlaces(written, dist);
}

function nameOf(path: string): string {
  return relative(SOURCE, path).replace(/\.ts$/, "");
}

/** A module and all that it imports at once. */
function reachedFrom(
  start: string,
  about: (path: string) => { readonly importedIds: readonly string[] } | null,
): ReadonlySet<string> {
  const reached = new Set([start]);
  for (const path of reached) for (const next of about(path)?.importedIds ?? []) reached.add(next);
  return reached;
}

/** A file that code names relative to itself (a worker, say) must be there from where the code has moved to. */
function checkPlaces({ output }: RolldownOutput, dist: string): void {
  for (const chunk of output) {
    if (chunk.type !== "chunk") continue;
    const path = join(dist, chunk.fileName);
    for (const [, name = ""] of chunk.code.matchAll(/new URL\(\s*"([^"]+)",\s*import\.meta\.url/g)) {
      const place = fileURLToPath(new URL(name, pathToFileURL(path)));
      if (existsSync(place)) continue;
      throw new Error(`${relative(dirname(dist), path)} names ${name}, and there is no ${place}.`);
    }
  }
}
