import { Input, type Model, Sequential, Tensor } from "../../src/index.ts";
import { Dense, Embedding } from "../../src/layers/index.ts";
import { loadModel, loadWeights, saveModel } from "../../src/node.ts";
import { StoredTensor } from "../../src/saving/stored-tensor.ts";

// Writes a model of so many gigabytes, a quarter of which is one weight, or checks what became of one: `FILE GIGABYTES`,
// `FILE GIGABYTES check`.

const UNITS = 4096;
const [path = "", gigabytes = "4", isCheck] = process.argv.slice(2);
const rows = (Number(gigabytes) * 1e9) / 4 / UNITS;
const model = new Sequential([
  Input({ shape: [1], dtype: "int32" }),
  new Embedding({ input_dim: Math.ceil(rows / 4), output_dim: UNITS }),
  ...Array.from({ length: Math.ceil((rows * 0.75) / UNITS) }, () => new Dense({ units: UNITS })),
]);

if (isCheck) await check();
else {
  for (const [i, variable] of model.weights.entries()) {
    const { dtype, shape } = variable;
    const array = { dtype, shape, read: async () => new Tensor("float32", shape, numbersOf(i, shape)) };
    variable.assignLazily(new StoredTensor(array, dtype, undefined));
  }
  await saveModel(model, path);
  console.log(`${model.countParams().toLocaleString("en-US")} parameters in ${model.weights.length} weights`);
}

/** Numbers that no other weight has, nor the places around them. */
function numbersOf(weight: number, shape: readonly number[]): Float32Array {
  const numbers = new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(weight + 1);
  for (let at = 0; at < numbers.length; at += 99_991) numbers[at] = weight + 1 / (at + 2);
  return numbers;
}

/** Compares all numbers with what they were. */
async function check(): Promise<void> {
  const found: Model = path.endsWith(".weights.h5") ? model : await loadModel(path);
  if (found === model) await loadWeights(model, path);
  if (found.weights.length !== model.weights.length) throw new Error(`${path}: other weights`);
  for (const [i, variable] of found.weights.entries()) {
    const { source, shape } = variable;
    if (!(source instanceof StoredTensor)) throw new Error(`${path}: a weight is not in the file`);
    const received = (await source.read()).data as Float32Array;
    const expected = numbersOf(i, shape);
    if (Buffer.compare(bytesOf(received), bytesOf(expected)) !== 0)
      throw new Error(`${path}: weight ${i}, ${variable.path}, has other numbers`);
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
