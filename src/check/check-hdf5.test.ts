import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Input, Sequential } from "../index.ts";
import { Dense } from "../layers/index.ts";
import { unstored } from "../saving/hostile.fixture.ts";
import { loadWeights } from "../saving/index.ts";
import { gather, saveWeights } from "../saving/save-model.ts";
import { checkModel } from "./check-model.ts";
import { isModelFile } from "./is-model-file.ts";

it("a chunk that is not what was written is damaged; one of a filter that is not known is not looked into", async () => {
  const bytes = new Uint8Array(readFileSync(new URL("../../golden/hdf5/chunks-latest.h5", import.meta.url)));
  const damaged = async () => {
    const { findings } = await checkModel(bytes);
    return findings.filter(({ code }) => code === "damaged-weights").map(({ path }) => path);
  };
  expect(await damaged()).toEqual([]);
  const at = Buffer.from(bytes).indexOf(Buffer.from([0, 7, 14, 21, 28]));
  bytes[at] = bytes[at]! ^ 1;
  expect(await damaged()).toEqual(["/fletcher"]);
});

describe("an HDF5 file behind a user block", () => {
  const whole = new Uint8Array(readFileSync(new URL("../../golden/hdf5/user-block.h5", import.meta.url)));

  it("is known, and the block is said", async () => {
    const { format, verdict, findings } = await checkModel(whole, { name: "a.bin" });
    expect([format, verdict]).toEqual(["hdf5", "unknown"]);
    expect(findings.map(({ message }) => message)).toContain(
      "begins with a user block of 1024 bytes, which is not looked into.",
    );
    expect(await isModelFile(whole, "a.bin")).toBe(true);
  });

  it("is dangerous where the block is code", async () => {
    const bytes = Uint8Array.from(whole);
    bytes.set(new TextEncoder().encode("#!/bin/sh"));
    const { verdict, findings } = await checkModel(bytes);
    expect(verdict).toBe("dangerous");
    expect(findings[0]?.message).toBe("begins as a script, in the user block of an HDF5 file.");
  });

  it("gives a model its weights", async () => {
    const make = () => new Sequential([Input({ shape: [3] }), new Dense({ units: 2 })]);
    const model = make();
    const bytes = await gather(saveWeights(model));
    const behind = new Uint8Array(2048 + bytes.length);
    behind.set(bytes, 2048);
    const other = make();
    await loadWeights(other, behind);
    expect(other.getWeights()).toEqual(model.getWeights());
  });
});

it.each([
  ["arrays that are not stored", unstored(30, 2 ** 26), ["not-stored", "over-limit", "other-format"]],
  [
    "more values of JSON than may be",
    new TextEncoder().encode(`[${"[],".repeat(2 ** 18)}[]]`),
    ["over-limit"],
  ],
])("of %s each thing is said once, wherever it is met", async (_, bytes, codes) => {
  const { findings } = await checkModel(bytes, { name: "a b.h5", limits: { jsonValues: 2 ** 17 } });
  expect(findings.map(({ code }) => code).filter((code) => code !== "unreadable")).toEqual(codes);
  for (const { path } of findings) expect(path).not.toContain("a b.h5");
});

it("a limit that is met says how much is declared and how much is there, and makes a file suspicious", async () => {
  const { verdict, findings } = await checkModel(unstored(30, 2 ** 26));
  expect(verdict).toBe("dangerous");
  expect(findings[0]?.message).toBe(
    "declares 2013265920 bytes of numbers, of which 0 are in the file; the others are read as one value.",
  );
  expect(findings[1]).toMatchObject({ code: "over-limit", severity: "suspicious", path: "/a13" });
});
