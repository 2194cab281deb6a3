import { expect, it } from "vitest";
import { Input } from "../core/input-layer.ts";
import { BatchNormalization } from "./batch-normalization.ts";

it("a config may say more channels than there is memory for: nothing of that size is made", () => {
  const layer = new BatchNormalization({ scale: false, center: false });
  expect(layer.apply(Input({ shape: [2 ** 40] })).shape).toEqual([null, 2 ** 40]);
});
