import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { filesFor } from "../interop/versions.ts";
import { type Claim, claimOf, type VersionsTable } from "./check-claims.ts";

/** Written by `npm run interop -- --versions`, which has each program load each file. */
const table: VersionsTable = JSON.parse(readFileSync("golden/versions.json", "utf8"));
const releases = Object.entries(table);

const claims = new Map<string, Promise<Claim>>();
const claim = (file: string) => {
  const known = claims.get(file) ?? claimOf(`golden/${file}`);
  claims.set(file, known);
  return known;
};

describe("check says which programs load a file", () => {
  it.each(releases)("%s", async (release, loads) => {
    const wrong: string[] = [];
    for (const [file, isLoaded] of Object.entries(loads)) {
      const said = (await claim(file))(release);
      if (said !== null && said !== isLoaded) wrong.push(`${file}: check says ${said}`);
    }
    expect(wrong).toEqual([]);
  });

  it("leaves few of them open", async () => {
    const tried = releases.flatMap(([release, loads]) =>
      Object.keys(loads).map((file) => ({ release, file })),
    );
    const said = await Promise.all(tried.map(async ({ release, file }) => (await claim(file))(release)));
    expect(said.filter((each) => each === null).length / said.length).toBeLessThan(0.03);
  });

  it("tried every minor version of Keras 3 from 3.0 on, what TensorFlow has, and TensorFlow.js", () => {
    const minors = releases.map(([release]) => release.split(".").slice(0, 2).join("."));
    expect(minors).toEqual([
      "tf_keras 2.9",
      "tf_keras 2.13",
      "tf_keras 2.15",
      ...Array.from({ length: 16 }, (_, minor) => `keras 3.${minor}`),
      "tensorflow.js 4",
    ]);
  });

  it("tried every .keras file of Keras 3", () => {
    const newest =
      table[releases.map(([release]) => release).findLast((name) => name.startsWith("keras")) ?? ""];
    const files = filesFor("keras latest").filter((file) => file.startsWith("3."));
    expect(Object.keys(newest ?? {})).toEqual(expect.arrayContaining(files));
  });
});
