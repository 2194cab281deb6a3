import { onnxruntime, serveInWorker } from "../../../src/engines/onnxruntime/index.ts";
import { cloneModel, Input, Sequential, type Tensor } from "../../../src/index.ts";
import { Dense, LSTM } from "../../../src/layers/index.ts";
import { recordTensor } from "../../formula.ts";
import { type BrowserCheck, expectEqual } from "../check.ts";

const place = { wasmPaths: "/onnxruntime-web/" };
const here = onnxruntime(place);

const mlp = () =>
  new Sequential([
    Input({ shape: [64] }),
    new Dense({ units: 1500, activation: "relu" }),
    new Dense({ units: 1500 }),
  ]);

const samples = (count: number, ...shape: number[]) =>
  recordTensor({ dtype: "float32", shape: [count, ...shape], k: 3, scale: 1, offset: 0 });

export const workerChecks: readonly BrowserCheck[] = [
  {
    name: "a page loads the build for processors alone, unless another is asked for",
    async run() {
      await mlp().predict(samples(1, 64), { engine: here });
      const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
      const builds = loaded.filter((path) => path.endsWith(".wasm"));
      expectEqual([...new Set(builds)], ["/onnxruntime-web/ort-wasm-simd-threaded.wasm"], "WebAssembly");
    },
  },
  {
    name: "workers of a page give the numbers that the page computes, several at once",
    async run() {
      const engine = onnxruntime({ ...place, workers: 2 });
      const model = mlp();
      const inputs = [1, 2, 33].map((count) => samples(count, 64));
      const received = await Promise.all(inputs.map((x) => model.predict(x, { engine })));
      for (const [i, x] of inputs.entries()) {
        expectSame(received[i] as Tensor, (await model.predict(x, { engine: here })) as Tensor);
        expectEqual(x.data.length, x.size, "what is left of the input");
      }
      engine.dispose();
      const failure = await model.predict(samples(1, 64), { engine }).catch((error: unknown) => error);
      expectEqual(
        (failure as Error).message,
        "onnxruntime: could not compile the program: the engine is disposed.",
        "after dispose",
      );
    },
  },
  {
    name: "a worker of a page keeps no state of a stateful layer to itself",
    async run() {
      const engine = onnxruntime({ ...place, workers: 1 });
      const model = new Sequential([
        Input({ batch_shape: [2, 3, 4] }),
        new LSTM({ units: 5, stateful: true }),
      ]);
      const same = cloneModel(model, { weights: "copy" });
      const x = samples(2, 3, 4);
      for (let i = 0; i < 2; i++) {
        const received = (await model.predict(x, { engine })) as Tensor;
        expectSame(received, (await same.predict(x, { engine: here })) as Tensor);
      }
      engine.dispose();
    },
  },
  {
    name: "a page's own worker serves an engine",
    async run() {
      expectEqual(typeof serveInWorker, "function");
      const worker = () => new Worker("/worker.js", { type: "module" });
      const engine = onnxruntime({ ...place, workers: 1, worker });
      const model = mlp();
      const x = samples(4, 64);
      expectSame(
        (await model.predict(x, { engine })) as Tensor,
        (await model.predict(x, { engine: here })) as Tensor,
      );
      engine.dispose();
    },
  },
];

function expectSame(received: Tensor, expected: Tensor): void {
  expectEqual(received.shape, expected.shape, "shape");
  const differs = expected.data.findIndex((number, i) => !Object.is(number, received.data[i]));
  expectEqual(differs, -1, "place of the first number that differs");
}
