import { ceratops, layers, onnxEngine } from "../package.ts";
import { atMost, type Comparison, type Group, type Row } from "../row.ts";

const BATCH = 4096;
const WORKERS = 2;
/** What a timer may be late by. */
const LIMIT = 20;

/** How late the latest timer is while a network of 25 million parameters is made, compiled and run. */
export const measure: Group = async () => {
  const { cloneModel, Tensor } = ceratops;
  const model = mlp();
  const plain = onnxEngine.onnxruntime();
  const engine = onnxEngine.onnxruntime({ workers: WORKERS });
  const x = new Tensor("float32", [BATCH, 1024], new Float32Array(BATCH * 1024).fill(0.5));
  const predict = { batch_size: BATCH };
  // Both are loaded and have run before.
  for (const used of [plain, engine]) await small().predict(x, { ...predict, engine: used });
  const clone = cloneModel(model);
  const drawn = await latest(() => clone.load());
  const atOnce = await latest(async () => cloneModel(model).weights.map(({ value }) => value));
  await model.load();
  const compiled = await latest(() => model.predict(x, { ...predict, engine }));
  const run = await latest(() => model.predict(x, { ...predict, engine }));
  const compiledHere = await latest(() => model.predict(x, { ...predict, engine: plain }));
  const runHere = await latest(() => model.predict(x, { ...predict, engine: plain }));
  engine.dispose();
  return [
    row("first weights of a clone, awaited", drawn, { name: "read at once", value: atOnce }),
    row("the first predict, compiling", compiled, { name: "without workers", value: compiledHere }),
    row("predict", run, { name: "without workers", value: runHere }),
  ];
};

function row(work: string, ours: number, other: Comparison): Row {
  return {
    name: `latest timer, 25 M parameters, batch ${BATCH}: ${work}`,
    unit: "ms",
    ours,
    others: [other],
    budget: atMost(ours, LIMIT, "ms"),
  };
}

function mlp() {
  return new ceratops.Sequential([
    ceratops.Input({ shape: [1024] }),
    new layers.Dense({ units: 4096, activation: "relu" }),
    new layers.Dense({ units: 4096, activation: "relu" }),
    new layers.Dense({ units: 1024 }),
  ]);
}

function small() {
  return new ceratops.Sequential([ceratops.Input({ shape: [1024] }), new layers.ReLU()]);
}

/** By how many milliseconds the latest of many timers is late while something is done. */
async function latest(work: () => Promise<unknown>): Promise<number> {
  const interval = 2;
  let worst = 0;
  let due = performance.now() + interval;
  const look = () => {
    const now = performance.now();
    worst = Math.max(worst, now - due);
    due = now + interval;
  };
  const timer = setInterval(look, interval);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await work();
  await new Promise((resolve) => setTimeout(resolve, 20));
  clearInterval(timer);
  return worst;
}
