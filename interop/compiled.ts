/**
 * Models that Keras 2 compiled, as files of other versions: their loss and their metrics are there what they were where they
 * were made. Part of `npm run interop -- --tf-keras`.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { flatten } from "../src/graph/nested.ts";
import { loadModel, saveModel } from "../src/node.ts";
import { nestedTensors, tfKerasModels } from "../test/golden-tf-keras.ts";
import type { Checks } from "../tools/closing-line.ts";
import { plain } from "./matrix-sources.ts";
import { type Evaluated, type PythonProgram, start } from "./programs.ts";

/**
 * Models of classes that only golden cases have, one with a loss of logits, which TensorFlow takes from behind a sigmoid, and one
 * whose labels are of another shape than what it gives.
 */
const passedOver = /own_class|^loss_objects$|^loss_sparse$/;

const sources = ["2.9", "2.13", "2.15"];

/** HDF5 files of Keras 3 are none: it does not load its own, where a loss is asked for as `mse`. */
const targets = [
  { name: "tf_keras 2.9", file: "model.h5", keras: "2.9" },
  { name: "tf_keras 2.15", file: "model.keras", keras: "2.15" },
  { name: "keras 3.6", file: "model.keras", keras: "3.6" },
  { name: "keras latest", file: "model.keras", keras: undefined },
] as const;

/** Compares what evaluates them; `only` begins the ids of the models that are looked at. */
export async function compareCompiled(checks: Checks, only = ""): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ceratops-compiled-"));
  const running = new Map<string, PythonProgram | null>();
  const program = async (name: string) => {
    if (!running.has(name)) running.set(name, await start(name));
    return running.get(name) ?? null;
  };
  try {
    for (const version of sources) {
      const origin = await program(`tf_keras ${version}`);
      if (!origin) checks.skip(`compiled by ${version}`, "cannot be had here");
      else
        for (const { id, file, inputs } of tfKerasModels(version)) {
          if (file === null || inputs === undefined || !id.startsWith(only) || passedOver.test(id)) continue;
          const tensors = join(folder, "tensors.json");
          await writeFile(tensors, JSON.stringify({ inputs: flatten(nestedTensors(inputs)).map(plain) }));
          await compareOne(checks, { version, id, file, tensors, folder, origin, program });
        }
    }
  } finally {
    for (const each of running.values()) each?.end();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Compiled {
  readonly version: string;
  readonly id: string;
  readonly file: string;
  readonly tensors: string;
  readonly folder: string;
  readonly origin: PythonProgram;
  readonly program: (name: string) => Promise<PythonProgram | null>;
}

async function compareOne(checks: Checks, one: Compiled): Promise<void> {
  const model = await loadModel(one.file);
  if (!model.compiled) return;
  const expected = await one.origin.evaluate(one.file, one.tensors);
  for (const { name, file, keras } of targets) {
    const title = `compiled by ${one.version}: ${one.id} in ${name} ${file.replace("model", "")}`;
    const there = await one.program(name);
    if (!there) {
      checks.skip(title, "cannot be had here");
      continue;
    }
    await checks.run(title, async () => {
      if (expected.error !== null)
        throw new Error(`cannot be evaluated where it was made: ${expected.error}`);
      const path = join(one.folder, file);
      await saveModel(model, path, { keras: keras ?? there.release.version.split(".", 2).join(".") });
      const apart = model.toJson().includes("float16") ? 2 ** -8 : 1e-5;
      expectAlike(await there.evaluate(path, one.tensors), expected, apart);
    });
  }
  await model.dispose();
}

function expectAlike(received: Evaluated, expected: Evaluated, apart: number): void {
  const of = ({ loss, metrics = [] }: Evaluated) => [loss ?? Number.NaN, ...metrics];
  const [ours, theirs] = [of(received), of(expected)];
  const isAlike =
    received.error === null &&
    ours.length === theirs.length &&
    ours.every((value, i) => Math.abs(value - theirs[i]!) <= apart * (1 + Math.abs(theirs[i]!)));
  if (!isAlike)
    throw new Error(
      received.error ?? `expected loss and metrics ${theirs.join(", ")}, received ${ours.join(", ")}`,
    );
}
