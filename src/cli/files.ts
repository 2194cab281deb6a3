import { realpath } from "node:fs/promises";
import { FileError } from "../errors.ts";
import type { ByteSource } from "../saving/byte-source.ts";
import { fileSource, writeFileAtomic } from "../saving/node/file.ts";
import { memorySource } from "../saving/sources.ts";
import { UsageError } from "./command.ts";
import type { Io } from "./io.ts";

/** The name that stands for standard input or output. */
export const standard = "-";

/** What messages call a file that is written. */
export function nameOf(path: string): string {
  return path === standard ? "standard output" : path;
}

/** A file, or standard input, open while `use` runs. `name` is what errors call it. */
export async function withInput<T>(
  path: string,
  io: Io,
  use: (source: ByteSource, name: string) => Promise<T>,
): Promise<T> {
  if (path === standard) return use(memorySource(await readAll(io.stdin)), "standard input");
  const source = fileSource(path);
  try {
    return await use(source, path);
  } finally {
    source.close();
  }
}

/** All bytes of a small file, or of standard input. */
export function readInput(path: string, io: Io): Promise<Uint8Array> {
  return withInput(path, io, async (source) => source.read(0, source.size));
}

/** Writes a file whole or not at all; `-` is standard output. */
export async function writeOutput(
  path: string,
  io: Io,
  data: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
  if (path !== standard) return writeFileAtomic(path, data);
  if (io.stdout.isTTY)
    throw new UsageError("expected standard output to be a file or a pipe, received a terminal.");
  for await (const chunk of data instanceof Uint8Array ? [data] : data) io.stdout.write(chunk);
}

/** Only one of several inputs can be standard input. */
export function checkOneStandard(...paths: readonly (string | undefined)[]): void {
  if (paths.filter((path) => path === standard).length > 1)
    throw new UsageError("expected - for one file at most, received it twice.");
}

/** Refuses to write over the file that is read. */
export async function checkNotSame(from: string, to: string, help: string): Promise<void> {
  if (from === standard || to === standard) return;
  const [a, b] = await Promise.all([from, to].map((path) => realpath(path).catch(() => null)));
  if (a !== null && a === b)
    throw new FileError(to, `expected another file than the one that is read. ${help}`);
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
