import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FileError } from "../../errors.ts";
import { fileSource, writeFileAtomic } from "./file.ts";

const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
let root: string;
let folder: string;
let count = 0;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "ceratops-"));
});
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => {
  folder = join(root, String(count++));
  mkdirSync(folder);
});

describe("fileSource", () => {
  it("reads any range inside the file, and no other, at once and later", async () => {
    const path = join(folder, "f");
    writeFileSync(path, bytes);
    const source = fileSource(path);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -2, max: 103 }),
        fc.integer({ min: -2, max: 103 }),
        async (offset, length) => {
          if (offset >= 0 && length >= 0 && offset + length <= 100) {
            const expected = Array.from(bytes.subarray(offset, offset + length));
            expect(Array.from(source.readSync(offset, length))).toEqual(expected);
            expect(Array.from(await source.read(offset, length))).toEqual(expected);
            const target = new Uint8Array(length);
            await source.readInto?.(offset, target);
            expect(Array.from(target)).toEqual(expected);
          } else {
            expect(() => source.readSync(offset, length)).toThrow(FileError);
            await expect(source.read(offset, length)).rejects.toBeInstanceOf(FileError);
          }
        },
      ),
    );
    source.close();
  });

  it("gives its own bytes to reads that are under way when it is closed, not those of a file opened since", async () => {
    const [path, other] = [join(folder, "f"), join(folder, "g")];
    const length = 2 ** 20;
    writeFileSync(path, new Uint8Array(length).fill(1));
    writeFileSync(other, new Uint8Array(length).fill(2));
    const source = fileSource(path);
    // More than the threads that read, so that most wait for their turn.
    const reads = Array.from({ length: 32 }, () => source.read(0, length));
    source.close();
    const since = Array.from({ length: 4 }, () => fileSource(other));
    for (const bytes of await Promise.all(reads)) expect(bytes.every((byte) => byte === 1)).toBe(true);
    await expect(source.read(0, 1)).rejects.toThrow("expected an open file, received a closed one.");
    for (const each of since) each.close();
  });

  it("knows the size of a file of over 4 GiB and reads its end", async () => {
    const path = join(folder, "sparse");
    writeFileSync(path, "");
    truncateSync(path, 2 ** 32 + 10);
    const source = fileSource(path);
    expect(source.size).toBe(2 ** 32 + 10);
    expect(Array.from(await source.read(2 ** 32 + 8, 2))).toEqual([0, 0]);
    expect(() => source.readSync(2 ** 32 + 8, 3)).toThrow(
      `${path}: expected 3 bytes at offset 4294967304, received a source of 4294967306 bytes.`,
    );
    source.close();
    rmSync(path);
  });

  it("says so where the file has become shorter", async () => {
    const path = join(folder, "f");
    writeFileSync(path, bytes);
    const source = fileSource(path);
    truncateSync(path, 50);
    const message = `${path}: expected 10 bytes at offset 50, received the end of the file.`;
    expect(() => source.readSync(40, 20)).toThrow(message);
    await expect(source.read(40, 20)).rejects.toThrow(message);
    source.close();
  });

  it("reads nothing once closed", async () => {
    const path = join(folder, "f");
    writeFileSync(path, bytes);
    const source = fileSource(path);
    source.close();
    source.close();
    expect(() => source.readSync(0, 1)).toThrow(`${path}: expected an open file, received a closed one.`);
    await expect(source.read(0, 1)).rejects.toThrow(`${path}: expected an open file, received a closed one.`);
  });

  it("refuses what is no file", () => {
    const path = join(folder, "none");
    expect(() => fileSource(path)).toThrow(`${path}: cannot be read: no such file or directory.`);
    expect(() => fileSource(folder)).toThrow(`${folder}: expected a file, received a folder.`);
  });
});

describe("writeFileAtomic", () => {
  async function* failing() {
    yield bytes;
    throw new RangeError("half way");
  }

  it.each([
    ["bytes", () => bytes],
    ["chunks", () => [bytes.subarray(0, 30), bytes.subarray(30, 30), bytes.subarray(30)]],
    [
      "later chunks",
      async function* () {
        yield bytes.subarray(0, 1);
        yield bytes.subarray(1);
      },
    ],
  ])("writes %s, and nothing beside", async (_, data) => {
    const path = join(folder, "new");
    await writeFileAtomic(path, data());
    expect(Array.from(readFileSync(path))).toEqual(Array.from(bytes));
    await writeFileAtomic(path, data());
    expect(Array.from(readFileSync(path))).toEqual(Array.from(bytes));
    expect(readdirSync(folder)).toEqual(["new"]);
  });

  it("leaves the old file, and no other, where making the data fails", async () => {
    const path = join(folder, "f");
    writeFileSync(path, "old");
    await expect(writeFileAtomic(path, failing())).rejects.toThrow(RangeError);
    expect(readFileSync(path, "utf8")).toBe("old");
    await expect(writeFileAtomic(join(folder, "g"), failing())).rejects.toThrow("half way");
    expect(readdirSync(folder)).toEqual(["f"]);
  });

  it("shows the old file until the new one is whole", async () => {
    const path = join(folder, "f");
    writeFileSync(path, "old");
    await writeFileAtomic(
      path,
      (async function* () {
        yield bytes;
        expect(readFileSync(path, "utf8")).toBe("old");
      })(),
    );
    expect(readFileSync(path).length).toBe(100);
  });

  it.skipIf(process.platform === "win32")("keeps the old file's permissions", async () => {
    const path = join(folder, "f");
    writeFileSync(path, "old");
    for (const mode of [0o600, 0o666, 0o755]) {
      chmodSync(path, mode);
      await writeFileAtomic(path, bytes);
      expect(statSync(path).mode & 0o7777).toBe(mode);
    }
  });

  it.skipIf(process.platform === "win32")("replaces what a link points to, be it there or not", async () => {
    mkdirSync(join(folder, "deep"));
    writeFileSync(join(folder, "deep", "file"), "old");
    symlinkSync(join("deep", "file"), join(folder, "first"));
    symlinkSync("first", join(folder, "second"));
    symlinkSync(join("deep", "new"), join(folder, "dangling"));
    await writeFileAtomic(join(folder, "second"), bytes);
    await writeFileAtomic(join(folder, "dangling"), bytes);
    expect(readdirSync(join(folder, "deep")).sort()).toEqual(["file", "new"]);
    expect(readFileSync(join(folder, "deep", "file")).length).toBe(100);
    expect(readdirSync(folder).sort()).toEqual(["dangling", "deep", "first", "second"]);
    symlinkSync("b", join(folder, "a"));
    symlinkSync("a", join(folder, "b"));
    await expect(writeFileAtomic(join(folder, "a"), bytes)).rejects.toThrow(
      "received links that lead to each other.",
    );
  });

  it("refuses a directory and a missing one", async () => {
    await expect(writeFileAtomic(folder, bytes)).rejects.toThrow(
      `${folder}: expected a file, received a directory or device.`,
    );
    const path = join(folder, "none", "f");
    const error = await writeFileAtomic(path, bytes).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FileError);
    expect((error as Error).message).toBe(`${path}: cannot be written: no such file or directory.`);
    expect(readdirSync(folder)).toEqual([]);
  });
});
