import { describe, expect, it } from "vitest";
import { openArchive } from "../../src/saving/archive.ts";
import { openHdf5 } from "../../src/saving/hdf5/index.ts";
import { memorySource } from "../../src/saving/sources.ts";
import { Random } from "../random.ts";
import { goldenConfigs, goldenFiles, kerasFiles } from "../seeds.ts";
import { mapOf, sumAgain } from "./hdf5-map.ts";
import { jsonText } from "./json-text.ts";
import { mutatePlain } from "./plain.ts";
import { unzip } from "./unzip.ts";
import { mutateZip } from "./zip.ts";

const latest = () => goldenFiles("hdf5", "plain-latest.h5")[0]!;

describe("mutations", () => {
  it("are a function of their seeds, and leave what they change as it was", () => {
    const seed = goldenConfigs("3.6/layers/Dense.json")[0]!;
    const text = jsonText(seed);
    const many = (from: number) =>
      Array.from({ length: 200 }, (_, i) => jsonText(mutatePlain(seed, new Random(from, i), [seed])));
    expect(many(1)).toEqual(many(1));
    expect(new Set(many(1)).size).toBeGreaterThan(150);
    expect(many(1)).not.toEqual(many(2));
    expect(jsonText(seed)).toBe(text);
  });

  it("get past the checksums of an archive", async () => {
    const [seed] = kerasFiles();
    const opened = await Promise.allSettled(
      Array.from({ length: 100 }, async (_, i) => {
        const bytes = mutateZip(seed!, new Random(1, i), [], (member) => member.bytes.toReversed());
        const { members } = await openArchive(memorySource(bytes));
        for (const member of members.values()) await member.check();
      }),
    );
    expect(opened.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(50);
  });

  it("know an archive's members", async () => {
    const [seed] = kerasFiles();
    const { members } = await openArchive(memorySource(seed!));
    const read = await Promise.all(
      [...members.values()].map(async ({ name, read }) => ({ name, bytes: await read() })),
    );
    expect(unzip(seed!)).toEqual(read);
  });

  it("get past the checksums of HDF5", async () => {
    const seed = latest();
    const map = mapOf(seed);
    expect(map.summed.length).toBeGreaterThan(10);
    const bytes = new Uint8Array(seed);
    // The first structure with a checksum is the superblock; its flags are for nobody.
    bytes[11] = 1;
    await expect(openHdf5(memorySource(bytes))).rejects.toThrow("expected checksum");
    sumAgain(bytes, map);
    await openHdf5(memorySource(bytes));
  });
});
