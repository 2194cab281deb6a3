import { type Kind, same } from "../fields/kinds.ts";
import { copyJson } from "../json/copy.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { ENVELOPE } from "../registry/object-field.ts";
import { isSerializable, serialize } from "../registry/serialize.ts";

/** A seed in a config: a number, null for one drawn at random, or the envelope of a `SeedGenerator`. */
export type Seed = number | bigint | null | JsonObject;

/** What options take for a seed; an object with a config is kept as its envelope. */
export type SeedLike = number | bigint | null | Readonly<JsonObject> | { getConfig(): JsonObject };

export const aSeed: Kind<SeedLike, Seed> = {
  kind: "seed",
  expected: "an integer, null or a SeedGenerator",
  schema: {
    anyOf: [{ type: "integer" }, ENVELOPE, { type: "null" }],
  },
  parse(input, problems) {
    if (isStart(input)) return input as Seed;
    if (typeof input === "object" && input !== null) {
      if (isSerializable(input)) return serialize(input) as JsonObject;
      if ("class_name" in input && isStart(seedOf(input as JsonObject))) return copyJson(input as JsonObject);
    }
    return problems.expected(this.expected, input);
  },
  copy: same,
  toJson: (seed) => (typeof seed === "object" && seed !== null ? copyJson(seed) : seed),
};

/** A seed for what has none: an integer from 1 to 10^9. */
export function makeDefaultSeed(): number {
  return 1 + Math.floor(Math.random() * 1e9);
}

/** What draws a seed where its config has none. */
export interface DrawsSeed {
  /** Takes this seed for the one it drew, where it drew one. */
  startAt(seed: number): void;
}

/** Whether an object draws a seed where its config has none. */
export function drawsSeed(value: object): value is DrawsSeed {
  return "startAt" in value && typeof value.startAt === "function";
}

/** The number that a generator begins with; null where it is drawn at random. */
export function startOf(seed: Seed): number | null {
  if (seed === null) return null;
  if (typeof seed !== "object") return wordOf(seed);
  const start = seedOf(seed);
  return start === null ? null : wordOf(start as number | bigint);
}

/** The seed that a generator's envelope says; null where it says none. */
function seedOf({ config }: JsonObject): JsonValue {
  return typeof config === "object" && config !== null && !Array.isArray(config)
    ? (config.seed ?? null)
    : null;
}

function isStart(seed: unknown): boolean {
  return seed === null || typeof seed === "bigint" || Number.isInteger(seed);
}

/** The part of a seed that random numbers depend on: its lower 32 bits. */
export function wordOf(seed: number | bigint): number {
  return Number(BigInt.asUintN(32, BigInt(seed)));
}
