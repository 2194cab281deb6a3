/**
 * Writes docs/compatibility.md and .json, and its totals in README.md, from what tests show of each public name of Keras:
 * `npm run compatibility` runs those tests first; with `--last` it takes what the last whole run of the tests left, and
 * with `--check` it only says whether the files are true.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Aspect, aspects, type Tried } from "../test/tried.ts";
import { type Export, exportFor } from "./exported-names.ts";
import { sourcesIn } from "./sources.ts";
import { TRIED } from "./tried-reporter.ts";

interface Modules {
  readonly modules: readonly {
    readonly id: string;
    readonly classes: readonly string[];
    readonly functions: readonly string[];
  }[];
}

interface Row {
  readonly name: string;
  /** Whether Keras 3.6 has it, or only the newest. */
  readonly since: "3.6" | "newest";
  /** What the package exports for it, if anything. */
  readonly here: Export | null;
  readonly shown: Partial<Record<Aspect, readonly [passed: number, tried: number]>>;
}

const { values: options } = parseArgs({ options: { last: { type: "boolean" }, check: { type: "boolean" } } });
const root = new URL("../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

const HEAD = `# What of Keras is here

Written by \`npm run compatibility\` from what tests show; no cell is typed by hand. A number is how many cases show it
beside real Keras, in bold where some do not; an empty cell was not tried or does not apply. With * Keras 3.6 has it not.

- **text 3.6**, **text newest**: read and written to the character, as that Keras writes it
- **made here**: made by its constructor or function, it writes the text that Keras writes
- **shapes**, **weights**: of a call with an open batch, and what it is built with
- **values**, **values on ONNX Runtime**: computed at once, and by a traced program, as Keras computes on JAX
- **masks**, **training**: masks of outputs, and calls in training mode
- **randomness**: the numbers that Keras draws after the same seed
- **files**: in a \`.keras\` file of Keras, which is read and written back to the same bytes of config and weights`;

if (!options.last) runTests();
const rows = await rowsOf(JSON.parse(readFileSync(TRIED, "utf8")) as Tried[]);
const files = {
  "docs/compatibility.json": `${JSON.stringify(rows, null, 1)}\n`,
  "docs/compatibility.md": pageOf(rows),
  "README.md": read("README.md").replace(
    /(<!-- compatibility -->\n)[\s\S]*?(\n<!-- \/compatibility -->)/,
    (_, start: string, end: string) => start + totalsOf(rows) + end,
  ),
};
const stale = Object.entries(files).filter(([path, text]) => !isSame(path, text));
for (const [path, text] of stale) {
  if (!options.check) writeFileSync(new URL(path, root), text);
  console.log(`${options.check ? "not true" : "written"}: ${path}`);
}
if (options.check && stale.length > 0) {
  console.log("Run npm run compatibility.");
  process.exitCode = 1;
}

function isSame(path: string, text: string): boolean {
  try {
    return read(path) === text;
  } catch {
    return false;
  }
}

/** The tests that note what they show. */
function runTests(): void {
  const noting = ["src", "test"]
    .flatMap((folder) => sourcesIn(fileURLToPath(new URL(folder, root))).map((path) => `${folder}/${path}`))
    .filter((path) => path.endsWith(".test.ts") && read(path).includes("noteFor("));
  execFileSync("npx", ["vitest", "run", ...noting], { stdio: "inherit", cwd: root });
}

async function rowsOf(tried: readonly Tried[]): Promise<Row[]> {
  const shown = new Map<string, Map<Aspect, [number, number]>>();
  for (const { name, aspect, passed } of tried) {
    const cells = shown.get(name) ?? new Map<Aspect, [number, number]>();
    const [before, all] = cells.get(aspect) ?? [0, 0];
    shown.set(name, cells.set(aspect, [before + Number(passed), all + 1]));
  }
  const old = new Set(namesOf("3.6"));
  const names = [...new Set([...old, ...namesOf("3.15")])].sort();
  return Promise.all(
    names.map(async (name): Promise<Row> => {
      const cells = shown.get(name);
      return {
        name,
        since: old.has(name) ? "3.6" : "newest",
        here: await exportFor(name),
        shown: Object.fromEntries(
          aspects.flatMap((aspect) => (cells?.has(aspect) ? [[aspect, cells.get(aspect)!]] : [])),
        ),
      };
    }),
  );
}

function namesOf(version: string): string[] {
  const { modules } = JSON.parse(read(`golden/${version}/names.json`)) as Modules;
  return modules.flatMap(({ id, classes, functions }) =>
    [...classes, ...functions].map((name) => `${id}.${name}`),
  );
}

function moduleOf({ name }: Row): string {
  return name.slice(0, name.lastIndexOf("."));
}

/** A table of the modules: how many of their names are here, and how many of them tests try. */
function totalsOf(all: readonly Row[]): string {
  const lines = [...new Set(all.map(moduleOf))].map((module) => {
    const own = all.filter((row) => moduleOf(row) === module);
    const cells = (["3.6", "newest"] as const).map((version) => {
      const known = own.filter(({ since }) => version === "newest" || since === "3.6");
      return `${known.filter(({ here }) => here).length} of ${known.length}`;
    });
    const tried = own.filter(({ shown }) => Object.keys(shown).length > 0).length;
    return `| \`keras.${module}\` | ${cells.join(" | ")} | ${tried} |`;
  });
  return ["| | of Keras 3.6 | of the newest | tried beside Keras |", "|---|---|---|---|", ...lines].join(
    "\n",
  );
}

function pageOf(all: readonly Row[]): string {
  const sections = [...new Set(all.map(moduleOf))].map((module) => {
    const own = all.filter((row) => moduleOf(row) === module);
    const shownHere = aspects.filter((aspect) => own.some(({ shown }) => shown[aspect]));
    return [
      `## keras.${module}`,
      "",
      `| name | here | ${shownHere.join(" | ")} |`,
      `|---|---|${shownHere.map(() => "---|").join("")}`,
      ...own.map((row) => lineOf(row, shownHere)),
      "",
    ].join("\n");
  });
  return `${HEAD}\n\n${totalsOf(all)}\n\n${sections.join("\n")}`;
}

function lineOf({ name, since, here: found, shown }: Row, columns: readonly Aspect[]): string {
  const bare = name.slice(name.lastIndexOf(".") + 1);
  const here = found ? `\`${found.name}\` of ${found.door}` : "–";
  const cells = columns.map((aspect) => {
    const [passed, tried] = shown[aspect] ?? [0, 0];
    return tried === 0 ? "" : passed === tried ? String(tried) : `**${passed} of ${tried}**`;
  });
  return `| \`${bare}\`${since === "newest" ? " *" : ""} | ${here} | ${cells.join(" | ")} |`;
}
