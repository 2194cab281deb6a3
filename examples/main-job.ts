/**
 * The main job on a file that Python Keras 3.6 wrote: open it, look at it, clone it, run original and clone, save the
 * clone, read it back. Run it with `npm run demo`.
 */
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cloneModel, type Tensor } from "../src/index.ts";
import { loadModel, readMetadata, saveModel } from "../src/node.ts";
import { recordTensor, type TensorRecord } from "../test/formula.ts";

const file = fileURLToPath(new URL("../golden/3.6/files/recurrent.keras", import.meta.url));
const recorded = JSON.parse(await readFile(file.replace(".keras", ".json"), "utf8")) as {
  inputs: TensorRecord[];
  outputs: TensorRecord[];
};

const { keras_version } = await readMetadata(file);
console.log(`golden/3.6/files/recurrent.keras, written by Python Keras ${String(keras_version)}\n`);
const model = await loadModel(file);
console.log(model.summary());

const x = recordTensor(recorded.inputs[0]!);
const expected = recordTensor(recorded.outputs[0]!);
const y = await model.predict<Tensor>(x);
console.log(
  `predict: ${x.shape} -> ${y.shape}; largest difference from Python's outputs: ${difference(y, expected)}`,
);

const fresh = cloneModel(model);
console.log(`clone with new weights: ${fresh.layers.length} layers, ${fresh.countParams()} parameters`);
const copy = cloneModel(model, { weights: "copy" });
console.log(
  `clone with copied weights: largest difference from the original: ${difference(await copy.predict<Tensor>(x), y)}`,
);

const folder = await mkdtemp(join(tmpdir(), "ceratops-"));
const saved = join(folder, "copy.keras");
await saveModel(copy, saved);
const again = await loadModel(saved);
console.log(
  `saved (${(await stat(saved)).size} bytes) and read back: difference ${difference(await again.predict<Tensor>(x), y)}`,
);
console.log(`exported to ONNX: ${(await again.export()).length} bytes`);
await rm(folder, { recursive: true });

function difference(a: Tensor, b: Tensor): string {
  const [p, q] = [a.data as Float32Array, b.data as Float32Array];
  return p.reduce((largest, value, i) => Math.max(largest, Math.abs(value - q[i]!)), 0).toExponential(1);
}
