import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ceratops, files, layers } from "../bench/package.ts";

/** A model all of whose weights are one number; of a megabyte with 500 units. */
export function modelOf(value: number, units = 500) {
  const model = new ceratops.Sequential([
    ceratops.Input({ shape: [units] }),
    new layers.Dense({ units, bias_initializer: "ones" }),
  ]);
  model.setWeights(
    model.weights.map(({ shape }) => {
      const size = shape.reduce((product, axis) => product * axis, 1);
      return new ceratops.Tensor("float32", shape, new Float32Array(size).fill(value));
    }),
  );
  return model;
}

/** The number that all weights of a file are; throws where it is not one whole model. */
export async function valueIn(path: string): Promise<number> {
  const model = await files.loadModel(path, { verify: true });
  const found = new Set<number | bigint>();
  for (const { value } of model.weights) for (const number of value.data) found.add(number);
  await model.dispose();
  const [only, ...others] = found;
  if (only === undefined || others.length > 0)
    throw new Error(`${path}: a mixture of ${[...found].join(", ")}`);
  return Number(only);
}

/** Throws where an ONNX model has no weights beside it, or others than its own. */
export function checkOnnx(path: string): void {
  const text = readFileSync(path, "latin1");
  const [, hash] = /\.onnx\.([0-9a-f]{16})\.data/.exec(text) ?? [];
  const beside = join(dirname(path), `${basename(path)}.${hash}.data`);
  if (!existsSync(beside)) throw new Error(`${path}: ${basename(beside)} is missing`);
  const found = createHash("sha256").update(readFileSync(beside)).digest("hex").slice(0, 16);
  if (found !== hash) throw new Error(`${beside}: its bytes have the hash ${found}`);
}

/** What was left half written in a folder. */
export function leftIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(".tmp"));
}
