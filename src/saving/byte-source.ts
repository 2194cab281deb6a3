import type { PlatformSignal } from "../platform.ts";

/** Bytes that can be read by ranges: memory, a disk file, a Blob, an HTTP resource. */
export interface ByteSource {
  readonly size: number;
  /**
   * Exactly `length` bytes from `offset`; a FileError where the source ends before. A source that takes long may let a
   * signal end it.
   */
  read(offset: number, length: number, signal?: PlatformSignal): Promise<Uint8Array>;
  /** The same at once, where the source can. */
  readonly readSync?: (offset: number, length: number) => Uint8Array;
  /** Fills `target` from `offset`, where the source can: going through a file then takes no memory for each piece. */
  readonly readInto?: (offset: number, target: Uint8Array) => Promise<void>;
  /** The files beside it, where there are any: a model's weights may be in files of their own. */
  readonly siblings?: Siblings;
}

/** The files beside one that is read: the shards of its weights, or what else lies in its folder. */
export interface Siblings {
  /** Opens one by its path from the folder on, such as `variables/variables.index`; a FileError where there is none. */
  open(name: string): Promise<ByteSource>;
  /** What the file itself is called in its folder, where that is known. */
  readonly name?: string | undefined;
}
