import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileError } from "../../errors.ts";
import { type Hdf5File, type Hdf5Group, openHdf5 } from "./index.ts";
import { asynchronous, inMemory } from "./memory.fixture.ts";

const folder = new URL("../../../golden/hdf5/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".h5"));

/** Reads everything there is; whatever goes wrong has to be a FileError. */
async function readAll(bytes: Uint8Array, checksums: boolean): Promise<void> {
  let file: Hdf5File;
  try {
    file = await openHdf5(inMemory(bytes), { checksums });
  } catch (error) {
    expect(error).toBeInstanceOf(FileError);
    return;
  }
  const pending: Hdf5Group[] = [file.root];
  for (let group = pending.pop(); group; group = pending.pop()) {
    for (const child of group.children.values()) {
      if (child.kind === "group") pending.push(child);
      else {
        try {
          await (child.dtype === "string" ? child.readStrings() : child.read());
          child.readSync?.();
        } catch (error) {
          expect(error).toBeInstanceOf(FileError);
        }
      }
    }
  }
}

/** Bytes that sizes, counts and addresses are made of. */
const telling = [0, 1, 2, 7, 8, 0x10, 0x7f, 0x80, 0xfe, 0xff];

describe("mutated files", () => {
  it.each(files)("%s gives file errors only", async (name) => {
    const original = readFileSync(new URL(name, folder));
    const change = fc.record({
      at: fc.nat(original.length - 1),
      value: fc.oneof(fc.constantFrom(...telling), fc.nat(255)),
      run: fc.constantFrom(1, 1, 1, 2, 4, 8),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        fc.oneof({ weight: 4, arbitrary: fc.constant(original.length) }, fc.nat(original.length)),
        async (changes, checksums, length) => {
          const bytes = new Uint8Array(original);
          for (const { at, value, run } of changes) bytes.fill(value, at, at + run);
          await readAll(bytes.subarray(0, length), checksums);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("each byte of a header, changed", async () => {
    const original = readFileSync(new URL("refused-cycle-latest.h5", folder));
    for (let at = 0; at < original.length; at++) {
      for (const value of [0, 1, 0xff]) {
        const bytes = new Uint8Array(original);
        bytes[at] = value;
        await readAll(bytes, false);
      }
    }
  });
});

describe("damaged files", () => {
  it.each([
    [new Uint8Array(0), "w.h5: expected an HDF5 file, received 0 bytes without its signature."],
    [new Uint8Array(5000), "w.h5: expected an HDF5 file, received 5000 bytes without its signature."],
    [
      new Uint8Array(readFileSync(new URL("plain-latest.h5", folder))).subarray(0, 9000),
      "w.h5 /: expected 18703 bytes as the superblock says, received 9000.",
    ],
  ])("%#", async (bytes, message) => {
    await expect(openHdf5(inMemory(bytes), { name: "w.h5" })).rejects.toThrow(message);
  });

  it("compares checksums unless told not to", async () => {
    const bytes = new Uint8Array(readFileSync(new URL("plain-latest.h5", folder)));
    bytes[44] = bytes[44]! ^ 1;
    await expect(openHdf5(inMemory(bytes))).rejects.toThrow(
      /^HDF5 \/: expected checksum 0x\w{8} of the superblock/,
    );
    expect((await openHdf5(inMemory(bytes), { checksums: false })).get("/scalar")).toBeDefined();
  });

  it("compares the checksum of a chunk", async () => {
    const bytes = new Uint8Array(readFileSync(new URL("chunks-latest.h5", folder)));
    const { offset } = findChunk(bytes, [0, 7, 14, 21, 28]);
    bytes[offset] = bytes[offset]! ^ 1;
    const dataset = (await openHdf5(inMemory(bytes))).get("/fletcher");
    await expect(dataset?.kind === "dataset" && dataset.read()).rejects.toThrow(
      /^HDF5 \/fletcher: expected a chunk of checksum \d+, received one of \d+\.$/,
    );
  });

  it("refuses a dataset that its file cannot hold", async () => {
    const bytes = new Uint8Array(readFileSync(new URL("plain-earliest.h5", folder)));
    const { offset } = findChunk(bytes, [2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes[offset + 5] = 1;
    bytes[offset + 16 + 5] = 1;
    await expect(openHdf5(inMemory(bytes))).rejects.toThrow(
      /expected at most 134217728 declared bytes of arrays from a file of 22080 bytes, received \d+ or more\./,
    );
  });
});

describe("reading by ranges", () => {
  it("reads the same from a source that is asynchronous", async () => {
    const bytes = readFileSync(new URL("plain-earliest.h5", folder));
    const scalar = (await openHdf5(asynchronous(bytes))).get("/scalar");
    if (scalar?.kind !== "dataset") throw new Error("no dataset");
    expect(scalar.readSync).toBeUndefined();
    expect((await scalar.read()).data).toEqual(new Float32Array([1.5]));
  });

  it("finds only what is asked for", async () => {
    const file = await openHdf5(inMemory(readFileSync(new URL("plain-earliest.h5", folder))), {
      within: "layers/dense/vars/3",
    });
    expect([...file.root.children.keys()]).toEqual(["layers"]);
    expect(file.get("layers/dense/vars/3")?.kind).toBe("dataset");
    expect(file.get("layers/dense/vars/4")).toBeUndefined();
  });
});

function findChunk(bytes: Uint8Array, content: readonly number[]): { offset: number } {
  const offset = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(Buffer.from(content));
  expect(offset).toBeGreaterThan(0);
  return { offset };
}
