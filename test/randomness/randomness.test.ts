import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { unitsOf } from "./distance.ts";
import { measure, ways } from "./measure.ts";
import { cellsOf } from "./page.ts";

const said = cellsOf(readFileSync(new URL("../../docs/randomness.md", import.meta.url), "utf8"));
const rows = await measure();

it("the page has all that draws", () => {
  expect([...said.keys()]).toEqual([...rows.keys()].sort((a, b) => (a < b ? -1 : 1)));
});

it.each([...rows])("%s draws numbers as near to Keras's as the page says", (name, distances) => {
  const cells = said.get(name) ?? [];
  for (const [i, way] of ways.entries()) {
    if (distances[way] === undefined) expect(cells[i]).toBe("");
    else
      expect(distances[way], `${way}. Run npm run randomness.`).toBeLessThanOrEqual(unitsOf(cells[i] ?? ""));
  }
});
