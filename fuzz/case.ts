import { Random } from "./random.ts";
import type { Input, Reader } from "./reader.ts";
import { readers } from "./readers/index.ts";

const places: readonly Reader[] = readers.flatMap((reader) => new Array<Reader>(reader.share).fill(reader));
const known = new Map<Reader, Promise<readonly Input[]>>();

/** The reader of a case of a run: of all by their shares, or the one that all cases are of. */
export function readerOf(seed: number, index: number, only: string | null): Reader {
  if (only !== null) return readerNamed(only);
  return places[new Random(~seed, index).below(places.length)]!;
}

/** What the reader of a case is given: a function of the seed and the number of the case alone. */
export async function inputOf(seed: number, index: number, only: string | null): Promise<Input> {
  const reader = readerOf(seed, index, only);
  const seeds = await seedsOf(reader);
  const random = new Random(seed, index);
  return reader.mutate(random.pick(seeds), random, seeds);
}

export function seedsOf(reader: Reader): Promise<readonly Input[]> {
  const seeds = known.get(reader) ?? Promise.resolve(reader.seeds());
  known.set(reader, seeds);
  return seeds;
}

export function readerNamed(name: string): Reader {
  const reader = readers.find((each) => each.name === name);
  if (!reader) throw new Error(`expected the name of a reader, received ${name}.`);
  return reader;
}
