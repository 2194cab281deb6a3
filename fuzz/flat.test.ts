import { expect, it } from "vitest";
import { flatten, unflatten } from "./flat.ts";
import { copyOf } from "./mutate/places.ts";
import { hostileValues } from "./mutate/vocabulary.ts";
import type { Plain } from "./reader.ts";

it("values are sent and copied as they are", () => {
  const values = [
    ...hostileValues,
    undefined,
    JSON.parse('{"__proto__": {"a": []}, "1": 2, "a": 3}') as Plain,
  ];
  expect(unflatten(structuredClone(flatten(values)))).toEqual(values);
  expect(copyOf(values)).toEqual(values);
  expect(unflatten(flatten(Uint8Array.of(1, 2)))).toEqual(Uint8Array.of(1, 2));
});

it("values of any depth", () => {
  let deep: Plain = "inside";
  for (let i = 0; i < 100_000; i++) deep = i % 2 ? [deep] : { a: deep };
  let found = unflatten(structuredClone(flatten(copyOf(deep))));
  for (let i = 100_000; i-- > 0; ) found = (found as { [key: string]: Plain })[i % 2 ? 0 : "a"];
  expect(found).toBe("inside");
});
