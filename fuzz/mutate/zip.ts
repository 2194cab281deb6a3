import { type Entry, zip } from "../../src/saving/archive.fixture.ts";
import type { Random } from "../random.ts";
import { mutateBytes } from "./bytes.ts";
import { extremes } from "./extremes.ts";
import { unzip, type ZipMember } from "./unzip.ts";
import { hostileNames } from "./vocabulary.ts";

/** Changes the bytes of a member; where it gives none, the member stays as it is. */
export type MutateMember = (member: ZipMember, random: Random) => Uint8Array | undefined;

/**
 * Changes an archive: what is in its members (whose checksums are right again), what its records say, or bytes
 * wherever they are.
 */
export function mutateZip(
  seed: Uint8Array,
  random: Random,
  others: readonly Uint8Array[],
  mutateMember: MutateMember = ({ bytes }) => mutateBytes(bytes, random),
): Uint8Array {
  const kind = random.below(10);
  if (kind === 0) return mutateBytes(seed, random, others);
  const entries = unzip(seed).map((member): Entry => ({ ...member, deflate: random.once(8) }));
  if (kind < 7 && entries.length > 0) {
    const entry = random.pick(entries);
    const bytes = mutateMember({ name: entry.name, bytes: entry.bytes! }, random);
    if (bytes) entry.bytes = bytes;
    return zip(entries);
  }
  for (let left = random.few(); left > 0; left--) changeRecord(entries, random, others);
  const order = random.once(10) ? entries.map(() => random.below(entries.length)) : undefined;
  const bytes = zip(entries, order);
  return random.once(4) ? mutateBytes(bytes, random, others) : bytes;
}

const zeros = new Uint8Array(2 ** 20);

function changeRecord(entries: Entry[], random: Random, others: readonly Uint8Array[]): void {
  if (entries.length === 0) entries.push({ name: "a" });
  const entry = random.pick(entries);
  const number = () => random.pick(extremes.filter((value) => value < 2 ** 32));
  const set = (changes: Partial<Entry>) => () => Object.assign(entry, changes);
  random.pick<() => unknown>([
    set({ name: memberName(random) }),
    set({ localName: memberName(random) }),
    set({ rawName: Uint8Array.from({ length: random.below(9) }, () => random.below(256)) }),
    () => entries.push({ ...entry }),
    () => entries.push({ name: memberName(random), bytes: new Uint8Array(random.below(300)) }),
    () => entries.splice(entries.indexOf(entry), 1),
    () => entries.reverse(),
    set({ deflate: !entry.deflate }),
    set({ descriptor: random.pick([true, "unmarked" as const]) }),
    set({ large: true }),
    set({ method: random.pick([0, 8, 9, 12, 14, 93, 99, 0xffff]) }),
    set({ flags: random.below(0x10000) }),
    set({ crc: number() }),
    set({ size: number() }),
    set({ packedSize: number() }),
    set({ offset: random.once(2) ? number() : random.below(3000) }),
    set({ localSize: number() }),
    set({ descriptorCrc: number() }),
    set({ localExtra: random.below(400) }),
    set({ extra: extraField(random) }),
    set({ bytes: random.pick([...others, new Uint8Array(0), zeros.subarray(0, 2 ** 18)]) }),
    set({ bytes: zeros.subarray(0, random.pick([2 ** 18, 2 ** 20])), deflate: true }),
    () => entries.push(...Array.from({ length: 200 }, (_, i) => ({ name: `${entry.name}${i}` }))),
  ])();
}

function memberName(random: Random): string {
  return random.pick([
    ...hostileNames,
    "config.json",
    "metadata.json",
    "model.weights.h5",
    "CONFIG.JSON",
    "config.json/",
    "assets/../../x",
    "C:\\x",
    "assets/a",
    "a.npy",
    "é",
    "x".repeat(65_000),
  ]);
}

/** A field as it stands behind a name: zip64, a name in Unicode, or anything. */
function extraField(random: Random): Uint8Array {
  const id = random.pick([1, 0x7075, 0x5455, random.below(0x10000)]);
  const length = random.pick([0, 4, 8, 16, 24, 28, random.below(60)]);
  const said = random.once(4) ? random.below(0x10000) : length;
  const bytes = Uint8Array.from({ length: 4 + length }, () =>
    random.pick([0, 0, 1, 0xff, random.below(256)]),
  );
  bytes.set([id & 0xff, id >> 8, said & 0xff, said >> 8]);
  return bytes;
}
