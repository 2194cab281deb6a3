import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const here = new URL("./", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, here), "utf8");

interface Row {
  readonly section: string;
  readonly test: string;
  readonly file: string;
  readonly note: string;
}

function rows(): Row[] {
  const found: Row[] = [];
  let section = "";
  for (const line of read("README.md").split("\n")) {
    if (line.startsWith("## ")) section = line.slice(3);
    const [, test, file, note] = /^\| `(.+?)` +\| (\S+) +\|(.*)\|$/.exec(line) ?? [];
    if (test !== undefined) found.push({ section, test, file: file!, note: note!.trim() });
  }
  return found;
}

/** The names of Keras's tests in the titles of a file's tests. */
function titles(file: string): Set<string> {
  const names = new Set<string>();
  for (const [, title] of read(file).matchAll(/"(test_[^"]*)"/g)) {
    for (const [name] of title!.split(":")[0]!.matchAll(/test_\w+/g)) names.add(name);
  }
  return names;
}

describe("the table of Keras's tests", () => {
  const table = rows();

  it("has a section and rows for every file of tests", () => {
    const files = new Set(table.map(({ file }) => file));
    for (const file of readdirSync(here).filter((name) => name.endsWith(".test.ts"))) {
      expect(file === "readme.test.ts" || files.has(file), file).toBe(true);
    }
    expect(new Set(table.map(({ section, test }) => `${section} ${test}`)).size).toBe(table.length);
  });

  it.each(table)("$section $test: a test that exists, or a reason", ({ test, file, note }) => {
    if (file === "–") expect(note).not.toBe("");
    else expect([...titles(file)]).toContain(test);
  });

  it("has every test of these files", () => {
    for (const file of new Set(table.map((row) => row.file))) {
      if (file === "–") continue;
      const known = table.filter((row) => row.file === file).map(({ test }) => test);
      for (const title of titles(file)) expect(known).toContain(title);
    }
  });
});
