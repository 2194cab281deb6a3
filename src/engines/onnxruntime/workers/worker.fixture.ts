import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type BuildOptions, build } from "esbuild";

/** A program in one text, as if it stood in the folder of the engine. */
export function bundled(program: string): Promise<string> {
  return bundle({ stdin: { contents: program, resolveDir: join(import.meta.dirname, ".."), loader: "ts" } });
}

async function bundle(entry: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    ...entry,
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    external: ["onnxruntime-node", "onnxruntime-web"],
    logLevel: "error",
    logOverride: { "empty-import-meta": "silent" },
  });
  return outputFiles![0]!.text;
}

/** What a worker runs, compiled from its source. */
export const workerCode = await bundle({ entryPoints: [join(import.meta.dirname, "worker.ts")] });

/** Starts a worker. */
export function startFromSource(): Worker {
  return new Worker(workerCode, { eval: true });
}
