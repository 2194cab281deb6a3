/** Random feature spaces: Python Keras makes and saves them, they are opened, learned anew and made here, and go back. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseDialect } from "../src/dialects/version.ts";
import { isDict } from "../src/graph/nested.ts";
import { builtins, cloneModel, deserialize, type FeatureSpace, type Tensor } from "../src/index.ts";
import { loadModel, saveModel } from "../src/node.ts";
import { recordTensor, type TensorRecord } from "../test/formula.ts";
import {
  adaptSpace,
  type ByName,
  type Encoded,
  makeSpace,
  type SpaceRecord,
} from "../test/golden-feature-spaces.ts";
import { textOf } from "../test/golden-layers.ts";
import type { Checks } from "../tools/closing-line.ts";
import { expectClose, expectText } from "./expect.ts";
import type { Worker } from "./worker.ts";

/** Means and variances are summed in another order here. */
const ALLOWED = 2e-6;

/** How many, from which seed on. */
export interface RandomSpaces {
  readonly count: number;
  readonly seed: number;
}

/** Compares so many feature spaces with a Keras that has TensorFlow beside it, as FeatureSpace asks for. */
export async function compareFeatureSpaces(
  checks: Checks,
  worker: Worker,
  folder: string,
  { count, seed }: RandomSpaces,
): Promise<void> {
  const keras = String((await worker.ask("version")).keras);
  await mkdir(folder, { recursive: true });
  for (let i = seed; i < seed + count; i++) {
    const { record, file } = await worker.ask("feature_space", { seed: i, dir: folder });
    const space = record as SpaceRecord;
    const readable = await worker.ask("encode", { file, data: space.data }).catch((error: Error) => error);
    if (readable instanceof Error) {
      // 3.6 refuses bins that it learned.
      checks.skip(`${keras} feature_space_${i}`, "Keras cannot read its own file");
      continue;
    }
    await checks.run(`${keras} feature_space_${i}`, () => comparesRead(space, String(file), worker, keras));
    await checks.run(`${keras} feature_space_${i}, made here`, async () => {
      const made = adaptSpace(makeSpace(space), space);
      await computesThere("made here", made, await encodedBy(made, space), space, worker, String(file));
    });
  }
}

/** What Keras saved is here what it is there, and learns the same from the same data; it goes back, as does a clone. */
async function comparesRead(record: SpaceRecord, file: string, worker: Worker, keras: string): Promise<void> {
  const expected = tensorsOf(record.outputs!);
  const space = (await loadModel(file)) as FeatureSpace;
  const dialect = parseDialect(keras);
  expectText("the text of what was read", textOf(space, dialect), record.adapted_text);
  expectSame("what is read", await encodedBy(space, record), expected);
  const config = JSON.parse(record.config_text);
  const learned = adaptSpace(deserialize(config, { registry: builtins, dialect }) as FeatureSpace, record);
  learned.getEncodedFeatures();
  expectText("the text of what was learned here", textOf(learned, dialect), record.adapted_text);
  expectSame("what is learned here", await encodedBy(learned, record), expected);
  const clone = cloneModel(space, { weights: "copy" });
  for (const [what, one] of Object.entries({ read: space, clone, learned })) {
    const config = await computesThere(what, one, expected, record, worker, file);
    expectText(`get_config of ${what} in Keras`, config, record.adapted_text);
  }
}

/** Saves a space; Keras must give the same for it. Gives its config there. */
async function computesThere(
  what: string,
  space: FeatureSpace,
  expected: ByName<Tensor>,
  { data }: SpaceRecord,
  worker: Worker,
  beside: string,
): Promise<string> {
  const file = join(beside, "..", "ours.keras");
  await saveModel(space, file);
  const there = await worker.ask("encode", { file, data });
  expectSame(`Keras's encoding of ${what}`, tensorsOf(there.outputs as Encoded<TensorRecord>), expected);
  return String(there.config);
}

async function encodedBy(space: FeatureSpace, { data }: SpaceRecord): Promise<ByName<Tensor>> {
  const encoded = await space.predict<Tensor | ByName<Tensor>>(data);
  return isDict(encoded) ? (encoded as ByName<Tensor>) : { "": encoded };
}

/** Outputs by their names; one alone has none. */
function tensorsOf(outputs: Encoded<TensorRecord>): ByName<Tensor> {
  const named = typeof outputs.dtype === "string" ? { "": outputs as TensorRecord } : outputs;
  const found = Object.entries(named as ByName<TensorRecord>);
  return Object.fromEntries(found.map(([name, one]) => [name, recordTensor(one)]));
}

function expectSame(what: string, got: ByName<Tensor>, want: ByName<Tensor>): void {
  expectText(`the names of ${what}`, Object.keys(got).sort().join(), Object.keys(want).sort().join());
  for (const [name, expected] of Object.entries(want))
    expectClose(`${what} ${name}`, [got[name]!], [expected], ALLOWED);
}
