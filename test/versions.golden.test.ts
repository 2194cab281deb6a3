import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { capture } from "../src/cli/capture.fixture.ts";

interface Table {
  /** The releases of Keras that were tried, the oldest first. */
  readonly versions: readonly string[];
  /** By golden file: the releases that load it. */
  readonly loadedBy: Readonly<Record<string, readonly string[]>>;
}

/** Written by `npm run interop -- --versions`, which loads each file in each version. */
const table: Table = JSON.parse(readFileSync("golden/versions.json", "utf8"));

describe("check says which Keras loads a file", () => {
  it.each(Object.entries(table.loadedBy))("%s", async (file, loading) => {
    const { stdout } = await capture(["check", `golden/${file}`, "--json"]);
    const { version, keys } = JSON.parse(stdout).needs;
    const said = table.versions.filter((release) => minorOf(release) >= minorOf(version));
    expect(loading).toEqual(expect.arrayContaining(said));
    // What a key is said to need no older version loads.
    if (keys.length > 0) expect(loading).toEqual(said);
  });

  it("tried every minor version from 3.1 on", () => {
    expect(table.versions.map(minorOf)).toEqual(table.versions.map((_, i) => i + 1));
  });
});

function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}
