import { describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import { Dense } from "../layers/core/dense.ts";
import { Input } from "../layers/core/input-layer.ts";
import { cloneModel } from "../models/clone-model.ts";
import { Sequential } from "../models/sequential.ts";
import { zip } from "./archive.fixture.ts";
import { openArchive } from "./archive.ts";
import { customObjects, twoLayers } from "./layers.fixture.ts";
import { loadModel, loadWeights } from "./load.ts";
import { gather, saveModel, saveWeights, toBytes } from "./save-model.ts";
import { blobSource, memorySource } from "./sources.ts";

const sum =
  /^archive: member "model.weights.h5": expected the bytes that were written, of CRC [0-9a-f]{8}, received others, of CRC [0-9a-f]{8}\.$/;
const good = await toBytes(twoLayers());
const { members } = await openArchive(memorySource(good));
const parts = await Promise.all(
  [...members.values()].map(async (member) => ({ name: member.name, bytes: await member.read() })),
);

/** The file with one bit of its weights changed. */
function flipped(at: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(good);
  const start = bytes.indexOf(0x89, parts[0]!.bytes.length + parts[1]!.bytes.length);
  bytes[start + at]! ^= 0x10;
  return bytes;
}

const weights = parts.find(({ name }) => name === "model.weights.h5")!.bytes;
const last = weights.length - 3;

describe("one changed bit of the weights", () => {
  it("is an error at the latest when all weights are read, wherever it is", async () => {
    for (let at = 0; at < weights.length; at += 61) {
      const error = await loadModel(flipped(at), { customObjects })
        .then((model) => model.getWeights())
        .catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(FileError);
    }
  });

  it.each<[what: string, use: (bytes: Uint8Array<ArrayBuffer>) => Promise<unknown>]>([
    ["of a model", async (bytes) => gather(saveModel(await loadModel(bytes, { customObjects })))],
    ["of its weights alone", async (bytes) => gather(saveWeights(await loadModel(bytes, { customObjects })))],
    [
      "of a Blob",
      async (bytes) => toBytes(await loadModel(blobSource(new Blob([bytes])), { customObjects })),
    ],
    [
      "of a clone",
      async (bytes) => toBytes(cloneModel(await loadModel(bytes, { customObjects }), { weights: "copy" })),
    ],
    [
      "of a model that took the weights over",
      async (bytes) => {
        const model = twoLayers();
        await loadWeights(model, bytes);
        return toBytes(model);
      },
    ],
  ])("is never written as if it were right: %s", async (_, use) => {
    await expect(use(flipped(last))).rejects.toThrow(sum);
    expect(await use(new Uint8Array(good))).toBeInstanceOf(Uint8Array);
  });

  it("is found though the model needs none of the bytes around it", async () => {
    const padded = new Uint8Array(weights.length + 1_000_000);
    padded.set(weights);
    const file = (crc?: number) =>
      zip(
        parts.map(({ name, bytes }) =>
          bytes === weights ? { name, bytes: padded, ...(crc && { crc }) } : { name, bytes },
        ),
      );
    const wrong = await loadModel(file(7), { customObjects });
    await expect(toBytes(wrong)).rejects.toThrow(sum);
    expect(() => wrong.getWeights()).toThrow(sum);
    const remote = await loadModel(blobSource(new Blob([new Uint8Array(file(7))])), { customObjects });
    await remote.load();
    expect(remote.getWeights()).toEqual(twoLayers().getWeights());
    await expect(toBytes(remote)).rejects.toThrow(sum);
    const model = await loadModel(file(), { customObjects });
    expect(await toBytes(model)).toEqual(good);
  });
});

describe("a damaged file that nobody has read yet", () => {
  const stack = (units: number) =>
    new Sequential([Input({ shape: [200] }), new Dense({ units: 200 }), new Dense({ units })]);
  const whole = stack(200);

  /** Damaged where its last weights are; more than what is read of a file with its contents. */
  async function damaged() {
    const bytes = await toBytes(whole);
    bytes[bytes.length - 2 ** 12]! ^= 0x10;
    return loadModel(bytes);
  }

  it("does not count once all weights come from another file", async () => {
    for (const bytes of [await toBytes(whole), await gather(saveWeights(whole))]) {
      const model = await damaged();
      await loadWeights(model, bytes);
      const again = await loadModel(await toBytes(model));
      expect(again.getWeights()).toEqual(whole.getWeights());
    }
  });

  it("counts where another file has not all weights", async () => {
    const model = await damaged();
    expect(await loadWeights(model, await toBytes(stack(7)), { skipMismatch: true })).not.toEqual([]);
    await expect(toBytes(model)).rejects.toThrow(sum);
  });
});
