import { ceratops, onnxEngine, referenceEngine } from "../../bench/package.ts";
import { modelOf } from "../models.ts";

// Repeats something on an engine and says what memory it has after a first part, and at the end, in megabytes.

const [what = "", engineName = ""] = process.argv.slice(2);
const engine = engineName === "reference" ? referenceEngine.reference : onnxEngine.onnxruntime();
const model = modelOf(0.001, 300);
const x = new ceratops.Tensor("float32", [4, 300], new Float32Array(1200).fill(1));

const jobs: Readonly<Record<string, { warmup: number; times: number; run(): Promise<unknown> }>> = {
  predicts: { warmup: 200, times: 1000, run: () => model.predict(x, { engine }) },
  clones: {
    warmup: 50,
    times: 200,
    run: async () => {
      const clone = ceratops.cloneModel(model, { weights: "copy" });
      await clone.predict(x, { engine });
      await clone.dispose();
    },
  },
};

const job = jobs[what]!;
for (let i = 0; i < job.warmup; i++) await job.run();
const before = await resident();
for (let i = 0; i < job.times; i++) await job.run();
console.log(JSON.stringify([before, await resident()]));

/** Behind a full collection, and what it lets go of. */
async function resident(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return process.memoryUsage().rss / 1e6;
}
