import { wordsFor } from "./distance.ts";
import { type Distances, ways } from "./measure.ts";

const HEAD = `# Random numbers after a seed

What is drawn here beside what Keras draws on JAX on a CPU after the same seeds, of Keras 3.6 and of the newest. Written
by \`npm run randomness\`, tried by \`test/randomness\`; no cell is typed by hand. Layers are called twice in training
mode: the second call goes on where the first one ended.

- **bit for bit**: the same numbers
- **within N ulp**: at most so many units in the last place of the largest number apart, as is rounded otherwise
- **differs**: other numbers
- an empty cell: initializers draw at once

| | ${ways.join(" | ")} |
|---|${ways.map(() => "---|").join("")}
`;

/** The page of what was measured. */
export function pageOf(rows: ReadonlyMap<string, Distances>): string {
  const lines = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, distances]) => `| \`${name}\` | ${ways.map((way) => cell(distances[way])).join(" | ")} |\n`);
  return HEAD + lines.join("");
}

/** What the page says of each name, way by way. */
export function cellsOf(page: string): ReadonlyMap<string, readonly string[]> {
  const lines = page.split("\n").filter((line) => line.startsWith("| `"));
  return new Map(
    lines.map((line) => {
      const [name = "", ...cells] = line.slice(2, -2).split(" | ");
      return [name.slice(1, -1), cells.map((each) => each.trim())];
    }),
  );
}

function cell(units: number | undefined): string {
  return units === undefined ? "" : wordsFor(units);
}
