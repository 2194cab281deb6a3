import { type FileHandle, open, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Input, type Model, Sequential, Tensor } from "../../src/index.ts";
import { Dense, Embedding } from "../../src/layers/index.ts";
import { loadModel, loadWeights, saveModel } from "../../src/node.ts";
import { StoredTensor } from "../../src/saving/stored-tensor.ts";

// Writes a model of so many gigabytes, a quarter of which is one weight, or checks what became of one: `FILE GIGABYTES`,
// `FILE GIGABYTES check`.

const UNITS = 4096;
/** What is compared at once. */
const PIECE = 2 ** 24;
/** How many bytes of an ONNX file may be in front of a weight. */
const MOST_BETWEEN = 2 ** 16;
const [path = "", gigabytes = "4", isCheck] = process.argv.slice(2);
const rows = (Number(gigabytes) * 1e9) / 4 / UNITS;
const model = new Sequential([
  Input({ shape: [1], dtype: "int32" }),
  new Embedding({ input_dim: Math.ceil(rows / 4), output_dim: UNITS }),
  ...Array.from({ length: Math.ceil((rows * 0.75) / UNITS) }, () => new Dense({ units: UNITS })),
]);

if (isCheck) await (path.endsWith(".onnx") ? checkOnnx() : check());
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

/** The same for an ONNX model, which has its weights in order, or a file beside it that has them. */
async function checkOnnx(): Promise<void> {
  const names = await readdir(dirname(path));
  const beside = names.find((name) => name.startsWith(`${basename(path)}.`));
  const file = await open(beside === undefined ? path : join(dirname(path), beside));
  let end = 0;
  for (const [i, { path: name, shape }] of model.weights.entries()) {
    const expected = bytesOf(numbersOf(i, shape));
    const gap = (await bytesAt(file, end, MOST_BETWEEN)).indexOf(expected.subarray(0, 64));
    if (gap < 0) throw new Error(`${path}: weight ${i}, ${name}, is missing`);
    for (let at = 0; at < expected.length; at += PIECE) {
      const wanted = expected.subarray(at, at + PIECE);
      if (!wanted.equals(await bytesAt(file, end + gap + at, wanted.length)))
        throw new Error(`${path}: weight ${i}, ${name}, has other numbers`);
    }
    end += gap + expected.length;
  }
  await file.close();
}

async function bytesAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
