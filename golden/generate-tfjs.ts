/**
 * Writes golden/tfjs/: models that TensorFlow.js made and saved, and what it computes of them. Those that its converter made
 * are written by scripts/tensorflowjs_converter.py, and stay.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inputsFor, withOwnWeights } from "../src/saving/tfjs/examples.fixture.ts";
import { filesOfTensorflow, tensorflow } from "../src/saving/tfjs/tensorflow.fixture.ts";
import { tensorflowExamples } from "../src/saving/tfjs/tensorflow-models.fixture.ts";
import { toNumbers } from "../src/tensor/cast.ts";

const golden = dirname(fileURLToPath(import.meta.url));
const folder = join(golden, "tfjs");
const tf = await tensorflow();

/** The shortest number that is the same in float32. */
function shortest(number: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(number.toPrecision(digits));
    if (Math.fround(short) === number) return short;
  }
  return number;
}

const isConverted = (name: string) => name.startsWith("converted_");
for (const name of readdirSync(folder)) if (!isConverted(name)) rmSync(join(folder, name), { recursive: true });
for (const [i, [name, make]] of tensorflowExamples.entries()) {
  const model = withOwnWeights(make());
  const path = join(folder, name.toLowerCase().replaceAll(/[^a-z]+/g, "_"));
  mkdirSync(path, { recursive: true });
  // Some in one file, some in many.
  for (const [file, bytes] of await filesOfTensorflow(model, i % 2 ? 500 : 2 ** 22))
    writeFileSync(join(path, file), bytes);
  const inputs = inputsFor(
    name,
    model.inputs.map(({ shape }) => shape),
  );
  const given = inputs.map((tensor) => tf.tensor([...toNumbers(tensor)], [...tensor.shape]));
  const outputs = [model.predict(given)].flat();
  const record = {
    inputs: inputs.map((tensor) => ({ dtype: tensor.dtype, shape: tensor.shape, values: [...toNumbers(tensor)].map(shortest) })),
    outputs: outputs.map((tensor) => ({ dtype: tensor.dtype, shape: tensor.shape, values: [...tensor.dataSync()].map(shortest) })),
  };
  writeFileSync(join(path, "expected.json"), `${JSON.stringify(record)}\n`);
}

const path = join(golden, "manifest.json");
const manifest = JSON.parse(readFileSync(path, "utf8")) as {
  versions: Record<string, object>;
  sha256: Record<string, string>;
};
manifest.versions.tfjs = { tensorflowjs: tf.version_core };
const others = Object.entries(manifest.sha256).filter(([file]) => !file.startsWith("tfjs/"));
const own = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry): [string, string] => {
    const file = join(entry.parentPath, entry.name);
    return [file.slice(golden.length + 1), createHash("sha256").update(readFileSync(file)).digest("hex")];
  });
manifest.sha256 = Object.fromEntries([...others, ...own.sort(([a], [b]) => (a < b ? -1 : 1))]);
writeFileSync(path, `${JSON.stringify(manifest, null, 1)}\n`);
