import { FileError } from "../errors.ts";

/** What is handed to the platform at once, some of which inflate all of it before anybody can look. */
const atOnce = 2 ** 16;

/**
 * Inflates raw deflated bytes piece by piece, by what the platform has, and stops as soon as there are more than `size`.
 * `at` is what errors begin with; those of `chunks` come through as they are.
 */
export async function* inflated(
  at: string,
  chunks: AsyncIterator<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let failure: { readonly error: unknown } | undefined;
  let rest: Uint8Array = new Uint8Array();
  const packed = new ReadableStream<BufferSource>({
    async pull(controller) {
      try {
        if (rest.length === 0) {
          const { done, value } = await chunks.next();
          if (done) return controller.close();
          rest = value;
        }
        controller.enqueue(rest.subarray(0, atOnce) as Uint8Array<ArrayBuffer>); // sources give plain memory, not shared one
        rest = rest.subarray(atOnce);
      } catch (error) {
        failure = { error };
        throw error;
      }
    },
  });
  const reader = packed.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let done = 0;
  try {
    for (;;) {
      const { done: ended, value } = await reader.read().catch((cause: unknown) => {
        if (failure) throw failure.error;
        throw new FileError(at, "expected deflated bytes, received bytes that do not inflate.", { cause });
      });
      if (ended) break;
      done += value.length;
      if (done > size) throw new FileError(at, `expected ${size} bytes once inflated, received more.`);
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (done !== size) throw new FileError(at, `expected ${size} bytes once inflated, received ${done}.`);
}
