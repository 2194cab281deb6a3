import { Worker } from "node:worker_threads";
import { Elapsed, interleave, timeOf } from "../measure.ts";
import { ceratops, layers } from "../package.ts";
import { Keras } from "../peers/keras.ts";
import { atMost, type Group } from "../row.ts";

const LAYERS = 10_000;

/** Builds a chain, writes its config, reads that and clones the chain. */
export const measure: Group = async ({ quick }) => {
  const { cloneModel, Functional } = ceratops;
  const run = () => {
    const model = buildChain(LAYERS);
    Functional.fromConfig(model.getConfig());
    cloneModel(model);
  };
  const first = await timeOf(run);
  const times = await interleave(
    { ours: run, tfjs: quick ? null : tensorflowChain },
    { rounds: quick ? 3 : 5, warmup: quick ? 0 : 1 },
  );
  const keras = new Keras();
  const others = [
    { name: "TensorFlow.js, no clone", value: times.tfjs },
    { name: "Keras 3.6", value: quick ? null : await oneRun(keras) },
  ];
  keras.end();
  const name = "a chain of 10,000 layers built, written, read, cloned";
  return [
    { name, unit: "ms", ours: times.ours!, others, budget: atMost(times.ours!, 1000, "ms") },
    { name: `${name}: the first time`, unit: "ms", ours: first, others: [], budget: null },
  ];
};

export function buildChain(count: number) {
  const { Functional, Input } = ceratops;
  const inputs = Input({ shape: [4] });
  let outputs = inputs;
  for (let i = 0; i < count; i++) outputs = new layers.Dense({ units: 4 }).apply(outputs);
  return new Functional({ inputs, outputs });
}

/** Keras needs a minute. */
async function oneRun(keras: Keras): Promise<number | null> {
  const job = await keras.job("chain", { layers: 10 });
  const long = job && (await keras.job("chain", { layers: LAYERS }));
  return long && timeOf(long);
}

/** TensorFlow.js recurses over the graph: it runs on a stack of 900 MB. */
function tensorflowChain(): Promise<Elapsed> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("../peers/tfjs-chain.mjs", import.meta.url), {
      workerData: { layers: LAYERS },
      resourceLimits: { stackSizeMb: 900, maxOldGenerationSizeMb: 4000 },
    });
    worker.once("message", (milliseconds: number) => resolve(new Elapsed(milliseconds)));
    worker.once("error", reject);
  });
}
