import { FileError } from "../../src/errors.ts";
import { modelFromJson } from "../../src/index.ts";
import type { ByteSource } from "../../src/saving/byte-source.ts";
import { loadWeights } from "../../src/saving/index.ts";
import { memorySource } from "../../src/saving/sources.ts";
import { jsonText } from "../mutate/json-text.ts";
import { mutatePlain } from "../mutate/plain.ts";
import { hdf5Of, plainHdf5 } from "../mutate/plain-hdf5.ts";
import { unzip } from "../mutate/unzip.ts";
import { expectThat, type Plain, type Reader } from "../reader.ts";
import { kerasFiles } from "../seeds.ts";

type Dict = { [key: string]: Plain };

/** An index of weights, and what its files say. */
interface Case extends Dict {
  config: string;
  index: Plain;
  shards: Plain[];
  /** Changes bytes of one of the files, where it is not 0. */
  seed: number;
}

const nameOf = (i: number) => `a_0000${i}.weights.h5`;

async function caseOf(file: Uint8Array): Promise<Case> {
  const members = new Map(unzip(file).map(({ name, bytes }) => [name, bytes]));
  const whole = await plainHdf5(members.get("model.weights.h5")!);
  const map: Dict = {};
  const pending: [string, Dict][] = [["", whole]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [path, { children }] = next;
    for (const [name, child] of Object.entries((children ?? {}) as Dict)) {
      if ("children" in (child as Dict)) pending.push([`${path}/${name}`, child as Dict]);
      else map[path] = Object.keys(map).length % 2 === 0 ? nameOf(0) : [nameOf(0), nameOf(1)];
    }
  }
  return {
    config: new TextDecoder().decode(members.get("config.json")),
    index: { metadata: { total_size: 100 }, weight_map: map },
    shards: [whole, whole],
    seed: 0,
  };
}

function sourceOf({ index, shards, seed }: Case): ByteSource {
  const open = async (name: string) => {
    expectThat(
      !/^[/\\]|(?:^|[/\\])\.\.(?:[/\\]|$)|:/.test(name),
      "a file outside of the folder was reached for",
    );
    const at = [nameOf(0), nameOf(1)].indexOf(name);
    if (at < 0) throw new FileError("siblings", "expected a file, received nothing.");
    const bytes = hdf5Of(shards[at]);
    return memorySource(seed === 0 ? bytes : bytes.subarray(0, Math.max(0, bytes.length - seed)));
  };
  return { ...memorySource(new TextEncoder().encode(jsonText(index))), siblings: { open } };
}

/** Weights in several files: indexes that lie, names that lead elsewhere. */
export const sharded: Reader<Case> = {
  name: "weights in files",
  share: 4,
  seeds: async () => {
    const cases = await Promise.all(
      kerasFiles()
        .filter(({ length }) => length < 20_000)
        .map(caseOf),
    );
    return cases.filter(({ config }) => !/golden>|"unknown>|__lambda__/.test(config)).slice(0, 40);
  },
  mutate({ config, index, shards, seed }, random, seeds) {
    const other = random.pick(seeds);
    const inIndex = random.once(2);
    return {
      config,
      index: inIndex ? mutatePlain(index, random, [other.index]) : index,
      shards: inIndex ? shards : mutatePlain(shards, random, other.shards),
      seed: random.once(10) ? random.below(500) : seed,
    };
  },
  async run(input) {
    const model = modelFromJson(input.config);
    const source = sourceOf({ ...input, shards: Array.isArray(input.shards) ? input.shards : [] });
    await loadWeights(model, source, { name: "a.weights.json", skipMismatch: source.size % 2 === 0 });
    await model.load();
  },
};
