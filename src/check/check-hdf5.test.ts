import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { unstored } from "../saving/hostile.fixture.ts";
import { checkModel } from "./check-model.ts";

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
