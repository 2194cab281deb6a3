/**
 * Models that began in Keras 3, written for Keras 2 and loaded by TensorFlow 2.9, 2.13 and 2.15: they must compute there
 * what Keras 3 computes. `npm run interop -- --tf-keras`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { flatten } from "../src/graph/nested.ts";
import { modelFromJson } from "../src/index.ts";
import { loadModel, saveModel } from "../src/node.ts";
import { toNumbers } from "../src/tensor/cast.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { recordTensor, type TensorRecord } from "../test/formula.ts";
import { nestedTensors, type TfKerasRecord, tfKerasModels } from "../test/golden-tf-keras.ts";
import type { Checks } from "../tools/closing-line.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const golden = join(root, "golden/3.6/models");

interface ModelRecord {
  readonly id: string;
  readonly config_text: string;
  readonly weights?: readonly TensorRecord[];
  readonly inputs?: readonly (TensorRecord & { readonly name: string })[];
  readonly outputs?: readonly TensorRecord[];
}

/** Which files are written for which versions. */
const files = [
  ["2.9", ".h5"],
  ["2.13", ".keras"],
  ["2.15", ".keras"],
  ["2.15", ".h5"],
] as const;

/** Models that Keras 2 cannot hold, by how the error of writing them begins or goes on. */
const refused: readonly RegExp[] = [
  /a policy that Keras 2 has/,
  /Keras 2(?:\.\d+)? has none/,
  /TensorFlow has a scope for/,
  /an optimizer of TensorFlow 2/,
  /TensorFlow 2\S* has no such option/,
];

/** Models of layers in bfloat16 behind ones in float16, which older versions cannot compute on a processor. */
const inFewBits = /^policies_(?:as_configs|in_turn)$/;

export async function compareTfKeras(checks: Checks): Promise<void> {
  for (const [version, extension] of files) await compareWith(version, extension, checks);
}

async function compareWith(version: string, extension: string, checks: Checks): Promise<void> {
  const title = (name: string) => `${name} as ${extension} of Keras ${version}`;
  const python = join(root, `.cache/python/tf-keras-${version}/bin/python`);
  if (!existsSync(python)) {
    checks.skip(title("all"), "its environment is not there: bash interop/python-env.sh --tf-keras");
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), "ceratops-tf-keras-"));
  try {
    for (const record of records()) {
      if (inFewBits.test(record.id) && version !== "2.15") {
        checks.skip(
          title(record.id),
          `TensorFlow ${version} has no BatchNormalization of bfloat16 on a processor`,
        );
        continue;
      }
      const path = join(folder, `${record.id}${extension}`);
      const problem = await write(record, path, version).then(
        () => null,
        (error: Error) => error,
      );
      if (!problem) continue;
      const name = title(record.id);
      if (refused.some((expected) => expected.test(problem.message))) checks.skip(name, problem.message);
      else
        await checks.run(name, () => {
          throw problem;
        });
    }
    for (const record of trainedModels(version))
      await checks.run(title(`${record.id}, written again,`), () =>
        writeAgain(record, folder, extension, version),
      );
    await loadThere(checks, python, folder, title);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Has a Keras of TensorFlow load the models of a folder, and compute what is said beside each. */
export async function loadThere(
  checks: Checks,
  python: string,
  folder: string,
  title: (name: string) => string,
): Promise<void> {
  const run = spawnSync(python, [join(root, "interop/tf_keras.py"), folder], { encoding: "utf8" });
  for (const line of run.stdout.split("\n").filter(Boolean)) {
    const { name, problem } = JSON.parse(line) as { name: string; problem: string | null };
    await checks.run(title(name), () => {
      if (problem !== null) throw new Error(problem);
    });
  }
  await checks.run(title("the end"), () => {
    if (run.status !== 0) throw new Error(run.stderr.slice(-500));
  });
}

/** Models of TensorFlow that were trained, but for that whose optimizer 2.9 has no file format for. */
function trainedModels(version: string): readonly TfKerasRecord[] {
  const isLike = (id: string) => id !== "optimizer_experimental_adam";
  return tfKerasModels(version).filter(({ id, file, training }) => file !== null && training && isLike(id));
}

/** Writes a file of TensorFlow again: both must go on alike when they are trained. */
async function writeAgain(
  { id, file, inputs, training }: TfKerasRecord,
  folder: string,
  extension: string,
  keras: string,
): Promise<void> {
  if (!file?.endsWith(extension) || !inputs || !training) return;
  await saveModel(await loadModel(file), join(folder, `${id}${extension}`), { keras });
  const given = flatten(nestedTensors(inputs)).map(plain);
  const truths = training.y.map((record) => plain(recordTensor(record)));
  await writeFile(join(folder, `${id}.json`), JSON.stringify({ again: file, inputs: given, truths }));
}

/** Models with numbers, of classes that TensorFlow knows without being told. */
function* records(): Generator<Required<ModelRecord>> {
  for (const file of readdirSync(golden)) {
    const record = JSON.parse(readFileSync(join(golden, file), "utf8")) as ModelRecord;
    const { weights, inputs, outputs, config_text: text } = record;
    if (weights && inputs && outputs && !/"registered_name": "\w+>/.test(text))
      yield { ...record, weights, inputs, outputs };
  }
}

async function write(
  { config_text: text, weights, inputs, outputs }: Required<ModelRecord>,
  path: string,
  keras: string,
): Promise<void> {
  const model = modelFromJson(text);
  model.setWeights(weights.map(recordTensor));
  await saveModel(model, path, { keras });
  // A step of what the model computes in.
  const allowed = text.includes("bfloat16") ? 2 ** -7 : text.includes("float16") ? 2 ** -10 : 1e-5;
  const named = Object.fromEntries(inputs.map((input) => [input.name, plain(recordTensor(input))]));
  await writeFile(
    `${path.slice(0, path.lastIndexOf("."))}.json`,
    JSON.stringify({ inputs: named, outputs: outputs.map((output) => plain(recordTensor(output))), allowed }),
  );
}

export function plain(tensor: Tensor): object {
  const { dtype, shape } = tensor;
  return { dtype, shape, values: tensor.strings ?? Array.from(toNumbers(tensor), Number) };
}
