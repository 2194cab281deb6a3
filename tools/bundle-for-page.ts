import { join } from "node:path";
import { build } from "esbuild";
import { browserBuild } from "./bundle.ts";
import { ROOT } from "./doors.ts";

/**
 * Writes `ceratops.min.js`, all of the package in one file for a page without a bundler. ONNX Runtime is not in it: a page
 * that has it in its import map, as `onnxruntime-web`, predicts with it.
 */
export async function bundleForPage(dist: string): Promise<void> {
  const { outdir, ...options } = browserBuild();
  await build({
    ...options,
    entryPoints: [join(ROOT, "src/browser.ts")],
    outfile: join(dist, "ceratops.min.js"),
    splitting: false,
    minify: true,
    // Names of classes are names of layers.
    keepNames: true,
    legalComments: "none",
    sourcemap: true,
  });
}
