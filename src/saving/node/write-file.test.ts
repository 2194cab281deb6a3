import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FileError } from "../../errors.ts";
import { eachInFolder } from "./folder.fixture.ts";
import { temporaryBeside } from "./left-overs.ts";
import { asFileError } from "./system-error.ts";
import { writeFileAtomic } from "./write-file.ts";

const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
let folder: string;
eachInFolder((each) => {
  folder = each;
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

  it.skipIf(process.getuid?.() !== 0)("keeps the old file's owner and group where it may", async () => {
    const path = join(folder, "f");
    writeFileSync(path, "old");
    chownSync(path, 1234, 2345);
    chmodSync(path, 0o640);
    await writeFileAtomic(path, bytes);
    const { uid, gid, mode } = statSync(path);
    expect([uid, gid, mode & 0o7777]).toEqual([1234, 2345, 0o640]);
  });

  it("writes a file that another program removes meanwhile", async () => {
    const path = join(folder, "f");
    writeFileSync(path, "old");
    await writeFileAtomic(
      path,
      (function* () {
        rmSync(path);
        yield bytes;
      })(),
    );
    expect(readFileSync(path).length).toBe(100);
  });

  it("leaves another name of the same file as it is", async () => {
    writeFileSync(join(folder, "f"), "old");
    linkSync(join(folder, "f"), join(folder, "other"));
    await writeFileAtomic(join(folder, "f"), bytes);
    expect(readFileSync(join(folder, "other"), "utf8")).toBe("old");
    expect(readFileSync(join(folder, "f")).length).toBe(100);
  });

  it("of many who write at once, one's file is there, whole", async () => {
    const path = join(folder, "f");
    const slowly = async function* (i: number) {
      for (let part = 0; part < 20; part++) {
        yield new Uint8Array(1000).fill(i);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, i) => writeFileAtomic(path, slowly(i))));
    const [first, ...others] = new Set(readFileSync(path));
    expect([first! < 8, others, readFileSync(path).length]).toEqual([true, [], 20_000]);
    expect(readdirSync(folder)).toEqual(["f"]);
  });

  it("removes what a killed process left in the folder", async () => {
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    const path = join(folder, "f");
    const left = temporaryBeside(path).replace(/-\d+-(?=\d+-\w+\.tmp$)/, `-${dead}-`);
    for (const each of [left, temporaryBeside(path)]) writeFileSync(each, "half");
    await writeFileAtomic(join(folder, "g"), bytes);
    expect(existsSync(left)).toBe(!existsSync("/proc/self/ns/pid"));
    expect(readdirSync(folder).filter((name) => name.startsWith(".f."))).toHaveLength(
      existsSync(left) ? 2 : 1,
    );
  });

  it.each<[code: string, message: string]>([
    ["ENOSPC", "no space left. Make room, or write to another disk."],
    ["EFBIG", "larger than a file may be. Raise the limit (ulimit -f), or write to another disk."],
    ["EACCES", "permission denied. A new file is made beside the old one: its folder has to be writable."],
    ["EROFS", "a read-only file system. Write to another folder."],
    [
      "EBUSY",
      "it is in use or mounted by itself, and cannot be replaced. Mount its folder instead, or write to another path.",
    ],
    ["ENAMETOOLONG", "as the system says it."],
  ])("says the way forward: %s", (code, message) => {
    const error = Object.assign(new Error("as the system says it"), { code, syscall: "write" });
    expect(asFileError("m.keras", "cannot be written", error)).toEqual(
      new FileError("m.keras", `cannot be written: ${message}`),
    );
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
    expect((error as Error).message).toBe(
      `${path}: cannot be written: no such file or directory. Make its folder first.`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
