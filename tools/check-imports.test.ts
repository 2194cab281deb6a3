import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkImports } from "./check-imports.ts";

const FOLDERS = ["errors.ts", "low", ["left", "right"], "high/interface.ts", "high/part", "high", "index.ts"];
const trees: string[] = [];

function check(
  files: Readonly<Record<string, string>>,
  exceptions: ReadonlyMap<string, string> = new Map(),
): string[] {
  const root = mkdtempSync(join(tmpdir(), "imports-"));
  trees.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkImports(root, FOLDERS, exceptions);
}

afterAll(() => {
  for (const tree of trees) rmSync(tree, { recursive: true });
});

const ORDERLY = {
  "errors.ts": "export const e = 1;\n",
  "low/a.ts":
    'import { e } from "../errors.ts";\nimport { readFileSync } from "node:fs";\nexport const a = e;\n',
  "low/b.ts": 'import { a } from "./a.ts";\nexport const b = a;\n',
  "left/l.ts": 'import type { r } from "../right/r.ts";\nexport const l = 1;\n',
  "right/r.ts": "export const r = 1;\n",
  "right/s.ts": 'import { l } from "../left/l.ts";\nexport const s = l;\n',
  "high/interface.ts": "export interface I {}\n",
  "high/part/p.ts": 'import type { I } from "../interface.ts";\nexport const p: I = {};\n',
  "high/pick.ts": 'export const pick = () => import("./part/p.ts");\n',
  "high/pick.test.ts": 'import { l } from "../index.ts";\n',
  "index.ts": 'export * from "./left/l.ts";\nexport * from "./low/a.ts";\n',
};

describe("checkImports", () => {
  it("finds nothing in an orderly tree", () => {
    expect(check(ORDERLY)).toEqual([]);
  });

  it.each([
    [
      "an import from below",
      { "low/a.ts": '\nimport { l } from "../left/l.ts";\n' },
      'low/a.ts:2: expected imports from low or above it, received "left/l.ts", which is below.',
    ],
    [
      "an import of a type from below",
      { "low/a.ts": 'import type { l } from "../left/l.ts";\n' },
      'low/a.ts:1: expected imports from low or above it, received "left/l.ts", which is below.',
    ],
    [
      "a type named in place",
      { "low/a.ts": 'export type L = import("../left/l.ts").l;\n' },
      'low/a.ts:1: expected imports from low or above it, received "left/l.ts", which is below.',
    ],
    [
      "a dynamic import from below",
      { "low/a.ts": 'export const f = () => import("../left/l.ts");\n' },
      'low/a.ts:1: expected imports from low or above it, received "left/l.ts", which is below.',
    ],
    [
      "a re-export from below",
      { "low/a.ts": 'export { l } from "../left/l.ts";\n' },
      'low/a.ts:1: expected imports from low or above it, received "left/l.ts", which is below.',
    ],
    [
      "the parts of a folder that has its own order",
      {
        "high/interface.ts": 'import type { p } from "./part/p.ts";\n',
        "high/part/p.ts": "export const p = 1;\n",
      },
      'high/interface.ts:1: expected imports from high/interface.ts or above it, received "high/part/p.ts", which is below.',
    ],
    [
      "a folder that nobody listed",
      { "utils/u.ts": "export const u = 1;\n" },
      "utils/u.ts: expected a folder of the import order, received none of them.",
    ],
    [
      "an import that leaves the tree",
      { "low/a.ts": 'import data from "../../golden/x.json";\n' },
      'low/a.ts:1: expected an import inside the source folder, received "../golden/x.json".',
    ],
    [
      "an import of nothing",
      { "low/a.ts": 'import "./gone.ts";\n' },
      'low/a.ts:1: expected an import of an existing file, received "low/gone.ts".',
    ],
    [
      "an import of a test",
      { "high/pick.ts": 'import "./pick.test.ts";\n' },
      'high/pick.ts:1: expected no import of a test, received "high/pick.test.ts".',
    ],
    ["a long file", { "low/c.ts": "\n".repeat(401) }, "low/c.ts: expected at most 400 lines, received 401."],
    [
      "a circle of files",
      {
        "low/x.ts": 'import "./y.ts";\n',
        "low/y.ts": 'export * from "./z.ts";\n',
        "low/z.ts": 'import { type X } from "./x.ts";\n',
      },
      "import cycle: low/x.ts -> low/y.ts -> low/z.ts -> low/x.ts.",
    ],
  ] as const)("finds %s", (_, files, offence) => {
    expect(check({ ...ORDERLY, ...files })).toEqual([offence]);
  });

  it.each([
    ["types", 'import type { X } from "./x.ts";\n'],
    ["types named in place", 'export type Y = import("./x.ts").X;\n'],
    ["late imports", 'export const later = () => import("./x.ts");\n'],
  ])("finds circles that %s close", (_, text) => {
    const files = { "low/x.ts": 'import "./y.ts";\n', "low/y.ts": text };
    expect(check(files)).toEqual(["import cycle: low/x.ts -> low/y.ts -> low/x.ts."]);
  });

  it("accepts the exceptions it is given, for types only", () => {
    const exceptions = new Map([["low/a.ts -> left/l.ts", "a made-up reason"]]);
    const types = { ...ORDERLY, "low/a.ts": 'import type { l } from "../left/l.ts";\n' };
    expect(check(types, exceptions)).toEqual([]);
    const values = { ...ORDERLY, "low/a.ts": 'import { l } from "../left/l.ts";\n' };
    expect(check(values, exceptions)).toEqual([
      'low/a.ts:1: expected imports from low or above it, received "left/l.ts", which is below.',
    ]);
  });

  it("finds exceptions that nothing needs", () => {
    expect(check(ORDERLY, new Map([["low/b.ts -> left/l.ts", "a made-up reason"]]))).toEqual([
      'exception "low/b.ts -> left/l.ts": expected an import, received none.',
    ]);
  });
});
