import { FileError } from "../../errors.ts";
import type { ByteSource } from "../byte-source.ts";

/** A source for tests; it notes what was read of it. */
export function inMemory(bytes: Uint8Array): ByteSource & { readonly reads: [number, number][] } {
  const reads: [number, number][] = [];
  const readSync = (offset: number, length: number) => {
    if (offset < 0 || offset + length > bytes.length)
      throw new FileError("source", "expected bytes, received the end.");
    reads.push([offset, length]);
    return bytes.subarray(offset, offset + length);
  };
  return { size: bytes.length, readSync, read: async (offset, length) => readSync(offset, length), reads };
}

/** The same without reading at once. */
export function asynchronous(bytes: Uint8Array): ByteSource {
  const { size, read } = inMemory(bytes);
  return { size, read };
}
