import { outputOf } from "./child.ts";

/** What may be added, in megabytes; a clone has 0.4 MB of weights, and what an engine makes of them. */
const MOST = 20;

/** Predicts and clones often, with each engine: what a process has does not grow. */
export async function run(): Promise<string> {
  const lines: string[] = [];
  for (const engine of ["reference", "onnxruntime"]) {
    for (const [what, times] of [
      ["predicts", 1000],
      ["clones", 200],
    ] as const) {
      const said = await outputOf("repeat", [what, engine], { node: ["--expose-gc"] });
      const [before = 0, after = 0] = JSON.parse(said) as number[];
      const line = `${times} ${what}, ${engine}: ${before.toFixed(0)} MB, then ${after.toFixed(0)} MB`;
      if (after - before > MOST) throw new Error(`expected at most ${MOST} MB more, received ${line}`);
      lines.push(line);
    }
  }
  return lines.join("\n");
}
