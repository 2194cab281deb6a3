/**
 * All architectures of keras.applications: their configs are read and written to the character, also by a clone, and
 * with formula weights ONNX Runtime computes what Keras does, within a ten-thousandth of the largest output.
 * `npm run interop -- --applications`, or `--applications --only ResNet50,VGG16`.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onnxruntime } from "../src/engines/onnxruntime/index.ts";
import { cloneModel } from "../src/index.ts";
import { modelFromJson } from "../src/revive.ts";
import { toNumbers } from "../src/tensor/cast.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { recordTensor, type TensorRecord } from "../test/formula.ts";
import type { Checks } from "../tools/closing-line.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

interface Architecture {
  readonly name: string;
  readonly config_text: string;
  readonly parameters: number;
  readonly weights: readonly TensorRecord[];
  readonly input: TensorRecord;
  readonly output: TensorRecord;
}

/** Compares all architectures, or those of a list of names, as Keras 3.6 makes them. */
export async function compareApplications(checks: Checks, only?: string): Promise<void> {
  const python = join(root, ".cache/python/3.6/bin/python");
  const script = join(root, "interop/applications.py");
  const keras = spawn(python, [script, ...(only?.split(",") ?? [])], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => keras.on("close", resolve));
  let count = 0;
  for await (const line of createInterface({ input: keras.stdout })) {
    const architecture = JSON.parse(line) as Architecture;
    await checks.run(architecture.name, () => compareOne(architecture));
    count++;
  }
  await checks.run("keras.applications were written", async () => {
    const code = await ended;
    if (code !== 0) throw new Error(`Python ended with ${code} after ${count} architectures`);
  });
}

/** Fails where text, weights or values are others. */
export async function compareOne({
  config_text: text,
  parameters,
  weights,
  input,
  output,
}: Architecture): Promise<void> {
  const model = modelFromJson(text);
  expectSame("the text", model.toJson(), text);
  // Keras records a training that nobody gave, and again when it reads a call without one.
  const asCloned = text.replaceAll('"kwargs": {"training": false}', '"kwargs": {}');
  expectSame("the text of a clone", cloneModel(model).toJson(), asCloned);
  expectSame("the parameters", model.countParams(), parameters);
  model.setWeights(weights.map(recordTensor));
  const engine = onnxruntime({ package: "onnxruntime-node" });
  const received = toNumbers((await model.predict(recordTensor(input), { engine })) as Tensor);
  const expected = toNumbers(recordTensor(output));
  expectSame("the number of outputs", received.length, expected.length);
  const most = Math.max(...expected.map((value) => Math.abs(Number(value)))); // ten classes
  for (const [i, value] of expected.entries()) {
    const distance = Math.abs(Number(received[i]) - Number(value));
    if (!(distance <= 1e-4 * most))
      throw new Error(`output ${i}: expected ${value}, received ${received[i]}.`);
  }
}

function expectSame<T extends string | number>(what: string, received: T, expected: T): void {
  if (received === expected) return;
  const [a, b] = [String(received), String(expected)];
  let at = 0;
  while (a[at] === b[at]) at++;
  const cut = (whole: string) => whole.slice(Math.max(0, at - 40), at + 80);
  throw new Error(`${what}: expected …${cut(b)}, received …${cut(a)}.`);
}
