import { FileError } from "../errors.ts";

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
  const packed = new ReadableStream<BufferSource>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value as Uint8Array<ArrayBuffer>); // sources give plain memory, not shared one
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
