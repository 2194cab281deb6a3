import { describe, expect, it } from "vitest";
import { FileError } from "../../errors.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { writeArchive } from "../archive-writer.ts";
import { memorySource } from "../sources.ts";
import { readNpz, writeNpz } from "./npz.ts";

/** Written by NumPy: `savez_compressed` of a float32 matrix and an int64 scalar. */
const fromNumpy =
  "UEsDBC0AAAAIAAAAIQBP6QAq//////////8FABQAYS5ucHkBABAAmAAAAAAAAABVAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxc" +
  "pG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgYwaLAHEg5ABMQNQLzAAQBQSwME" +
  "LQAAAAgAAAAhACO48Gz//////////xIAFABsYXllcnMvZGVuc2UvMC5ucHkBABAAiAAAAAAAAABGAAAAAAAAAJvsF+obEMnI" +
  "UMZQrZ6SWpxcpG6loG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5Gpo6CrUKFAEudgYIAABQSwECLQMtAAAA" +
  "CAAAACEAT+kAKlUAAACYAAAABQAAAAAAAAAAAAAAgAEAAAAAYS5ucHlQSwECLQMtAAAACAAAACEAI7jwbEYAAACIAAAAEgAA" +
  "AAAAAAAAAAAAgAGMAAAAbGF5ZXJzL2RlbnNlLzAubnB5UEsFBgAAAAACAAIAcwAAABYBAAAAAA==";

const tensors: [string, Tensor][] = [
  ["a", new Tensor("float32", [2, 3], Float32Array.of(0, 1, 2, 3, 4, 5))],
  ["layers/dense/0", new Tensor("int64", [], BigInt64Array.of(7n))],
];

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return new Uint8Array(Buffer.concat(parts));
}

describe("readNpz", () => {
  it("reads what NumPy wrote", async () => {
    const found = await readNpz(memorySource(new Uint8Array(Buffer.from(fromNumpy, "base64"))));
    expect([...found]).toEqual(tensors);
  });

  it.each([
    ["notes.txt", "", 'w.npz: member "notes.txt": expected an array (.npy), received another file.'],
    [
      "a.npy",
      "no array",
      'w.npz: member "a.npy": npy: expected the start of a NumPy file, received other bytes.',
    ],
  ])("refuses a member %s of %j", async (name, content, message) => {
    const bytes = new TextEncoder().encode(content);
    const archive = await collect(writeArchive([{ name, size: bytes.length, chunks: () => bytes }]));
    const error = await readNpz(memorySource(archive), "w.npz").catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FileError);
    expect((error as Error).message).toBe(message);
  });
});

describe("writeNpz", () => {
  it("writes what is read back the same", async () => {
    const bytes = await collect(writeNpz(tensors));
    expect([...(await readNpz(memorySource(bytes)))]).toEqual(tensors);
  });
});
