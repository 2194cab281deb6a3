import type { Random } from "../random.ts";
import { mutateBytes } from "./bytes.ts";
import { changeNumber, readNumber, widths, writeNumber } from "./extremes.ts";
import { type Hdf5Map, mapOf, sumAgain } from "./hdf5-map.ts";

/** Changes numbers of a file's structures, what its addresses lead to, or bytes anywhere; most checksums fit again. */
export function mutateHdf5(seed: Uint8Array, random: Random, others: readonly Uint8Array[]): Uint8Array {
  if (random.once(6)) return mutateBytes(seed, random, others);
  const map = mapOf(seed);
  if (map.starts.length === 0) return mutateBytes(seed, random, others);
  const bytes = new Uint8Array(seed);
  for (let left = random.few(); left > 0; left--) changeStructure(bytes, map, random);
  if (!random.once(10)) sumAgain(bytes, map);
  return bytes;
}

function changeStructure(bytes: Uint8Array, { starts, pointers }: Hdf5Map, random: Random): void {
  const start = random.pick(starts);
  const inside = start + random.below(random.pick([8, 32, 64, 200, 600]));
  const pointer = pointers.length === 0 ? start : random.pick(pointers);
  const address = () => (random.once(2) ? readNumber(bytes, random.pick(pointers), 8) : random.pick(starts));
  const retarget = () => {
    if (pointers.length === 0) return;
    writeNumber(bytes, pointer, 8, address() + (random.once(6) ? random.between(-16, 16) : 0));
  };
  random.pick<() => unknown>([
    () => bytes.copyWithin(random.pick(starts), start, start + random.pick([4, 16, 64, 256])),
    retarget,
    retarget,
    () => changeNumber(bytes, pointer, 8, random),
    () => changeNumber(bytes, inside, 1, random),
    () => changeNumber(bytes, inside, random.pick(widths), random),
    () => changeNumber(bytes, inside, random.pick(widths), random),
    () => changeNumber(bytes, inside, random.pick(widths), random),
  ])();
}
