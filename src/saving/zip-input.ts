import { FileError } from "../errors.ts";
import type { ByteSource } from "./byte-source.ts";

/** What a directory may measure: many times what the largest model needs. */
const directoryLimit = 16 * 2 ** 20;

/** The source in the form the zip library reads. */
export function zipInput(source: ByteSource, name: string) {
  const readUint8Array = async (offset: number, length: number) => {
    const start = Math.min(offset, source.size);
    const count = Math.min(length, source.size - start);
    if (count > directoryLimit) {
      throw new FileError(
        name,
        `expected a directory of at most ${directoryLimit} bytes, received ${count} bytes.`,
      );
    }
    return source.read(start, count);
  };
  const createReadable = (part: { offset?: number; size?: number } = {}) => {
    const { offset = 0 } = part;
    const { size = source.size - offset } = part;
    let done = 0;
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        const count = Math.min(size - done, 2 ** 18);
        if (count > 0) controller.enqueue(await source.read(offset + done, count));
        done += count;
        if (done >= size) controller.close();
      },
    });
  };
  return {
    size: source.size,
    readUint8Array,
    createReadable,
    get readable() {
      return createReadable();
    },
  };
}

/** The zip library's errors as FileErrors; ours, passing through it, as they are. */
export async function guarded<T>(at: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    const reason =
      cause instanceof Error && "reason" in cause ? `${message} (${String(cause.reason)})` : message;
    throw new FileError(at, `expected a whole zip archive, received a broken one: ${reason}.`, { cause });
  }
}
