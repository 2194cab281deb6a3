/**
 * Random models of TensorFlow 2.5, 2.9, 2.13 and 2.15: their files of every format are read here, compute the same, have the
 * same texts and clones, and of those from 2.9 on what is written here is loaded there. `npm run interop -- --tf-keras --only random`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { flatten, type Nested } from "../src/graph/nested.ts";
import { modelFromJson } from "../src/index.ts";
import { loadModel, saveModel } from "../src/node.ts";
import { castTensor } from "../src/tensor/cast.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { cloneModel } from "../src/tf-keras/index.ts";
import { nestedTensors, type TfKerasRecord } from "../test/golden-tf-keras.ts";
import type { Checks } from "../tools/closing-line.ts";
import { expectClose, expectText } from "./expect.ts";
import { loadThere, plain } from "./tf-keras.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What each version writes. */
const formats: Readonly<Record<string, readonly string[]>> = {
  "2.5": ["h5", "tf"],
  "2.9": ["h5", "tf"],
  "2.13": ["keras"],
  "2.15": ["keras", "h5"],
};

/** Nothing is written for versions before 2.9. */
const isWritten = (version: string): boolean => version !== "2.5";

/** Versions whose texts say what their files say. */
const hasOneText = /^2\.[59]$/;

/** What is not read, or not computed, here. */
const refused: readonly RegExp[] = [
  /received "(?:area|gaussian|mitchellcubic)"/,
  /unknown class "RandomFourierFeatures"/,
  /time_major/,
  /axis: expected an integer, received \[/,
  /expected a function of JavaScript/,
  /is not known here/,
];

/** How far TensorFlow may be: it resizes by a table, and layers of few bits round at other places. */
function allowedFor(text: string): number {
  if (text.includes("float16")) return 2 ** -6;
  return /bicubic|lanczos/.test(text) ? 2e-3 : 2e-5;
}

export interface RandomRecord extends TfKerasRecord {
  readonly input_names: readonly string[];
  readonly inputs: NonNullable<TfKerasRecord["inputs"]>;
  readonly outputs: NonNullable<TfKerasRecord["outputs"]>;
}

/** Which models: `count` of each version, from `seed` on. */
export interface RandomModels {
  readonly count: number;
  readonly seed: number;
}

/** All of them. */
export async function compareRandomTfKeras(checks: Checks, { count, seed }: RandomModels): Promise<void> {
  for (const [version, suffixes] of Object.entries(formats)) {
    const python = pythonOf(version);
    if (!existsSync(python)) {
      checks.skip(`random models of Keras ${version}`, "bash interop/python-env.sh --tf-keras makes it");
      continue;
    }
    const folder = await mkdtemp(join(tmpdir(), "ceratops-random-"));
    try {
      const own = join(folder, "written");
      await mkdir(own);
      for (const [name, problem] of Object.entries(writeThere(version, folder, { count, seed }, suffixes))) {
        const title = `${name} of Keras ${version}`;
        if (problem !== null) checks.skip(title, `Keras cannot make or save it: ${problem}`);
        else await compareFiles(checks, title, join(folder, name), version, own);
      }
      await loadThere(checks, python, own, (name) => `${name}, written here, in Keras ${version}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** The program of a version, where its environment is. */
export function pythonOf(version: string): string {
  return join(root, `.cache/python/tf-keras-${version}/bin/python`);
}

/** Has a version write models, each in formats and as JSON with what it computes: by name null, or why there is none. */
export function writeThere(
  version: string,
  folder: string,
  { count, seed }: RandomModels,
  suffixes: readonly string[],
): Readonly<Record<string, string | null>> {
  const program = join(root, "interop/random_tf_program.py");
  const args = [program, folder, String(seed), String(count), ...suffixes];
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1" };
  const run = spawnSync(pythonOf(version), args, { encoding: "utf8", env });
  if (run.status !== 0) throw new Error(run.stderr.slice(-500));
  const lines = run.stdout.split("\n").filter(Boolean);
  const said = lines.map((line) => JSON.parse(line) as { name: string; problem: string | null });
  return Object.fromEntries(said.map(({ name, problem }) => [name, problem]));
}

/** The files of one model, and what is written of each for the same version. */
async function compareFiles(
  checks: Checks,
  title: string,
  path: string,
  version: string,
  own: string,
): Promise<void> {
  const record = JSON.parse(readFileSync(`${path}.json`, "utf8")) as RandomRecord;
  for (const suffix of formats[version]!) {
    const file = `${path}.${suffix}${suffix === "tf" ? "/" : ""}`;
    const problem = await compareFile(record, file, version).catch((error: Error) => error);
    const name = `${title}, .${suffix}`;
    if (problem && refused.some((each) => each.test(problem.message))) checks.skip(name, problem.message);
    else
      await checks.run(name, async () => {
        if (problem) throw problem;
        for (const written of isWritten(version) ? formats[version]!.filter((each) => each !== "tf") : [])
          await writeAgain(record, file, join(own, `${record.id}_${suffix}.${written}`), version);
      });
  }
}

async function compareFile(record: RandomRecord, file: string, version: string): Promise<null> {
  const { inputs, outputs, to_json: text, clone_json: cloned = text } = record;
  await using model = await loadModel(file);
  const given = await model.predict(nestedTensors(inputs));
  const expected = flatten(nestedTensors(outputs)).map(counted);
  expectClose("outputs", flatten(given as Nested<Tensor>), expected, allowedFor(text));
  if (!hasOneText.test(version)) return null;
  expectText("text", modelFromJson(text).toJson(), text);
  // A SavedModel has its texts in another form.
  if (!file.endsWith(".h5")) return null;
  expectText("config", model.toJson(), text);
  // 2.5 takes a constant apart in clones.
  const isOther = version === "2.5" && text.includes("_CONSTANT_VALUE");
  if (!isOther && !text.includes("SyncBatchNormalization"))
    expectText("clone", cloneModel(model).toJson(), cloned);
  return null;
}

/** Places are counted in int32 here, as Keras 3 does. */
function counted(tensor: Tensor): Tensor {
  return tensor.dtype === "int64" ? castTensor(tensor, "int32") : tensor;
}

/** Writes a model for the version that it came from, and beside it what it has to compute there. */
async function writeAgain(record: RandomRecord, file: string, path: string, keras: string): Promise<void> {
  const { inputs, outputs, input_names: names, to_json: text } = record;
  await using model = await loadModel(file);
  await saveModel(model, path, { keras });
  const given = flatten(nestedTensors(inputs));
  const asked = {
    inputs: Object.fromEntries(names.map((name, i) => [name, plain(given[i]!)])),
    outputs: flatten(nestedTensors(outputs)).map(plain),
    allowed: allowedFor(text),
  };
  await writeFile(`${path.slice(0, path.lastIndexOf("."))}.json`, JSON.stringify(asked));
}
