/**
 * The live comparison with real Keras, both directions: Python Keras writes models; they are loaded, run, cloned and
 * saved here; Python Keras loads what was saved and must compute the same and have the same configs; and it loads the
 * golden files that `ceratops check` says it loads, and no others. For Keras 3.6.0 and for the newest Keras.
 * `npm run interop [-- --count 200 --seed 1 --only NAME]`, where `--only random` names the random models.
 * Instead, `-- --tf-keras` has TensorFlow load what is written for Keras 2, has versions evaluate what Keras 2 compiled (alone:
 * `--only compiled`), and reads random models of it (`--only random`), `-- --texts` compares models of texts and random feature spaces, with TensorFlow beside Keras;
 * `-- --applications` compares all architectures of keras.applications; `-- --versions` tries which versions load which
 * golden files; `-- --matrix` carries models from each version to each other one, and writes docs/versions.md.
 */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { flatten, type Nested, packLike } from "../src/graph/nested.ts";
import { cloneModel, type Model, type Tensor } from "../src/index.ts";
import { loadModel, saveModel } from "../src/node.ts";
import { readNpz } from "../src/saving/formats/npz.ts";
import { fileSource } from "../src/saving/node/file.ts";
import { claimOf } from "../test/check-claims.ts";
import { goldenObjects } from "../test/golden-custom.ts";
import { Checks, closingLine } from "../tools/closing-line.ts";
import { compareApplications } from "./applications.ts";
import { compareCompiled } from "./compiled.ts";
import { expectClose, expectText, sorted } from "./expect.ts";
import { writeMatrix } from "./matrix.ts";
import { start } from "./programs.ts";
import { compareTexts } from "./texts.ts";
import { compareTfKeras } from "./tf-keras.ts";
import { compareRandomTfKeras } from "./tf-keras-random.ts";
import { filesFor, writeVersions } from "./versions.ts";
import { Worker } from "./worker.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values: options } = parseArgs({
  options: {
    count: { type: "string", default: "12" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    versions: { type: "boolean", default: false },
    weights: { type: "boolean", default: false },
    applications: { type: "boolean", default: false },
    texts: { type: "boolean", default: false },
    "tf-keras": { type: "boolean", default: false },
    matrix: { type: "boolean", default: false },
  },
});

/** Layers that were adapted were built for the data they saw; a clone is built for the model's input. */
const adapted = ["normalization"];

interface Written {
  readonly name: string;
  readonly file: string;
  readonly tensors: string;
}

const kind = options.texts ? "--tensorflow" : options["tf-keras"] ? "--tf-keras" : "";
const setUp = spawnSync("bash", [join(root, "interop/python-env.sh"), kind], {
  encoding: "utf8",
  stdio: ["ignore", "inherit", "pipe"],
});
if (setUp.status === 3) {
  console.log(`skipped: no real Keras to compare with: ${setUp.stderr.trim()}`);
  console.log(closingLine(0, 0, 1));
} else if (setUp.status !== 0) {
  console.log(setUp.stderr);
  console.log(closingLine(0, 1));
  process.exitCode = 1;
} else if (options.versions) await writeVersions(options.only, options.weights);
else if (options.matrix) {
  const checks = new Checks();
  await writeMatrix(checks, options.only, { count: Number(options.count), seed: Number(options.seed) });
  checks.finish();
} else if (options.applications) {
  const checks = new Checks();
  await compareApplications(checks, options.only);
  checks.finish();
} else if (options["tf-keras"]) {
  const checks = new Checks();
  const { only, count, seed } = options;
  const isAll = only === undefined;
  if (!isAll && only !== "random" && !only.startsWith("compiled"))
    throw new Error(`--only: expected "compiled" or "random", received "${only}".`);
  if (isAll) await compareTfKeras(checks);
  if (isAll || only.startsWith("compiled")) await compareCompiled(checks, only?.replace(/^compiled */, ""));
  if (isAll || only === "random")
    await compareRandomTfKeras(checks, { count: Number(count), seed: Number(seed) });
  checks.finish();
} else if (options.texts) {
  const checks = new Checks();
  await compareTexts(checks, { count: Number(options.count), seed: Number(options.seed) });
  checks.finish();
} else await compare();

async function compare(): Promise<void> {
  const checks = new Checks();
  const folder = await mkdtemp(join(tmpdir(), "ceratops-interop-"));
  const startWorker = (name: string) => new Worker(join(root, ".cache/python", name, "bin/python"));
  // All at once: each Keras runs in a process of its own, and is what takes the time.
  const [oldest, newest, beside] = [startWorker("3.6"), startWorker("latest"), startWorker("latest")];
  try {
    await Promise.all([
      compareVersion("3.6", oldest, checks, join(folder, "3.6"), beside),
      compareVersion("latest", newest, checks, join(folder, "latest")),
    ]);
  } finally {
    for (const worker of [oldest, newest, beside]) worker.end();
    await rm(folder, { recursive: true, force: true });
  }
  checks.finish();
}

/** All that is compared with one Keras: what it loads, and the models that it writes, in a newer Keras, too. */
async function compareVersion(
  name: string,
  worker: Worker,
  checks: Checks,
  folder: string,
  newer?: Worker,
): Promise<void> {
  const keras = String((await worker.ask("version")).keras);
  console.log(`Keras ${keras}`);
  if (options.only === undefined) await compareLoading(checks, name);
  for await (const model of written(worker, folder)) {
    if ("error" in model) {
      await checks.run(`${keras} writes ${model.name}`, () => {
        throw new Error(model.error);
      });
      continue;
    }
    const readable = await worker.ask("config", { file: model.file }).catch((error: Error) => error);
    if (readable instanceof Error) {
      checks.skip(`${keras} ${model.name}`, `Keras cannot read its own file: ${readable.message}`);
      continue;
    }
    const config = String(readable.config);
    await checks.run(`${keras} ${model.name}`, () =>
      compareModel(model, config, String(readable.compiled), worker, folder),
    );
    if (newer === undefined) continue;
    const elsewhere = `${keras} ${model.name} in the newest Keras`;
    const there = await runThere(newer, model.file, model, folder).catch((error: Error) => error);
    if (there instanceof Error) checks.skip(elsewhere, `it cannot run what 3.6 wrote: ${there.message}`);
    else await checks.run(elsewhere, () => runsElsewhere(model, there.outputs, newer, folder));
  }
}

/** Real Keras loads or refuses each golden file, as `ceratops check` says. */
async function compareLoading(checks: Checks, name: string): Promise<void> {
  const program = await start(`keras ${name}`);
  if (!program) return;
  const release = `keras ${program.release.version}`;
  for (const file of filesFor(`keras ${name}`).filter((file) => file.startsWith("3."))) {
    const { error } = await program.load(join(root, "golden", file));
    await checks.run(`${release} ${file}, as check says`, async () => {
      const claim = (await claimOf(join(root, "golden", file)))(release);
      if (claim !== null && claim !== (error === null))
        throw new Error(`check says ${claim}, Keras says ${error ?? "nothing"}`);
    });
  }
  program.end();
}

/** What Python could not write, with the reason. */
interface Unwritten {
  readonly name: string;
  readonly error: string;
}

/** The fixed models and some random ones, each as soon as Python has written it; with `--only`, those it names. */
async function* written(worker: Worker, dir: string): AsyncGenerator<Written | Unwritten> {
  await mkdir(dir, { recursive: true });
  const standard = (await worker.ask("standard_names")).names as string[];
  for (const name of standard.filter(isWanted))
    yield* await write(worker, "standard_model", { dir, name }, name);
  for (let seed = Number(options.seed), left = Number(options.count); left > 0; seed++) {
    const name = `random_${seed}`;
    if (options.only?.startsWith("random_") && options.only !== name) left--;
    else {
      const made = await write(worker, "random_model", { dir, seed }, name);
      left -= made.length;
      yield* made;
    }
  }
}

/** Whether `--only` names a model, or nothing. */
function isWanted(name: string): boolean {
  return options.only === undefined || options.only === name;
}

/** What Python made of a request: a model, or none where Keras itself cannot run it. */
async function write(
  worker: Worker,
  cmd: string,
  request: Readonly<Record<string, unknown>>,
  name: string,
): Promise<(Written | Unwritten)[]> {
  try {
    const { model, reason } = await worker.ask(cmd, request);
    if (model === null) console.log(`passed over ${name}: ${String(reason)}`);
    return model === null ? [] : [model as Written];
  } catch (error) {
    return [{ name, error: error instanceof Error ? error.message : String(error) }];
  }
}

async function compareModel(
  written: Written,
  config: string,
  compiled: string,
  worker: Worker,
  folder: string,
): Promise<void> {
  const { inputs, outputs, slots } = await readTensors(written.tensors);
  const model = await loadModel(written.file, { customObjects: goldenObjects });
  // Random graphs are not well conditioned: two engines drift apart where two runs of Keras do not.
  const isRandom = written.name.startsWith("random");
  expectClose(
    "our prediction",
    await predict(model, inputs),
    outputs,
    tolerance(model, isRandom ? 1e-4 : 1e-5),
  );

  const same = join(folder, "same.keras");
  await saveModel(model, same);
  const clone = cloneModel(model, { weights: "copy" });
  const cloned = join(folder, "clone.keras");
  await saveModel(clone, cloned);
  const after = await runThere(worker, same, written, folder);
  const afterClone = await runThere(worker, cloned, written, folder);
  expectText("get_config of what was saved", after.config, config);
  expectText("get_compile_config of what was saved", after.compiled, compiled);
  expectClose("what the optimizer keeps", after.slots, slots, 0);
  if (!adapted.includes(written.name))
    expectText("get_config of the clone", sorted(afterClone.config), sorted(config));
  const fine = tolerance(model, 1e-6);
  expectClose("Keras's prediction of what was saved", after.outputs, outputs, fine);
  expectClose("Keras's prediction of the clone", afterClone.outputs, outputs, fine);
}

/** What 3.6 wrote and we cloned and saved gives in the newest Keras what the file of 3.6 gives there. */
async function runsElsewhere(
  written: Written,
  outputs: readonly Tensor[],
  worker: Worker,
  folder: string,
): Promise<void> {
  const model = await loadModel(written.file, { customObjects: goldenObjects });
  const cloned = join(folder, "elsewhere.keras");
  await saveModel(cloneModel(model, { weights: "copy" }), cloned);
  expectClose(
    "the newest Keras's prediction of the clone",
    (await runThere(worker, cloned, written, folder)).outputs,
    outputs,
    tolerance(model, 1e-6),
  );
}

/**
 * How far apart two runs may be, in parts of an output's largest number: what computes in 16 bits rounds coarsely, and
 * engines round in other places. A step of bfloat16 is 2^-7; four of them may come together, as over the steps of an LSTM.
 */
function tolerance(model: Model, fine: number): number {
  const text = model.toJson();
  if (text.includes('bfloat16"')) return 2 ** -5;
  return text.includes('float16"') ? 5e-3 : fine;
}

/** What a file computes in Keras, and its config there. */
async function runThere(
  worker: Worker,
  file: string,
  written: Written,
  folder: string,
): Promise<{ outputs: Tensor[]; slots: Tensor[]; config: string; compiled: string }> {
  const to = join(folder, "outputs.npz");
  const { config, compiled } = await worker.ask("predict", { file, inputs: written.tensors, outputs: to });
  const { outputs, slots } = await readTensors(to);
  return { outputs, slots, config: String(config), compiled: String(compiled) };
}

async function predict(model: Model, inputs: readonly Tensor[]): Promise<Tensor[]> {
  const structured = packLike(model.input as Nested<unknown>, inputs);
  return flatten((await model.predict(structured as Tensor)) as Nested<Tensor>);
}

async function readTensors(path: string): Promise<{ inputs: Tensor[]; outputs: Tensor[]; slots: Tensor[] }> {
  const source = fileSource(path);
  const arrays = await readNpz(source, path);
  source.close();
  const named = (prefix: string) => {
    const found: Tensor[] = [];
    for (let i = 0; arrays.has(`${prefix}_${i}`); i++) found.push(arrays.get(`${prefix}_${i}`)!);
    return found;
  };
  return { inputs: named("input"), outputs: named("output"), slots: named("slot") };
}
