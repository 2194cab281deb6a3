import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type BuildOptions, build, type Metafile, type OutputFile, type Plugin } from "esbuild";
import { doors, ROOT } from "./doors.ts";

const PROGRAM = "program.ts";

interface Bundle {
  /** What a page loads at once: the entry and what it imports statically, but no chunk behind an `import()`. */
  readonly code: string;
  readonly gzip: number;
}

/** Bundles a program that imports the package by its public names, as a user's bundler would: from src/, if not told otherwise. */
export async function bundleProgram(program: string, options: BuildOptions = {}): Promise<Bundle> {
  const result = await build({
    ...browserBuild(),
    stdin: {
      contents: program,
      resolveDir: options.absWorkingDir ?? ROOT,
      sourcefile: PROGRAM,
      loader: "ts",
    },
    minify: true,
    legalComments: "none",
    ...options,
    metafile: true,
    write: false,
  });
  const code = loadedAtOnce(result.metafile, result.outputFiles, options.absWorkingDir ?? ROOT);
  return { code, gzip: gzipSync(code, { level: 9 }).length };
}

/** Options shared by everything that is bundled for a browser. */
export function browserBuild(): BuildOptions {
  return {
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    outdir: "bundle",
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: ["onnxruntime-node", "onnxruntime-web", "yaml"],
    plugins: [packageFromSource()],
    logLevel: "silent",
  };
}

/** Resolves "ceratops/…" to the source of what package.json exports under that name. */
function packageFromSource(): Plugin {
  return {
    name: "package-from-source",
    setup({ onResolve }) {
      onResolve({ filter: /^ceratops(\/|$)/ }, ({ path }) => {
        const source = doors.get(path);
        if (source === undefined) return { errors: [{ text: `the package does not export "${path}"` }] };
        return { path: source, sideEffects: false };
      });
    },
  };
}

function loadedAtOnce(metafile: Metafile, files: readonly OutputFile[], folder: string): string {
  // What an `import()` loads is an entry point of its own.
  const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === PROGRAM);
  const wanted = new Set(entry === undefined ? [] : [entry[0]]);
  for (const path of wanted) {
    for (const { kind, path: next } of metafile.outputs[path]?.imports ?? []) {
      if (kind === "import-statement") wanted.add(next);
    }
  }
  return files
    .filter(({ path }) => [...wanted].some((name) => path === join(folder, name)))
    .map(({ text }) => text)
    .join("\n");
}
