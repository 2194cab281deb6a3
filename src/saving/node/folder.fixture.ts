import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";

/** Gives each test of a file an empty folder of its own, and removes them all behind the last. */
export function eachInFolder(use: (folder: string) => void): void {
  let root: string;
  let count = 0;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "ceratops-"));
  });
  afterAll(() => rmSync(root, { recursive: true }));
  beforeEach(() => {
    const folder = join(root, String(count++));
    mkdirSync(folder);
    use(folder);
  });
}
