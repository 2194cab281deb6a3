import { expect, it } from "vitest";
import { primitiveCases } from "../primitive-cases.ts";
import { evaluate } from "./index.ts";

it.each(primitiveCases().map((c) => [`${c.primitive}: ${c.label}`, c] as const))("%s", (_, c) => {
  const out = evaluate(c.primitive, c.inputs, c.attributes);
  expect(out.length).toBeGreaterThan(0);
});
