import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkImports } from "./check-imports.ts";

const FOLDERS = ["errors.ts", "low", ["left", "right"], "high/interface.ts", "high/part", "high", "index.ts"];
const trees: string[] = [];

function check(files: Readonly<Record<string, string>>, exceptions?: ReadonlyMap<string, string>): string[] {
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
  "right/r.ts": 'import { l } from "../left/l.ts";\nexport const r = l;\n',
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
      { "high/interface.ts": 'import type { p } from "./part/p.ts";\n' },
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
    ["a long file", { "low/c.ts": "\n".repeat(601) }, "low/c.ts: expected at most 600 lines, received 601."],
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

  it("lets types and late imports close a circle", () => {
    const files = {
      "low/x.ts": 'import "./y.ts";\n',
      "low/y.ts": 'import type { X } from "./x.ts";\nexport const later = () => import("./x.ts");\n',
    };
    expect(check(files)).toEqual([]);
  });

  it("accepts the exceptions it is given", () => {
    const files = { ...ORDERLY, "low/a.ts": 'import type { l } from "../left/l.ts";\n' };
    expect(check(files, new Map([["low/a.ts -> left/l.ts", "a made-up reason"]]))).toEqual([]);
  });
});
