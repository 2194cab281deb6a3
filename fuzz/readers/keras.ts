import { loadModel, readMetadata } from "../../src/saving/index.ts";
import { expectModelHolds } from "../model-holds.ts";
import { mutateBytes } from "../mutate/bytes.ts";
import { mutateHdf5 } from "../mutate/hdf5.ts";
import { jsonText, mutateText } from "../mutate/json-text.ts";
import { mutateLines } from "../mutate/lines.ts";
import { mutatePlain } from "../mutate/plain.ts";
import { unzip, type ZipMember } from "../mutate/unzip.ts";
import { mutateZip } from "../mutate/zip.ts";
import type { Random } from "../random.ts";
import type { Plain, Reader } from "../reader.ts";
import { withReading } from "../reading.ts";
import { kerasFiles } from "../seeds.ts";

/** Whole models: what their archive, config and weights say, with what is not known kept in every other file. */
export const keras: Reader<Uint8Array> = {
  name: "loadModel",
  share: 12,
  seeds: kerasFiles,
  mutate: mutateKeras,
  run: (bytes) =>
    withReading(bytes.length % 2 === 0, async (reading) => {
      const model = await loadModel(bytes, { name: "a.keras", ...reading });
      await model.load();
      await expectModelHolds(model, reading);
      await readMetadata(bytes, { name: "a.keras" });
    }),
};

/** Changes a `.keras` file; in its members what they are made of. */
export function mutateKeras(seed: Uint8Array, random: Random, seeds: readonly Uint8Array[]): Uint8Array {
  return mutateZip(seed, random, [random.pick(seeds)], (member) =>
    memberOf(member, random, [random.pick(seeds)]),
  );
}

function memberOf({ name, bytes }: ZipMember, random: Random, others: readonly Uint8Array[]): Uint8Array {
  if (name.endsWith(".h5")) return mutateHdf5(bytes, random, others);
  if (name.endsWith(".txt"))
    return new TextEncoder().encode(mutateLines(new TextDecoder().decode(bytes), random));
  if (!name.endsWith(".json")) return mutateBytes(bytes, random);
  const text = new TextDecoder().decode(bytes);
  if (random.once(5)) return new TextEncoder().encode(mutateText(text, random));
  const configs = others.flatMap(unzip).filter((member) => member.name === "config.json");
  const parts = configs.map((config) => JSON.parse(new TextDecoder().decode(config.bytes)) as Plain);
  return new TextEncoder().encode(jsonText(mutatePlain(JSON.parse(text) as Plain, random, parts)));
}
