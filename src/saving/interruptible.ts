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
  const { readSync } = source;
  try {
    return await work({
      size: source.size,
      read: (offset, length) => unlessAborted(source.read(offset, length, current ?? undefined), current),
      ...(readSync && {
        readSync: (offset: number, length: number) => readSync.call(source, offset, length),
      }),
    });
  } finally {
    current = null;
  }
}
