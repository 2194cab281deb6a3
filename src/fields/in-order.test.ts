import { expect, it } from "vitest";
import { inOrder } from "./in-order.ts";
import { bool, int, positiveInt } from "./shorthands.ts";

const fields = { units: positiveInt(), use_bias: bool(true), seed: int(null) };

it("takes the fields that are named, in that order", () => {
  const taken = inOrder(fields, "seed", "use_bias, units");
  expect(Object.keys(taken)).toEqual(["seed", "use_bias", "units"]);
  expect(taken.units).toBe(fields.units);
  expect(Object.keys(inOrder(fields, "units"))).toEqual(["units"]);
});

it("does not take a name that no field has", () => {
  // @ts-expect-error: misspelled.
  inOrder(fields, "units, use_bais");
  // @ts-expect-error: not taken.
  inOrder(fields, "units").seed;
});
