import { describe, expect, it } from "vitest";
import { blocksOf, examplesOf, moduleOf } from "./examples.ts";

const homes = new Map([
  ["Dense", "ceratops/layers"],
  ["model", "/names.ts"],
  ["says", "/names.ts"],
]);

function moduleWith(code: string): string {
  return moduleOf({ file: "a.ts", line: 1, code }, homes);
}

describe("examplesOf", () => {
  it("finds what stands below @example, up to the end or the next tag", () => {
    const text =
      "/**\n * A.\n *\n * @example\n * a();\n *\n *   b();\n */\n\n  /**\n   * @example\n   * c();\n   * @internal\n   */\n";
    expect(examplesOf("a.ts", text)).toEqual([
      { file: "a.ts", line: 5, code: "a();\n\n  b();\n" },
      { file: "a.ts", line: 12, code: "c();\n" },
    ]);
  });
});

describe("blocksOf", () => {
  it("finds the blocks of TypeScript and no others", () => {
    const text = "# A\n\n```sh\nls\n```\n\n```ts\na();\n```\n\n```\nb\n```\n";
    expect(blocksOf("a.md", text)).toEqual([{ file: "a.md", line: 8, code: "a();\n" }]);
  });
});

describe("moduleOf", () => {
  it.each([
    ["a name that is imported already", 'import { Dense } from "x";\nDense;\n', ""],
    ["a name of its own", "class Dense {}\nnew Dense();\n", ""],
    ["a name that nobody has", "unknown();\n", ""],
    ["a parameter", "((model) => model)(1);\n", ""],
    ["a public name", "Dense;\n", 'import { Dense } from "ceratops/layers";'],
    [
      "two names",
      "new Dense(model);\n",
      'import { Dense } from "ceratops/layers"; import { model } from "/names.ts";',
    ],
  ])("imports what is left out: %s", (_, code, imports) => {
    expect(moduleWith(code)).toBe(`${imports} export {};\n${code}`);
  });

  it.each([
    ["const y = f(1); // [null, 4]", "const y = f(1); says(y, [null, 4]);"],
    ["next(); // [42, 0]", "says(next(), [42, 0]);"],
    ['const mode = a.mode; // "mean"', 'const mode = a.mode; says(mode, "mean");'],
  ])("checks what a comment says: %s", (line, checked) => {
    expect(moduleWith(`${line}\n`)).toBe(`import { says } from "/names.ts"; export {};\n${checked}\n`);
  });

  it.each(["const y = f(1); // a shape", "  next(); // [1]", "// [1]"])(
    "leaves other comments: %s",
    (line) => {
      expect(moduleWith(`${line}\n`)).toBe(` export {};\n${line}\n`);
    },
  );
});
