/** Random models that go from version to version: new ones of Keras 3 and of TensorFlow's own for each seed. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { flatten } from "../src/graph/nested.ts";
import { nestedTensors } from "../test/golden-tf-keras.ts";
import { inOrder, plain, type Sample, type Source } from "./matrix-sources.ts";
import { start } from "./programs.ts";
import { pythonOf, type RandomModels, type RandomRecord, writeThere } from "./tf-keras-random.ts";

/** What each version writes them in. */
const ofTensorflow: Readonly<Record<string, string>> = { "2.9": "h5", "2.15": "keras" };
const ofKeras3 = ["3.6", "latest"];

/** Some make much of little, as quotients do. */
const allowed = 2e-5;

/** Those of all versions, or of the ones whose names begin so; their files go into the folder. */
export async function* randomSources(
  folder: string,
  only: string,
  models: RandomModels,
): AsyncGenerator<Source> {
  for (const [version, suffix] of Object.entries(ofTensorflow)) {
    if (!`tf_keras ${version}`.startsWith(only)) continue;
    if (!existsSync(pythonOf(version))) console.log(`not made: tf_keras ${version} cannot be had here`);
    else yield ofTfKeras(version, suffix, join(folder, version), models);
  }
  for (const version of ofKeras3)
    if (`keras ${version}`.startsWith(only)) yield* ofKeras(version, join(folder, version), models);
}

function ofTfKeras(version: string, suffix: string, folder: string, models: RandomModels): Source {
  mkdirSync(folder);
  const samples = made(writeThere(version, folder, models, [suffix])).map((id): Sample => {
    const { inputs, outputs } = JSON.parse(readFileSync(join(folder, `${id}.json`), "utf8")) as RandomRecord;
    const [given, found] = [nestedTensors(inputs), nestedTensors(outputs)];
    return {
      id,
      file: join(folder, `${id}.${suffix}`),
      allowed,
      inputs: flatten(given).map(plain),
      outputs: flatten(found).map(plain),
      listed: { inputs: inOrder(given).map(plain), outputs: inOrder(found).map(plain) },
    };
  });
  return { name: `tf_keras ${version}`, samples };
}

async function* ofKeras(
  version: string,
  folder: string,
  { seed, count }: RandomModels,
): AsyncGenerator<Source> {
  const program = await start(`keras ${version}`);
  if (!program) return;
  const names = made(await program.random(folder, seed, count));
  program.end();
  for (const suffix of [".keras", ".h5"]) {
    const samples = names.flatMap((id): Sample[] => {
      const { inputs, outputs } = JSON.parse(readFileSync(join(folder, `${id}.json`), "utf8")) as Sample;
      const file = join(folder, `${id}${suffix}`);
      return existsSync(file)
        ? [{ id, file, inputs, outputs, allowed, loadable: join(folder, `${id}.keras`) }]
        : [];
    });
    yield { name: `keras ${program.release.version} ${suffix}`, samples };
  }
}

/** The names of those that could be made; the others are said. */
function made(models: Readonly<Record<string, string | null>>): string[] {
  return Object.entries(models).flatMap(([id, problem]) => {
    if (problem !== null) console.log(`not made: ${id}: ${problem}`);
    return problem === null ? [id] : [];
  });
}
