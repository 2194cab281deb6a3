import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { claimOf, minorOf } from "./check-claims.ts";

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
    const claim = await claimOf(`golden/${file}`);
    const said = table.versions.filter((release) => claim(release) !== null);
    expect(said).toContain(table.versions.at(-1));
    expect(loading.filter((release) => said.includes(release))).toEqual(
      said.filter((release) => claim(release)),
    );
  });

  it("tried every minor version from 3.1 on", () => {
    expect(table.versions.map(minorOf)).toEqual(table.versions.map((_, i) => i + 1));
  });

  it("tried every golden file", () => {
    const files = ["3.15", "3.6"].flatMap((version) =>
      readdirSync(`golden/${version}/files`)
        .filter((name) => name.endsWith(".keras") && !name.startsWith("text_")) // they need TensorFlow
        .map((name) => `${version}/files/${name}`),
    );
    expect(Object.keys(table.loadedBy)).toEqual(files.sort());
  });
});
