import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FileError } from "../../src/errors.ts";
import type { ByteSource } from "../../src/saving/byte-source.ts";
import { loadModel } from "../../src/saving/index.ts";
import { memorySource } from "../../src/saving/sources.ts";
import { jsonText, mutateText } from "../mutate/json-text.ts";
import { mutatePlain } from "../mutate/plain.ts";
import type { Random } from "../random.ts";
import { expectThat, type Plain, type Reader } from "../reader.ts";
import { withReading } from "../reading.ts";

/** What a `model.json` says, with the files of a folder beside it. */
interface Case {
  [key: string]: Plain;
  folder: string;
  lenient: boolean;
  /** The whole text where it is no JSON any more; null otherwise. */
  text: string | null;
  file: Plain;
  /** How many bytes the files beside it lack. */
  cut: number;
}

const golden = new URL("../../golden/tfjs/", import.meta.url).pathname;

/** The files of all folders, by their names: nothing is read while cases run. */
const folders = new Map(
  readdirSync(golden).map((folder) => {
    const names = readdirSync(join(golden, folder));
    const files = names.map(
      (name) => [name, Uint8Array.from(readFileSync(join(golden, folder, name)))] as const,
    );
    return [folder, new Map(files)];
  }),
);

function seedOf([folder, files]: readonly [string, ReadonlyMap<string, Uint8Array>]): Case {
  const file = JSON.parse(new TextDecoder().decode(files.get("model.json"))) as Plain;
  return { folder, lenient: false, text: null, file, cut: 0 };
}

function mutate(seed: Case, random: Random, seeds: readonly Case[]): Case {
  const file = mutatePlain(seed.file, random, [random.pick(seeds).file]);
  const text = random.once(20) ? mutateText(jsonText(file), random) : null;
  return { ...seed, lenient: random.once(3), file, text, cut: random.once(20) ? 1 + random.below(8) : 0 };
}

/** The files of a folder; nothing else is reached for. */
function sourceOf({ folder, text, file, cut }: Case): ByteSource {
  const files = folders.get(folder);
  const open = async (name: string) => {
    expectThat(
      !/^[/\\]|(?:^|[/\\])\.\.(?:[/\\]|$)|:/.test(name),
      "a file outside of the folder was reached for",
    );
    const bytes = files?.get(name);
    if (!bytes) throw new FileError("siblings", "expected a file, received nothing.");
    return memorySource(bytes.subarray(0, Math.max(0, bytes.length - cut)));
  };
  const bytes = new TextEncoder().encode(text ?? jsonText(file));
  return { ...memorySource(bytes), siblings: { open } };
}

/** Layers models of TensorFlow.js: topologies and manifests that lie, names that lead elsewhere. */
export const tfjs: Reader<Case> = {
  name: "TensorFlow.js",
  share: 8,
  seeds: () => [...folders].map(seedOf),
  mutate,
  run: (input) =>
    withReading(input.lenient, async (reading) => {
      const model = await loadModel(sourceOf(input), { name: "model.json", ...reading });
      await model.load();
      model.summary();
    }),
};
