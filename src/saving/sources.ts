import { FileError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { PlatformBlob, PlatformSignal, PlatformUrl } from "../platform.ts";
import { unlessAborted } from "../progress.ts";
import { blobSource } from "./blob-source.ts";
import type { ByteSource } from "./byte-source.ts";
import { httpSource } from "./http-source.ts";
import { checkRange } from "./range.ts";

export { blobSource };

/**
 * What can be read as a file: bytes, a Blob (a browser's File is one), an address, or an own source; of what is in several
 * files, such as a model of TensorFlow.js, a list of them all (a browser's FileList is one).
 */
export type SourceInput =
  | Uint8Array
  | ArrayBuffer
  | PlatformBlob
  | PlatformUrl
  | ByteSource
  | Iterable<PlatformBlob>;

/** Bytes in memory. What is read are views of them, not copies. */
export function memorySource(bytes: Uint8Array | ArrayBuffer): ByteSource {
  const all = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes;
  if (!(all instanceof Uint8Array)) {
    throw new FileError("memorySource", `expected bytes, received ${inspect(all)}.`);
  }
  const readSync = (offset: number, length: number) => {
    checkRange("bytes", all.length, offset, length);
    return all.subarray(offset, offset + length);
  };
  return { size: all.length, readSync, read: async (offset, length) => readSync(offset, length) };
}

/** A part of a source as a source of its own; nothing is copied. */
export function sliceSource(source: ByteSource, offset: number, length: number): ByteSource {
  checkRange("slice", source.size, offset, length);
  const { readSync } = source;
  return {
    size: length,
    async read(start, count) {
      checkRange("slice", length, start, count);
      return source.read(offset + start, count);
    },
    ...(readSync && {
      readSync(start: number, count: number) {
        checkRange("slice", length, start, count);
        return readSync.call(source, offset + start, count);
      },
    }),
  };
}

/** The source that reads `input`; a signal ends the first request to a server. */
export async function toSource(input: SourceInput, signal?: PlatformSignal | null): Promise<ByteSource> {
  if (input instanceof Uint8Array || input instanceof ArrayBuffer) return memorySource(input);
  if (input instanceof Blob) return blobSource(input);
  if (input instanceof URL) return unlessAborted(httpSource(input, { ...(signal && { signal }) }), signal);
  if (isSource(input)) return input;
  if (typeof input === "object" && input !== null && Symbol.iterator in input)
    return (await import("./listed-source.ts")).listedSource(input);
  throw new FileError(
    "source",
    `expected bytes, a Blob, a URL or a ByteSource, received ${input === null ? "null" : typeof input}. ` +
      "Paths of files are taken by ceratops/node.",
  );
}

function isSource(input: ByteSource | Iterable<PlatformBlob>): input is ByteSource {
  const { size, read } = (input ?? {}) as Partial<ByteSource>;
  return typeof size === "number" && typeof read === "function";
}
