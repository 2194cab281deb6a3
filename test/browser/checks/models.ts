import { onnxruntime } from "../../../src/engines/onnxruntime/index.ts";
import { reference } from "../../../src/engines/reference/index.ts";
import { cloneModel, type Tensor } from "../../../src/index.ts";
import { httpSource, loadModel, toBytes } from "../../../src/saving/index.ts";
import { recordTensor, type TensorRecord } from "../../formula.ts";
import { type BrowserCheck, expectEqual, fetchBlob } from "../check.ts";

interface FileRecord {
  readonly inputs: readonly TensorRecord[];
  readonly outputs: readonly TensorRecord[];
}

const web = onnxruntime({
  package: "onnxruntime-web",
  async load() {
    const ort = await import("onnxruntime-web/wasm");
    ort.env.wasm.wasmPaths = "/onnxruntime-web/";
    return ort;
  },
});

/** Files of Python Keras that the page opens, clones and runs. */
const files = ["dense", "convolution", "recurrent", "transformer"];

export const modelChecks: readonly BrowserCheck[] = [
  ...files.map(
    (name): BrowserCheck => ({
      name: `${name}.keras from a Blob: cloned, run by onnxruntime-web and by the reference engine, saved`,
      async run() {
        const model = await loadModel(await fetchBlob(`/golden/3.6/files/${name}.keras`));
        const { inputs, outputs } = await recordOf(name);
        await model.load();
        const clone = cloneModel(model, { weights: "copy" });
        for (const engine of [web, reference]) {
          expectClose(
            await clone.predict<Tensor>(recordTensor(inputs[0]!), { engine }),
            outputs[0]!,
            engine.name,
          );
        }
        const again = await loadModel(await toBytes(clone));
        expectEqual(again.toJson() === clone.toJson(), true, "text of the saved clone");
      },
    }),
  ),
  {
    name: "dense.keras by HTTP ranges, its weights read when needed",
    async run() {
      const source = await httpSource(new URL("/golden/3.6/files/dense.keras", location.href));
      const model = await loadModel(source);
      expectEqual(model.weights[0]!.isRemote, true, "isRemote");
      const { inputs, outputs } = await recordOf("dense");
      expectClose(
        await model.predict<Tensor>(recordTensor(inputs[0]!), { engine: reference }),
        outputs[0]!,
        "outputs",
      );
    },
  },
];

async function recordOf(name: string): Promise<FileRecord> {
  return JSON.parse(await (await fetchBlob(`/golden/3.6/files/${name}.json`)).text()) as FileRecord;
}

function expectClose(received: Tensor, record: TensorRecord, where: string): void {
  const expected = recordTensor(record);
  expectEqual(received.shape, expected.shape, `${where}: shape`);
  const [got, want] = [received.data as Float32Array, expected.data as Float32Array];
  for (const [i, value] of want.entries()) {
    if (!(Math.abs(got[i]! - value) <= 1e-5 * (1 + Math.abs(value)))) {
      throw new Error(`${where}: element ${i}: expected ${value}, received ${got[i]}.`);
    }
  }
}
