import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { strayFiles } from "./package-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "package-files-"));
  write("package.json");
  write("README.md");
  write(
    "src/index.ts",
    'export { a } from "./a/a.ts";\nimport type { B } from "./b.ts";\nexport type C = B;',
  );
  write("src/a/a.ts", 'export const a = () => import("./late.ts");');
  write("src/a/late.ts");
  write("src/b.ts", "export type B = 1;");
  for (const name of ["index", "a/a", "a/late", "b"]) {
    write(`dist/${name}.js`);
    write(`dist/${name}.d.ts`);
    write(
      `dist/${name}.js.map`,
      JSON.stringify({ sources: [`${name.includes("/") ? "../" : ""}../src/${name}.ts`] }),
    );
  }
  write("dist/bundled/index.js");
  write(
    "dist/bundled/index.js.map",
    JSON.stringify({ sources: ["../../src/index.ts", "../../node_modules/x/x.js"] }),
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text = ""): void {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const strays = () => strayFiles(folder, ["src/index.ts"]);

it("finds nothing in a package as it should be", () => {
  expect(strays()).toEqual([]);
});

it.each([
  "src/a/helper.ts",
  "src/a/a.test.ts",
  "src/a/a.golden.json",
  "src/a/model.keras",
  "dist/a/helper.js",
  "dist/a/helper.d.ts",
  "dist/a/a.golden.json",
  "dist/bundled/a.keras",
  "golden/a.json",
  "notes.md",
  ".env",
])("finds %s, which no entry point leads to", (path) => {
  write(path);
  expect(strays()).toEqual([path]);
});

it("finds sources of bundles that no entry point leads to", () => {
  write("dist/bundled/index.js.map", JSON.stringify({ sources: ["../../src/helper.ts", "../../test/x.ts"] }));
  expect(strays()).toEqual([
    "dist/bundled/index.js.map: src/helper.ts",
    "dist/bundled/index.js.map: test/x.ts",
  ]);
});

it("knows files that are no strays by what the index exports only", () => {
  write("src/index.ts");
  expect(strays()).toContain("src/b.ts");
  expect(strays()).toContain("dist/b.js");
});
