import { type BigIntStats, closeSync, fstatSync, openSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { FileError } from "../../errors.ts";
import { gate } from "../gate.ts";
import { describeFolder } from "./folder.ts";
import { asFileError, codeOf } from "./system-error.ts";

/** How many files have a descriptor at once, besides those that are read just now or whose path leads to another one. */
const mostOpen = 64;

/** All that somebody reads, by what tells a file from others and from what it was before. */
const known = new Map<string, DiskFile>();
/** Those that have a descriptor and can do without, the one that was used last behind. */
const open = new Set<DiskFile>();
/** Reads that take their time: more at once would not be faster, and each needs a descriptor. */
const inTurn = gate(32);

/**
 * A file on disk, for all who read it: it has one descriptor at most, which is closed when many others were used since,
 * and opened again when needed. It must be the same file then.
 */
export class DiskFile {
  readonly size: number;
  /** All paths that it was opened by: hard links of one file. */
  readonly #paths = new Set<string>();
  readonly #status: BigIntStats;
  #descriptor: number | null;
  #isKept = false;
  #users = 0;
  /** Reads that wait for their turn or are under way; they outlast who closes the file. */
  #reads = 0;
  /** Reads that are under way. */
  #calls = 0;

  private constructor(descriptor: number, status: BigIntStats) {
    this.#descriptor = descriptor;
    this.#status = status;
    this.size = Number(status.size);
  }

  /** Opens a regular file, or joins those who have it open. */
  static open(path: string): DiskFile {
    const descriptor = openFile(path);
    const status = fstatSync(descriptor, { bigint: true });
    const key = keyOf(status);
    const file = known.get(key) ?? new DiskFile(descriptor, status);
    known.set(key, file);
    file.#paths.add(resolve(path));
    if (file.#descriptor !== descriptor) {
      if (file.#descriptor !== null) closeSync(descriptor);
      else file.#descriptor = descriptor;
    }
    file.#users++;
    file.#use();
    return file;
  }

  /** Says that one who opened it has done with it. */
  close(): void {
    this.#users--;
    this.#closeUnused();
  }

  /** A descriptor to read with at once. `name` is what errors call the file. */
  descriptor(name: string): number {
    this.#descriptor ??= this.#again(name);
    this.#use();
    return this.#descriptor;
  }

  /** Lends a descriptor to a read that takes its time. */
  async lend<T>(name: string, read: (descriptor: number) => Promise<T>): Promise<T> {
    this.#reads++;
    try {
      return await inTurn(async () => {
        const descriptor = this.descriptor(name);
        this.#calls++;
        try {
          return await read(descriptor);
        } finally {
          this.#calls--;
        }
      });
    } finally {
      this.#reads--;
      this.#closeUnused();
    }
  }

  /** Keeps a file within reach whose path is going to lead to another one. */
  static keep(path: string): void {
    const status = statSync(path, { bigint: true, throwIfNoEntry: false });
    for (const file of known.values()) {
      if (file.#status.dev === status?.dev && file.#status.ino === status.ino) file.#keep();
    }
  }

  #keep(): void {
    try {
      this.#descriptor ??= this.#again();
    } catch (error) {
      // What was opened is gone already, where the system has a descriptor for it.
      if (error instanceof FileError && codeOf(error.cause) !== "EMFILE") return;
      throw error;
    }
    this.#isKept = true;
    open.delete(this);
  }

  /** Opens it by any of its paths that still leads to it. `name` is what errors call the file. */
  #again(name?: string): number {
    let failure: unknown;
    for (const path of this.#paths) {
      try {
        return this.#openAt(path, name);
      } catch (error) {
        failure ??= error;
      }
    }
    throw failure;
  }

  #openAt(path: string, name = path): number {
    const descriptor = openFile(path, name);
    if (keyOf(fstatSync(descriptor, { bigint: true })) === keyOf(this.#status)) return descriptor;
    closeSync(descriptor);
    throw new FileError(name, "expected the file that was opened, received another. Load it again.");
  }

  /** Says that it is used, and closes those that were not for the longest time, where there are too many. */
  #use(): void {
    if (this.#isKept) return;
    open.delete(this);
    open.add(this);
    for (const file of open) {
      if (open.size <= mostOpen) break;
      if (file !== this && file.#calls === 0) file.#rest();
    }
  }

  /** Frees what descriptors can be done without. */
  static restAll(): void {
    for (const file of open) if (file.#calls === 0) file.#rest();
  }

  #closeUnused(): void {
    if (this.#users > 0 || this.#reads > 0) return;
    this.#rest();
    known.delete(keyOf(this.#status));
  }

  #rest(): void {
    open.delete(this);
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

function keyOf({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return `${dev} ${ino} ${size} ${mtimeNs}`;
}

/** A descriptor of a regular file. */
function openFile(path: string, name = path): number {
  try {
    // Asked before opening, since opening a pipe waits for a writer.
    const status = statSync(path);
    if (!status.isFile()) {
      const received = status.isDirectory() ? describeFolder(path) : "a device.";
      throw new FileError(name, `expected a file, received ${received}`);
    }
    try {
      return openSync(path, "r");
    } catch (error) {
      if (codeOf(error) !== "EMFILE") throw error;
      DiskFile.restAll();
      return openSync(path, "r");
    }
  } catch (error) {
    throw asFileError(name, "cannot be read", error);
  }
}
