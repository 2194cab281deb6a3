import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
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
  expect(await damaged()).toEqual(["file /fletcher"]);
});
