/**
 * Models of every version, read here, written for every other one, and loaded by it: they must compute there what they did
 * where they were made. `npm run interop -- --matrix` writes docs/versions.json, and docs/versions.md of it; with
 * `--only "keras 3.6"` the row of those that one wrote, with `--only "tf_keras 2.9 > keras 3.6"` nothing. With
 * `--only "random"` the models are random ones, `--count` of each version from `--seed` on; `--only "random keras 3.6"`
 * those of one. Nothing is written then, either.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkModel } from "../src/check/index.ts";
import { CeratopsError, type Model, unfold } from "../src/index.ts";
import { loadModel, saveModel } from "../src/node.ts";
import { fileSource } from "../src/saving/node/file.ts";
import { goldenObjects } from "../test/golden-custom.ts";
import type { Checks } from "../tools/closing-line.ts";
import { type ByReason, type Cell, countOf, type Matrix, pageOf } from "./matrix-page.ts";
import { randomSources } from "./matrix-random.ts";
import { type Plain, type Sample, type Source, sources } from "./matrix-sources.ts";
import { type Running, start } from "./programs.ts";
import type { RandomModels } from "./tf-keras-random.ts";
import { startTfjs } from "./tfjs-program.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

const data = join(root, "docs/versions.json");

/** What is written for a program. */
interface Target {
  readonly program: string;
  readonly file: string;
  /** As `saveModel` is told. */
  readonly keras?: string;
}

const targets: readonly Target[] = [
  { program: "tf_keras 2.9", file: "model.h5", keras: "2.9" },
  { program: "tf_keras 2.15", file: "model.keras", keras: "2.15" },
  { program: "keras 3.0", file: "model.keras", keras: "3.0" },
  { program: "keras 3.3", file: "model.keras", keras: "3.3" },
  { program: "keras 3.6", file: "model.keras", keras: "3.6" },
  { program: "keras 3.9", file: "model.keras", keras: "3.9" },
  { program: "keras 3.12", file: "model.keras", keras: "3.12" },
  { program: "keras latest", file: "model.keras", keras: "newest" },
  { program: "tensorflow.js", file: "model.json" },
];

/** Formats that random models are written in beside those. */
const others: readonly Target[] = [{ program: "keras 3.6", file: "model.h5", keras: "3.6" }];

/** What models are written out for that TensorFlow.js is to read. */
const nearest = "2.9";

/** How far numbers may be apart, in parts of 1 and the number; what computes in few bits rounds in other places. */
const ALLOWED = 1e-6;
const allowedIn = (text: string) =>
  text.includes("bfloat16") ? 2 ** -5 : text.includes("float16") ? 2 ** -8 : ALLOWED;

export async function writeMatrix(
  checks: Checks,
  only: string | undefined,
  random: RandomModels,
): Promise<void> {
  const [source = "", to = ""] = (only ?? "").split(">").map((name) => name.trim());
  const isRandom = source.startsWith("random");
  const from = source.replace(/^random */, "");
  const folder = await mkdtemp(join(tmpdir(), "ceratops-matrix-"));
  const running: { target: Target; program: Running }[] = [];
  try {
    for (const target of isRandom ? [...targets, ...others] : targets) {
      if (!target.program.startsWith(to)) continue;
      const program = target.program === "tensorflow.js" ? await startTfjs() : await start(target.program);
      if (program) running.push({ target, program });
      else checks.skip(target.program, "cannot be had here");
    }
    const nameOf = ({ release }: Running) => `${release.program} ${release.version}`;
    const known: Matrix | null = from === "" ? null : JSON.parse(await readFile(data, "utf8"));
    const rows: Record<string, Readonly<Record<string, Cell>>> = { ...known?.rows };
    const unread: Record<string, ByReason> = { ...known?.unread };
    const found = isRandom ? randomSources(folder, from, random) : sources(folder, from);
    for await (const source of found) {
      console.log(`${source.name}: ${source.samples.length} models`);
      const { models, failed } = await readAll(source);
      unread[source.name] = failed;
      if (isRandom) console.log(JSON.stringify({ unread: failed }, null, 1));
      const cells = await Promise.all(
        running.map(async ({ target, program }) => {
          const cell: Growing = {
            passed: 0,
            worst: 0,
            unfolded: {},
            refused: {},
            told: {},
            untried: {},
            failed: {},
          };
          for (const each of models) await tryOne(each, { target, program, cell, folder });
          return [`${nameOf(program)} ${kindOf(target)}`, cell] as const;
        }),
      );
      for (const { model } of models) model.dispose();
      rows[source.name] = Object.fromEntries(cells);
      for (const [name, { passed, unfolded, refused, told, failed }] of cells)
        await checks.run(
          `${source.name} to ${name}: ${passed} passed, ${countOf(unfolded)} unfolded, ${countOf(refused)} refused`,
          () => {
            if (isRandom) console.log(JSON.stringify({ refused, told }, null, 1));
            if (countOf(failed) > 0) throw new Error(JSON.stringify(failed, null, 1));
          },
        );
      if (to === "" && !isRandom) await writePage({ allowed: ALLOWED, unread, rows });
    }
  } finally {
    for (const { program } of running) program.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes what is known so far: a version of Keras may end the program that asks it. */
async function writePage(matrix: Matrix): Promise<void> {
  await writeFile(data, `${JSON.stringify(matrix, null, 1)}\n`);
  await writeFile(join(root, "docs/versions.md"), pageOf(matrix));
}

/** What no Keras 3 computes without TensorFlow, which only 3.0 has here. */
const beyondOthers =
  /"(?:TextVectorization|StringLookup|IntegerLookup|Hashing|HashedCrossing|SyncBatchNormalization)"|"synchronized": true/;

/** What Keras 3 does not compute on NumPy, as files of Keras 3 and 2 name it. */
const beyondNumpy = /"Logsumexp"|reduce_logsumexp/;

interface Read {
  readonly sample: Sample;
  readonly model: Model;
}

/** Releases that take a step inside a sequence which a mask leaves out for the last one, on NumPy; on JAX they do not. */
const losingSteps = /^3\.(?:9|12)\./;
const isMasked = /"mask_zero": true|"Masking"/;
const isRecurrent = /"(?:LSTM|GRU|SimpleRNN|RNN|ConvLSTM[123]D)"/;

/** Why a model is not tried in a program; null where it is. */
function untriedIn({ release }: Running, text: string): string | null {
  const { backend } = release;
  if (backend !== "numpy" && backend !== "jax") return null;
  if (beyondOthers.test(text)) return "layers of texts and shared statistics need TensorFlow";
  if (backend === "numpy" && beyondNumpy.test(text))
    return "a Logsumexp over a list of axes needs another backend than NumPy";
  if (
    backend === "numpy" &&
    losingSteps.test(release.version ?? "") &&
    isMasked.test(text) &&
    isRecurrent.test(text)
  )
    return "steps that a mask leaves out of recurrent layers need another backend than NumPy";
  return null;
}

/** The models of a source; by name why others are not read. */
async function readAll({ samples }: Source): Promise<{ models: Read[]; failed: ByReason }> {
  const models: Read[] = [];
  const failed: Record<string, string[]> = {};
  for (const sample of samples) {
    try {
      models.push({
        sample,
        model: await loadModel(sample.file, { customObjects: goldenObjects, compile: false }),
      });
    } catch (error) {
      note(failed, reasonOf(error), sample.id);
    }
  }
  return { models, failed };
}

/** A cell that is being filled. */
interface Growing extends Cell {
  passed: number;
  worst: number;
  readonly unfolded: Record<string, string[]>;
  readonly refused: Record<string, string[]>;
  readonly told: Record<string, string[]>;
  readonly untried: Record<string, string[]>;
  readonly failed: Record<string, string[]>;
}

/** `.keras` of `model.keras`. */
function kindOf({ file }: Target): string {
  return file === "model.json" ? file : file.replace("model", "");
}

interface Trial {
  readonly target: Target;
  readonly program: Running;
  readonly cell: Growing;
  readonly folder: string;
}

async function tryOne({ sample, model }: Read, { target, program, cell, folder }: Trial): Promise<void> {
  const { id } = sample;
  const needed = untriedIn(program, model.toJson());
  if (needed !== null) {
    note(cell.untried, needed, id);
    return;
  }
  if (target.program.startsWith("tf_keras") && model.toJson().includes('"class_name": "Lambda"')) {
    note(cell.untried, "a Lambda of a function that is another one there", id);
    return;
  }
  const own = join(folder, `for ${target.program} ${kindOf(target)}`);
  await rm(own, { recursive: true, force: true });
  await mkdir(own, { recursive: true });
  const file = join(own, target.file);
  const refused = await refusalOf(model, file, versionFor(target, program));
  const unfolded = refused === null ? null : await writtenOut(model, file, versionFor(target, program));
  if (refused !== null && unfolded === null) {
    note(cell.refused, refused, id);
    return;
  }
  const { inputs, outputs } =
    target.file === "model.json" ? (sample.listed ?? inFileOrder(sample, model)) : sample;
  const tensors = join(own, "tensors.json");
  const allowed = Math.max(sample.allowed ?? 0, allowedIn(model.toJson()));
  await writeFile(tensors, JSON.stringify({ inputs, outputs, allowed }));
  const { error, problem, worst } = await program.run(file, tensors);
  const wrong = error ?? problem ?? null;
  if (wrong !== null) {
    const told = await obstacleIn(file, program);
    if (told !== null) note(cell.told, told, id);
    else if (
      /InvalidArgumentError|UnimplementedError/.test(wrong) &&
      model.toJson().includes("channels_first")
    )
      note(cell.untried, "TensorFlow computes no channels_first on a CPU", id);
    else if (/DataType uint8 not in list|Negative.+uint8/s.test(wrong))
      note(cell.untried, "TensorFlow does not negate bytes", id);
    else if (await isLost(sample, program, tensors))
      note(cell.untried, "it loads what the other version wrote, and computes otherwise", id);
    else note(cell.failed, wrong.split("\n")[0] ?? "", id);
    return;
  }
  if (refused === null) cell.passed++;
  else note(cell.unfolded, refused, id);
  if (allowed === ALLOWED) cell.worst = Math.max(cell.worst, worst ?? 0);
}

/** Whether a program loads the file of another version as it is, and does not compute what that did. */
async function isLost({ loadable }: Sample, program: Running, tensors: string): Promise<boolean> {
  if (loadable === undefined) return false;
  const { error, problem } = await program.run(loadable, tensors);
  return error === null && problem !== null;
}

/** The version that a file is written for; undefined where it has none. */
function versionFor({ keras }: Target, program: Running): string | undefined {
  return keras === "newest" ? minorOf(program) : keras;
}

/** Writes a model; the reason where it is refused. */
async function refusalOf(model: Model, file: string, keras: string | undefined): Promise<string | null> {
  try {
    await saveModel(model, file, keras === undefined ? {} : { keras });
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Writes a model with what the version does not have written out; null where something is refused still. */
async function writtenOut(model: Model, file: string, keras: string | undefined): Promise<Model | null> {
  const reader = file.endsWith("model.json") ? ({ to: "tfjs" } as const) : { keras: keras ?? nearest };
  const unfolded = unfold(model, reader);
  if ((await refusalOf(unfolded, file, keras)) === null) return unfolded;
  await unfolded.dispose();
  return null;
}

/** What a model takes and gives, where dicts have the order of their keys: flattened, a dict is sorted. */
function inFileOrder(sample: Sample, model: Model): Pick<Sample, "inputs" | "outputs"> {
  return { inputs: ofKeys(sample.inputs, model.input), outputs: ofKeys(sample.outputs, model.output) };
}

function ofKeys(tensors: readonly Plain[], structure: Model["input"]): readonly Plain[] {
  const isDict = !Array.isArray(structure) && !("shape" in structure);
  if (!isDict) return tensors;
  const keys = Object.keys(structure);
  const sorted = [...keys].sort();
  return keys.map((key) => tensors[sorted.indexOf(key)]!);
}

/** What `ceratops check` says stands against a file that was written; null where it says nothing. */
async function obstacleIn(file: string, running: Running): Promise<string | null> {
  const { release } = running;
  const source = fileSource(file);
  const { loads } = await checkModel(source, { customObjects: goldenObjects });
  source.close();
  const minor = release.version.split(".").slice(0, 2).join(".");
  const found = loads.find(
    ({ program, versions }) => program === release.program && versions.includes(minor),
  );
  return found?.loads === false ? (found.against[0] ?? null) : null;
}

/** `3.15` of 3.15.1 */
function minorOf({ release }: Running): string {
  return release.version.split(".").slice(0, 2).join(".");
}

function note(where: Record<string, string[]>, reason: string, id: string): void {
  where[reason] ??= [];
  where[reason].push(id);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof CeratopsError)) throw error;
  const [first, ...others] = error.issues;
  const text = first ? [first.path, first.message].filter(Boolean).join(": ") : error.message;
  return others.length > 0 ? `${text} (and ${others.length} more)` : text;
}
