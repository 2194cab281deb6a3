import { describe, expect, it } from "vitest";
import type { Tensor } from "../../src/index.ts";
import { SeedGenerator } from "../../src/random/seed-generator.ts";
import { messageOf, roundTrip } from "./common.ts";

const key = (seeds: SeedGenerator) => [...(seeds.next() as Tensor).data];

describe("random/seed_generator_test.py", () => {
  it("test_seed_generator_initialization: its state begins with the seed", () => {
    expect(new SeedGenerator().state.value.data).toHaveLength(2);
    expect([...new SeedGenerator({ seed: 12345 }).state.value.data]).toEqual([12345, 0]);
    expect(messageOf(() => new SeedGenerator({ seed: "invalid_seed" as never }))).toBe(
      'SeedGenerator.seed: expected an integer, received "invalid_seed".',
    );
  });

  it("test_seed_generator_next: another key each time, the same ones for the same seed", () => {
    const [one, other] = [new SeedGenerator({ seed: 42 }), new SeedGenerator({ seed: 42 })];
    const keys = [key(one), key(one), key(one)];
    expect(new Set(keys.map(String)).size).toBe(3);
    expect([key(other), key(other), key(other)]).toEqual(keys);
  });

  it.each([["invalid_seed"], [1.5], [{}]])("test_draw_seed_invalid: %j", (seed) => {
    expect(messageOf(() => new SeedGenerator({ seed: seed as never }))).toMatch(
      /^SeedGenerator\.seed: expected an integer, received /,
    );
  });

  it("test_seed_generator_unexpected_kwargs: an option that it does not have", () => {
    expect(messageOf(() => new SeedGenerator({ invalid_arg: "unexpected_value" } as never))).toMatch(
      /unknown .*"invalid_arg"/,
    );
  });

  it("test_seed_generator_serialization: its seed and name", () => {
    const { revived } = roundTrip(new SeedGenerator({ seed: 42, name: "sg" }));
    expect(revived).toBeInstanceOf(SeedGenerator);
    expect((revived as SeedGenerator).getConfig()).toEqual({ seed: 42, name: "sg" });
  });
});
