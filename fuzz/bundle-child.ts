import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * The program of the children as one file, so that they start soon and look for no module once files cannot be
 * reached. Gives its path.
 */
export async function bundleChild(folder: string): Promise<string> {
  const outfile = join(folder, "child.mjs");
  const address = (path: string) => new URL(path, import.meta.url);
  await build({
    entryPoints: [fileURLToPath(address("child.ts"))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    external: ["onnxruntime-*"],
    define: { "import.meta.url": JSON.stringify(address("../src/cli/main.ts").href) },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('file:///');" },
    logLevel: "error",
  });
  return outfile;
}
