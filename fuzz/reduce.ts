import { copyOf, isContainer, placesIn, removeAt, setAt, valueAt } from "./mutate/places.ts";
import type { Input, Plain } from "./reader.ts";

/** Whether an input still shows what is to be reduced. */
type Shows = (input: Input) => Promise<boolean>;

/** A small input that still shows the same, found by leaving parts out until `until` (in milliseconds). */
export async function reduce(input: Input, shows: Shows, until: number): Promise<Input> {
  const isLate = () => Date.now() > until;
  if (input instanceof Uint8Array) return reduceBytes(input, shows, isLate);
  if (typeof input === "string") return reduceText(input, shows, isLate);
  return reducePlain(input, shows, isLate);
}

async function reduceBytes(input: Uint8Array, shows: Shows, isLate: () => boolean): Promise<Uint8Array> {
  let bytes = await withoutParts(Array.from(input), async (all) => shows(Uint8Array.from(all)), isLate);
  // What cannot be left out may be zero.
  for (let size = bytes.length; size >= 1 && !isLate(); size = Math.floor(size / 2)) {
    for (let at = 0; at < bytes.length && !isLate(); at += size) {
      const zeroed = bytes.map((byte, i) => (i >= at && i < at + size ? 0 : byte));
      if (zeroed.some((byte, i) => byte !== bytes[i]) && (await shows(Uint8Array.from(zeroed))))
        bytes = zeroed;
    }
  }
  return Uint8Array.from(bytes);
}

async function reduceText(input: string, shows: Shows, isLate: () => boolean): Promise<string> {
  const characters = await withoutParts(input.split(""), (all) => shows(all.join("")), isLate);
  return characters.join("");
}

/** Leaves out ever smaller parts of a list. */
async function withoutParts<T>(
  list: readonly T[],
  shows: (list: readonly T[]) => Promise<boolean>,
  isLate: () => boolean,
): Promise<readonly T[]> {
  let kept = list;
  for (let size = Math.ceil(kept.length / 2); size >= 1 && !isLate(); size = Math.floor(size / 2)) {
    for (let at = 0; at < kept.length && !isLate(); ) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (await shows(fewer)) kept = fewer;
      else at += size;
    }
  }
  return kept;
}

/** Leaves out members, and puts what is inside of one, or null, in its place. */
async function reducePlain(input: Plain, shows: Shows, isLate: () => boolean): Promise<Plain> {
  let whole = [copyOf(input)];
  for (let isSmaller = true; isSmaller && !isLate(); ) {
    isSmaller = false;
    for (let i = 0; i < placesIn(whole).length && !isLate(); i++) {
      for (const attempt of attempts(whole, i)) {
        if (isLate() || attempt.length === 0 || !(await shows(attempt[0]))) continue;
        whole = attempt;
        isSmaller = true;
        break;
      }
    }
  }
  return whole[0];
}

function* attempts(whole: Plain[], index: number): Generator<Plain[]> {
  const changed = (change: (copy: Plain[]) => void) => {
    const copy = copyOf(whole);
    change(copy);
    return copy;
  };
  const value = valueAt(placesIn(whole)[index]!);
  if (index > 0) yield changed((copy) => removeAt(placesIn(copy)[index]!));
  if (!isContainer(value)) return;
  const inside = Object.values(value) as Plain[];
  if (inside.length > 0 && index > 0)
    yield changed((copy) => setAt(placesIn(copy)[index]!, Array.isArray(value) ? [] : {}));
  for (const part of inside.filter(isContainer)) {
    if (index > 0) yield changed((copy) => setAt(placesIn(copy)[index]!, copyOf(part)));
  }
  if (Array.isArray(value) && value.length > 8) {
    const half = Math.ceil(value.length / 2);
    yield changed((copy) => void (valueAt(placesIn(copy)[index]!) as Plain[]).splice(half));
    yield changed((copy) => void (valueAt(placesIn(copy)[index]!) as Plain[]).splice(0, half));
  }
}
