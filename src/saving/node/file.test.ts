import {
  appendFileSync,
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileError } from "../../errors.ts";
import { fileSource } from "./file.ts";
import { eachInFolder } from "./folder.fixture.ts";
import { writeFileAtomic } from "./write-file.ts";

const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
/** More than what is read whole. */
const large = 2 ** 16 + 1;
let folder: string;
eachInFolder((each) => {
  folder = each;
});

describe("fileSource", () => {
  it.each([
    ["small", 0],
    ["large", large],
  ])("reads any range inside a %s file, and no other, at once and later", async (_, before) => {
    const path = join(folder, "f");
    writeFileSync(path, new Uint8Array([...new Uint8Array(before), ...bytes]));
    const source = fileSource(path);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -2, max: 103 }),
        fc.integer({ min: -2, max: 103 }),
        async (place, length) => {
          const offset = place + before;
          if (offset >= 0 && length >= 0 && place + length <= 100) {
            const expected = new Array(length).fill(0).map((_, i) => bytes[place + i] ?? 0);
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
    writeFileSync(path, new Uint8Array(large));
    const source = fileSource(path);
    truncateSync(path, 50);
    const message = `${path}: expected 10 bytes at offset 50, received the end of the file.`;
    expect(() => source.readSync(40, 20)).toThrow(message);
    await expect(source.read(40, 20)).rejects.toThrow(message);
    source.close();
  });

  it.each([
    ["small", 100],
    ["large", large],
  ])("reads nothing of a %s file once closed", async (_, size) => {
    const path = join(folder, "f");
    writeFileSync(path, new Uint8Array(size));
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

const noDescriptors = !existsSync("/proc/self/fd");

describe("many files", () => {
  const descriptors = () => readdirSync("/proc/self/fd").length;
  /** Large files, each of its own bytes. */
  const write = (many: number, size = large) =>
    Array.from({ length: many }, (_, i) => {
      const path = join(folder, `f${i}`);
      writeFileSync(path, new Uint8Array(size).fill(i));
      return path;
    });

  it.skipIf(noDescriptors)("share a few descriptors, and small ones need none", async () => {
    const before = descriptors();
    const small = write(200, large - 1).map(fileSource);
    expect(descriptors()).toBe(before);
    for (const each of small) each.close();
    const sources = write(200).map(fileSource);
    expect(descriptors() - before).toBe(64);
    const all = await Promise.all([...sources, ...sources].map((source) => source.read(1000, 3)));
    expect(all.map(([first]) => first)).toEqual([...sources, ...sources].map((_, i) => i % 200));
    for (const [i, source] of sources.entries()) expect(source.readSync(0, 1)).toEqual(Uint8Array.of(i));
    expect(descriptors() - before).toBe(64);
    for (const source of sources) source.close();
    expect(descriptors()).toBe(before);
  });

  it.skipIf(noDescriptors)("are one where they are the same, until the last is closed", () => {
    const [path = ""] = write(1);
    const before = descriptors();
    const sources = Array.from({ length: 100 }, () => fileSource(path));
    expect(descriptors() - before).toBe(1);
    for (const [i, source] of sources.entries()) {
      expect(source.readSync(0, 1)).toEqual(Uint8Array.of(0));
      source.close();
      expect(descriptors() - before).toBe(i < 99 ? 1 : 0);
    }
  });

  it.each<[what: string, change: (path: string) => void, message: string]>([
    [
      "written into",
      (path) => appendFileSync(path, "x"),
      "expected the file that was opened, received another. Load it again.",
    ],
    [
      "replaced by others",
      (path) => {
        writeFileSync(`${path}.new`, new Uint8Array(large));
        renameSync(`${path}.new`, path);
      },
      "expected the file that was opened, received another. Load it again.",
    ],
    ["removed", (path) => rmSync(path), "cannot be read: no such file or directory."],
  ])("notice that one was %s while it had no descriptor", async (_, change, message) => {
    const sources = write(100).map(fileSource);
    const path = join(folder, "f0");
    change(path);
    expect(() => sources[0]!.readSync(0, 1)).toThrow(`${path}: ${message}`);
    await expect(sources[0]!.read(0, 1)).rejects.toThrow(`${path}: ${message}`);
    expect(sources[1]!.readSync(0, 1)).toEqual(Uint8Array.of(1));
    for (const source of sources) source.close();
  });

  it("are found by any of their names, as long as one leads to them", () => {
    const sources = write(100).map(fileSource);
    const paths = ["f0", "second", "third"].map((name) => join(folder, name));
    for (const path of paths.slice(1)) linkSync(paths[0]!, path);
    const linked = paths.slice(1).map(fileSource);
    const readAll = () => [sources[0]!, ...linked].map((source) => source.readSync(0, 1)[0]);
    for (const path of paths.slice(0, 2)) {
      rmSync(path);
      for (const other of sources.slice(1)) other.readSync(0, 1);
      expect(readAll()).toEqual([0, 0, 0]);
    }
    rmSync(paths[2]!);
    for (const other of sources.slice(1)) other.readSync(0, 1);
    expect(readAll).toThrow(`${paths[0]}: cannot be read: no such file or directory.`);
    for (const source of [...sources, ...linked]) source.close();
  });

  it("lose nothing where this program replaces them", async () => {
    const paths = write(100);
    const sources = paths.map(fileSource);
    for (const path of paths) await writeFileAtomic(path, bytes);
    for (const [i, source] of sources.entries()) {
      expect(source.readSync(0, 1)).toEqual(Uint8Array.of(i));
      source.close();
    }
    for (const path of paths) expect(new Uint8Array(readFileSync(path))).toEqual(bytes);
  });
});
