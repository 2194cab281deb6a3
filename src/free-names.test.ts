import fc from "fast-check";
import { expect, it } from "vitest";
import { FreeNames } from "./free-names.ts";

const word = fc.constantFrom("a", "b", "a_1", "a_1_1", "b_2");

it("gives each name once, and the first number that is free", () => {
  fc.assert(
    fc.property(fc.array(word), fc.array(word), (taken, wanted) => {
      const names = new FreeNames(taken);
      const known = new Set<string>(taken);
      for (const name of wanted) {
        let expected: string = name;
        for (let i = 1; known.has(expected); i++) expected = `${name}_${i}`;
        expect(names.take(name)).toBe(expected);
        known.add(expected);
        expect(names.has(expected)).toBe(true);
      }
    }),
  );
});

it("of many that want one name, counts none twice", () => {
  const names = new FreeNames();
  const given = Array.from({ length: 100_000 }, () => names.take("a"));
  expect(given.at(-1)).toBe("a_99999");
});
