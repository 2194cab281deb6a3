import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { convert } from "../convert.ts";
import { Input } from "../layers/core/input-layer.ts";
import { Dense } from "../layers/index.ts";
import type { Model } from "../models/model.ts";
import { Sequential } from "../models/sequential.ts";
import { loadModel, loadWeights, saveModel } from "../node.ts";
import { crc32 } from "./crc32.ts";
import { eachInFolder } from "./node/folder.fixture.ts";
import { PieceRoom, piecesForWriting } from "./read-ahead.ts";

let folder: string;
eachInFolder((each) => {
  folder = each;
});
const at = (name: string) => join(folder, name);

/** Its first weight takes several pieces, the last of which is not whole. */
const large = () => new Sequential([Input({ shape: [1025] }), new Dense({ units: 2049 })]);

/** A sum of the bytes of each weight: a comparison of millions of numbers takes long. */
const sumsOf = ({ weights }: Model) =>
  weights.map(({ value: { data } }) => crc32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));

describe("weights that are written piece by piece", () => {
  it("are the same in every format, from every format", async () => {
    const model = large();
    const expected = sumsOf(model);
    await saveModel(model, at("a.keras"));
    const files = ["a.keras", "b.h5", "web/model.json", "c.keras", "d.weights.h5"];
    for (const [i, name] of files.slice(1).entries()) await convert(at(files[i]!), at(name));
    for (const name of files.slice(0, -1)) {
      const found = await loadModel(at(name), { verify: name.endsWith(".keras") });
      expect(sumsOf(found)).toEqual(expected);
    }
    const again = large();
    await loadWeights(again, at("d.weights.h5"));
    expect(sumsOf(again)).toEqual(expected);
  });

  it("come in order, and are no more than there are", async () => {
    await saveModel(large(), at("a.h5"));
    const model = await loadModel(at("a.h5"));
    const [kernel] = model.weights;
    const sizes: number[] = [];
    for await (const { length } of piecesForWriting(kernel!)!) sizes.push(length);
    expect(sizes).toEqual([2 ** 22, 2 ** 22, 4 * 1025 * 2049 - 2 ** 23]);
    await kernel!.load();
    expect(piecesForWriting(kernel!)).toBeUndefined();
  });

  it.each(["b.keras", "b.h5", "web/model.json", "b.weights.h5"])(
    "are not written as %s where they are not what was written before",
    async (name) => {
      await saveModel(large(), at("a.keras"));
      const bytes = readFileSync(at("a.keras"));
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(at("a.keras"), bytes);
      await expect(convert(at("a.keras"), at(name))).rejects.toThrow("expected the bytes that were written");
    },
  );
});

it("pieces in a room are whole until the next but one is asked for", async () => {
  await saveModel(large(), at("a.h5"));
  const [kernel] = (await loadModel(at("a.h5"))).weights;
  const own: Uint8Array[] = [];
  for await (const piece of piecesForWriting(kernel!)!) own.push(piece);
  const room = new PieceRoom();
  for (let round = 0; round < 3; round++) {
    let before: Uint8Array | undefined;
    let i = 0;
    for await (const piece of piecesForWriting(kernel!, room)!) {
      if (before) expect(Buffer.compare(before, own[i - 1]!)).toBe(0);
      expect(Buffer.compare(piece, own[i++]!)).toBe(0);
      before = piece;
    }
    expect(i).toBe(own.length);
  }
});
