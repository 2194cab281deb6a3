/**
 * Which programs load which golden files, tried with each that can be had here, and written to golden/versions.json, with
 * which a test compares what `ceratops check` says. `npm run interop -- --versions [--only "keras 3.6"] [--weights]`, with
 * which the files of weights alone are tried, and what was found of the others stays.
 */
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { VersionsTable } from "../test/check-claims.ts";
import { type Outcome, PythonProgram, programs, type Running, start } from "./programs.ts";
import { startTfjs } from "./tfjs-program.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const table = join(root, "golden/versions.json");

/** What a program says where only its environment lacks something: it computes on NumPy here. */
const environmental = /requires TensorFlow|only supported with the TensorFlow|not supported with/;

/** Models of Keras 2 that have nothing which others have not, and those whose classes are in no environment. */
const passedOver =
  /theano|own_class|optimizer_|loss_|metrics|not_trained|seq_(?:all|batch|built|input\.)|one_in|input_is|nested_(?:deep|three)|op_(?:between|comp|const|elem|mult|netw|redu|shap)|conv_lstm_1d/;

/** The golden files that a program is tried with. */
export function filesFor(program: string): string[] {
  const golden = join(root, "golden");
  if (program === "tensorflow.js")
    return readdirSync(join(golden, "tfjs")).map((name) => `tfjs/${name}/model.json`);
  const inFolder = (folder: string) => readdirSync(join(golden, folder)).map((name) => `${folder}/${name}`);
  // Layers of texts need TensorFlow.
  const newer = ["3.15", "3.6"].flatMap((version) => [
    ...inFolder(`${version}/files`).filter((name) => name.endsWith(".keras") && !name.includes("/text_")),
    // Where an own object is called "dot", HDF5 files mean that.
    ...inFolder(`${version}/hdf5`).filter((name) => !name.includes("all_attention")),
  ]);
  const older = ["1.2", "2.13", "2.15", "2.9"].flatMap((version) =>
    inFolder(`${version}/models`).filter((name) => /\.(?:keras|h5)$/.test(name) && !passedOver.test(name)),
  );
  const few = newer.filter((name) => /\/(?:dense|unbuilt|bfloat16|recurrent)\.keras$/.test(name));
  return [...(program.startsWith("tf_keras") ? few : newer), ...older].sort();
}

/** The files of weights alone; what an index names is tried with it. */
export function weightsFiles(): string[] {
  return ["2.13", "2.15", "2.9", "3.15", "3.6"].flatMap((version) =>
    readdirSync(join(root, "golden", version, "weights"))
      .filter((name) => !/_\d{5}\./.test(name))
      .map((name) => `${version}/weights/${name}`),
  );
}

/** Tries all programs, or one, with all its files, and writes the table; what others were found to load stays. */
export async function writeVersions(only: string | undefined, isWeights = false): Promise<void> {
  for (const name of [...programs, "tensorflow.js"]) {
    if (only !== undefined && name !== only) continue;
    const program = name === "tensorflow.js" ? await startTfjs() : await start(name);
    if (program) await addTo(name, program, isWeights);
    else console.log(`${name} cannot be had here`);
  }
}

async function addTo(name: string, program: Running, isWeights: boolean): Promise<void> {
  const release = `${program.release.program} ${program.release.version}`;
  const known = JSON.parse(readFileSync(table, "utf8")) as VersionsTable;
  const loads: Record<string, boolean> = isWeights ? { ...known[release] } : {};
  const add = (file: string, outcome: Outcome | null) => {
    if (!outcome || (outcome.error !== null && environmental.test(outcome.error))) return;
    loads[file] = outcome.error === null;
  };
  for (const file of isWeights ? [] : filesFor(name))
    add(file, await program.load(join(root, "golden", file)));
  if (program instanceof PythonProgram)
    for (const file of weightsFiles()) add(file, await program.weights(join(root, "golden", file)));
  program.end();
  const count = Object.values(loads).filter(Boolean).length;
  console.log(`${release} loads ${count} of ${Object.keys(loads).length} files`);
  const before = JSON.parse(readFileSync(table, "utf8")) as VersionsTable;
  const others = Object.entries(before).filter(([other]) => minorOf(other) !== minorOf(release));
  const entries = [...others, [release, loads] as const].sort(([a], [b]) => orderOf(a) - orderOf(b));
  const lines = entries.map(([each, found]) => ` ${JSON.stringify(each)}: ${textOf(found)}`);
  await writeFile(table, `{\n${lines.join(",\n")}\n}\n`);
}

/** The files that are loaded and those that are not, each in a row. */
function textOf(loads: Readonly<Record<string, boolean>>): string {
  const rows = Object.entries(loads).map(([file, isLoaded]) => `  ${JSON.stringify(file)}: ${isLoaded}`);
  return `{\n${rows.join(",\n")}\n }`;
}

/** `keras 3.6` of `keras 3.6.0` */
function minorOf(release: string): string {
  return release.split(".").slice(0, 2).join(".");
}

function orderOf(release: string): number {
  const [program = "", version = ""] = release.split(" ");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return ["tf_keras", "keras", "tensorflow.js"].indexOf(program) * 1e6 + major * 1000 + minor;
}
