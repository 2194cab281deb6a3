import { FileError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { PlatformBlob } from "../platform.ts";
import type { ByteSource } from "./byte-source.ts";
import { checkRange } from "./range.ts";

/** A Blob, of which only what is asked for is read. */
export function blobSource(blob: PlatformBlob): ByteSource {
  if (!(blob instanceof Blob)) {
    throw new FileError("blobSource", `expected a Blob, received ${inspect(blob)}.`);
  }
  return {
    size: blob.size,
    async read(offset, length) {
      checkRange("Blob", blob.size, offset, length);
      let buffer: ArrayBuffer;
      try {
        buffer = await blob.slice(offset, offset + length).arrayBuffer();
      } catch (cause) {
        throw new FileError("Blob", `expected ${length} bytes at offset ${offset}, received an error.`, {
          cause,
        });
      }
      checkRange("Blob", buffer.byteLength, 0, length);
      return new Uint8Array(buffer);
    },
  };
}
