/** What is read and kept at once. */
export const blockSize = 64 * 1024;
/** How many blocks are kept: 4 MiB. */
const keptBlocks = 64;
/** A read of more than this goes past the cache, in one request for just its bytes. */
const largestCached = 4 * blockSize;

type Read = (offset: number, length: number) => Promise<Uint8Array>;

/**
 * Reads ranges of a file of `size` bytes by whole blocks, the latest used of which are kept. `first` is its
 * first block; neighbouring blocks are asked for together, and none twice at the same time.
 */
export function blockCache(size: number, first: Uint8Array, fetchRange: Read): Read {
  const blocks = new Map<number, Promise<Uint8Array>>([[0, Promise.resolve(first)]]);

  function fetchBlocks(start: number, end: number): void {
    const offset = start * blockSize;
    const span = fetchRange(offset, Math.min(end * blockSize, size) - offset);
    for (let index = start; index < end; index++) {
      const from = (index - start) * blockSize;
      const block = span.then((bytes) => bytes.slice(from, from + blockSize));
      block.catch(() => blocks.delete(index));
      blocks.set(index, block);
    }
  }

  /** Marks a block as the latest used. */
  function use(index: number): Promise<Uint8Array> {
    const block = blocks.get(index)!;
    blocks.delete(index);
    blocks.set(index, block);
    return block;
  }

  return async (offset, length) => {
    if (length === 0) return new Uint8Array();
    if (length > largestCached) return fetchRange(offset, length);
    const start = Math.floor(offset / blockSize);
    const end = Math.ceil((offset + length) / blockSize);
    for (let index = start; index < end; index++) {
      if (blocks.has(index)) continue;
      let stop = index + 1;
      while (stop < end && !blocks.has(stop)) stop++;
      fetchBlocks(index, stop);
    }
    const needed: Promise<Uint8Array>[] = [];
    for (let index = start; index < end; index++) needed.push(use(index));
    for (const oldest of blocks.keys()) {
      if (blocks.size <= keptBlocks) break;
      blocks.delete(oldest);
    }
    const result = new Uint8Array(length);
    for (const [i, bytes] of (await Promise.all(needed)).entries()) {
      const at = (start + i) * blockSize - offset;
      result.set(bytes.subarray(Math.max(0, -at), length - at), Math.max(0, at));
    }
    return result;
  };
}
