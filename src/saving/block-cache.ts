/** What is read and kept at once. */
export const blockSize = 64 * 1024;
/** How many blocks are kept: 4 MiB. */
const keptBlocks = 64;
/** A read of more than this goes past the cache, in one request for just its bytes. */
const largestCached = 4 * blockSize;

type Read = (offset: number, length: number, signal?: AbortSignal) => Promise<Uint8Array>;

interface Block {
  readonly bytes: Promise<Uint8Array>;
  /** What ends the request for it; undefined where nothing does, or where it is here. */
  signal: AbortSignal | undefined;
}

/**
 * Reads ranges of a file of `size` bytes by whole blocks, the latest used of which are kept. `first` is its
 * first block; neighbouring blocks are asked for together, and none twice at the same time, but where the signal of
 * another reader could end the request.
 */
export function blockCache(size: number, first: Uint8Array, fetchRange: Read): Read {
  const blocks = new Map<number, Block>([[0, { bytes: Promise.resolve(first), signal: undefined }]]);

  function isThere(index: number, signal: AbortSignal | undefined): boolean {
    const block = blocks.get(index);
    return block !== undefined && (block.signal === undefined || block.signal === signal);
  }

  function fetchBlocks(start: number, end: number, signal: AbortSignal | undefined): void {
    const offset = start * blockSize;
    const span = fetchRange(offset, Math.min(end * blockSize, size) - offset, signal);
    for (let index = start; index < end; index++) {
      const from = (index - start) * blockSize;
      const block: Block = { bytes: span.then((bytes) => bytes.slice(from, from + blockSize)), signal };
      block.bytes.then(
        () => {
          block.signal = undefined;
        },
        () => {
          if (blocks.get(index) === block) blocks.delete(index);
        },
      );
      blocks.set(index, block);
    }
  }

  /** Marks a block as the latest used. */
  function use(index: number): Promise<Uint8Array> {
    const block = blocks.get(index)!;
    blocks.delete(index);
    blocks.set(index, block);
    return block.bytes;
  }

  return async (offset, length, signal) => {
    if (length === 0) return new Uint8Array();
    if (length > largestCached) return fetchRange(offset, length, signal);
    const start = Math.floor(offset / blockSize);
    const end = Math.ceil((offset + length) / blockSize);
    for (let index = start; index < end; index++) {
      if (isThere(index, signal)) continue;
      let stop = index + 1;
      while (stop < end && !isThere(stop, signal)) stop++;
      fetchBlocks(index, stop, signal);
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
