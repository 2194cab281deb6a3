import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "./name-order.ts";

it("orders names as their UTF-8 bytes", () => {
  const unit = fc.constantFrom(
    "a",
    "b",
    "é",
    "\ud7ff",
    "\ue000",
    "\uffff",
    "\u{10000}",
    "\u{1f600}",
    "\u{10ffff}",
  );
  const name = fc.string({ unit, maxLength: 4 });
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(Math.sign(compareNames(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});
