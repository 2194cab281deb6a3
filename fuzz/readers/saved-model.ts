import { zip } from "../../src/saving/archive.fixture.ts";
import { openArchive } from "../../src/saving/archive.ts";
import { loadModel, loadWeights, memorySource } from "../../src/saving/index.ts";
import { fileOf } from "../../src/saving/saved-model/golden.fixture.ts";
import { expectModelHolds } from "../model-holds.ts";
import { mutateBytes } from "../mutate/bytes.ts";
import { mutateCheckpoint } from "../mutate/checkpoint.ts";
import { mutateProtobuf } from "../mutate/protobuf.ts";
import { unzip } from "../mutate/unzip.ts";
import type { Random } from "../random.ts";
import type { Reader } from "../reader.ts";
import { withReading } from "../reading.ts";
import { goldenFiles } from "../seeds.ts";

const main = "saved/saved_model.pb";
const notes = "saved/keras_metadata.pb";
const variables = "saved/variables/variables";
/** The graphs of functions, which nobody reads, are left out. */
const mostBytes = 200_000;

/** SavedModels and checkpoints, all files of each in an archive that is honest. */
export const savedModel: Reader<Uint8Array> = {
  name: "SavedModel",
  share: 8,
  seeds: async () => {
    const archives = goldenFiles("2.9/saved-model", ".zip");
    return Promise.all(archives.map(stored));
  },
  mutate(seed, random) {
    const files = new Map(unzip(seed).map(({ name, bytes }) => [name, bytes]));
    for (let left = random.once(4) ? random.few() : 1; left > 0; left--) change(files, random);
    return zip([...files].map(([name, bytes]) => ({ name, bytes })));
  },
  run: (bytes) =>
    withReading(bytes.length % 2 === 0, async (reading) => {
      const files = new Map(unzip(bytes).map((member) => [member.name, member.bytes]));
      const verify = bytes.length % 3 === 0;
      const model = await loadModel(fileOf(files, main), { name: "saved_model.pb", verify, ...reading });
      await model.load();
      await expectModelHolds(model, reading);
      await loadWeights(model, fileOf(files, "weights.index"), { skipMismatch: verify });
      await model.load();
    }),
};

async function stored(archive: Uint8Array): Promise<Uint8Array> {
  const { members } = await openArchive(memorySource(archive));
  const entries = [];
  for (const { name, read } of members.values()) {
    const bytes = await read();
    entries.push({ name, bytes: bytes.length <= mostBytes ? bytes : bytes.subarray(0, 0) });
  }
  return zip(entries);
}

function change(files: Map<string, Uint8Array>, random: Random): void {
  const name = random.pick([
    notes,
    notes,
    variables,
    variables,
    "weights",
    main,
    [...files.keys()][0] ?? main,
  ]);
  const bytes = files.get(name);
  if (bytes && name === notes) files.set(name, mutateProtobuf(bytes, random));
  else if (bytes && random.once(10)) files.delete(name);
  else if (bytes && random.once(3)) files.set(name, mutateBytes(bytes, random));
  else if (bytes) {
    // Without Keras's notes beside it they are looked for in the main file.
    files.set(name, mutateProtobuf(bytes, random));
    if (name === main && random.once(2)) files.delete(notes);
  }
  const [index, data] = [files.get(`${name}.index`), files.get(`${name}.data-00000-of-00001`)];
  if (!index || !data) return;
  const changed = mutateCheckpoint({ index, data }, random);
  files.set(`${name}.index`, changed.index);
  files.set(`${name}.data-00000-of-00001`, changed.data);
}
