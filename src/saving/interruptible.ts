import { unlessAborted } from "../progress.ts";
import type { ByteSource } from "./byte-source.ts";

/** A source whose reads a signal ends while `work` runs; what reads from it later is not ended any more. */
export async function interruptible<T>(
  source: ByteSource,
  signal: AbortSignal | null | undefined,
  work: (source: ByteSource) => Promise<T>,
): Promise<T> {
  if (!signal) return work(source);
  let current: AbortSignal | null = signal;
  const wrap = (inner: ByteSource): ByteSource => {
    const { readSync, siblings } = inner;
    return {
      size: inner.size,
      read: (offset, length) => unlessAborted(inner.read(offset, length, current ?? undefined), current),
      ...(readSync && {
        readSync: (offset: number, length: number) => readSync.call(inner, offset, length),
      }),
      ...(siblings && {
        siblings: {
          ...siblings,
          open: async (name: string) => wrap(await unlessAborted(siblings.open(name), current)),
        },
      }),
    };
  };
  try {
    return await work(wrap(source));
  } finally {
    current = null;
  }
}
