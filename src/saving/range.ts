import { FileError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";

/** Refuses a range that is not wholly inside a source of `size` bytes. */
export function checkRange(name: string, size: number, offset: number, length: number): void {
  const valid = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (!valid || offset + length > size) {
    throw new FileError(
      name,
      `expected ${inspect(length)} bytes at offset ${inspect(offset)}, received a source of ${size} bytes.`,
    );
  }
}

/** An array of `length` zeros; a FileError where the machine has no room for it. */
export function allocate(name: string, length: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(length);
  } catch (cause) {
    throw new FileError(name, `expected memory for ${length} bytes, received none.`, { cause });
  }
}
