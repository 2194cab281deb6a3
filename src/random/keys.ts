// Numbers are drawn at once where no program is traced.
import "../engines/reference/at-once/fourier.ts";
import "../engines/reference/at-once/usual.ts";
import { ConfigError, ModelError } from "../errors.ts";
import { makeDefaultSeed, wordOf } from "../initializers/seed.ts";
import { inspect } from "../json/inspect.ts";
import { calling } from "../program/calling.ts";
import type { Numeric } from "../program/emit.ts";
import { firstKey, SeedGenerator } from "./seed-generator.ts";

/** What gives a key for each drawing. */
export interface Keys {
  next(): Numeric;
}

/** What random numbers begin with. */
export interface SeedOption {
  /**
   * An integer, after which the same numbers are drawn in each call, or a {@link SeedGenerator}, after which each call
   * draws others. Defaults to null: others in each call, drawn at random.
   */
  readonly seed?: number | bigint | SeedGenerator | null;
}

/** The keys of a seed. */
export function keysOf(where: string, seed: SeedOption["seed"] = null): Keys {
  if (seed instanceof SeedGenerator) return seed;
  if (seed === null) {
    if (calling().within === null) return keyOf(makeDefaultSeed());
    const message = "expected a seed where a program is traced, received null. Give a SeedGenerator.";
    throw new ModelError(where, message);
  }
  if (typeof seed === "bigint" || Number.isInteger(seed)) return keyOf(wordOf(seed));
  const message = `expected a seed that is an integer, a SeedGenerator or null, received ${inspect(seed)}.`;
  throw new ConfigError(where, message);
}

function keyOf(word: number): Keys {
  return { next: () => firstKey(word) };
}
