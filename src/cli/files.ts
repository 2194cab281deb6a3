import { realpath } from "node:fs/promises";
import { FileError } from "../errors.ts";
import { quote } from "../json/quote.ts";
import { isWebAddress, nameOf as nameOfAddress, withoutSecrets } from "../saving/address.ts";
import type { ByteSource } from "../saving/byte-source.ts";
import { httpSource } from "../saving/http-source.ts";
import { mainFileAt } from "../saving/node/folder.ts";
import { folderSource } from "../saving/node/folder-source.ts";
import { writeFileAtomic } from "../saving/node/write-file.ts";
import { memorySource } from "../saving/sources.ts";
import { UsageError } from "./command.ts";
import type { Io } from "./io.ts";

/** The name that stands for standard input or output. */
export const standard = "-";

/** What messages call a file that is written. */
export function nameOf(path: string): string {
  return path === standard ? "standard output" : path;
}

/** What messages call a file that is read; of an address not what may be secret in it. */
export function nameOfInput(path: string): string {
  if (path === standard) return "standard input";
  return isWebAddress(path) ? nameOfAddress(path) : withoutSecrets(path);
}

/** A file, one on the web, or standard input, open while `use` runs. `name` is what errors call it. */
export async function withInput<T>(
  path: string,
  io: Io,
  use: (source: ByteSource, name: string) => Promise<T>,
): Promise<T> {
  const name = nameOfInput(path);
  if (path === standard) return use(memorySource(await readAll(io.stdin)), name);
  if (isWebAddress(path)) return use(watched(await openAddress(path, name), io, name), name);
  const { source, close } = folderSource(mainFileAt(path));
  try {
    return await use(watched(source, io, name), name);
  } finally {
    close();
  }
}

/** On a terminal, a source that says how much of it was read. */
function watched(source: ByteSource, io: Io, name: string): ByteSource {
  const { stderr, status } = io;
  if (!stderr.isTTY) return source;
  let read = 0;
  const note = (bytes: Uint8Array) => {
    read += bytes.length;
    status.say(() => `${name}: ${megabytes(read)} read`);
    return bytes;
  };
  const { readSync, readInto, siblings } = source;
  return {
    size: source.size,
    ...(siblings && {
      siblings: {
        ...siblings,
        open: async (other: string) => watched(await siblings.open(other), io, other),
      },
    }),
    read: async (offset, length) => note(await source.read(offset, length)),
    ...(readSync && {
      readSync: (offset: number, length: number) => note(readSync.call(source, offset, length)),
    }),
    ...(readInto && {
      readInto: async (offset: number, target: Uint8Array) => {
        await readInto.call(source, offset, target);
        note(target);
      },
    }),
  };
}

async function* noted(
  data: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  { status }: Io,
  name: string,
): AsyncGenerator<Uint8Array> {
  let written = 0;
  for await (const chunk of data instanceof Uint8Array ? [data] : data) {
    yield chunk;
    written += chunk.length;
    status.say(() => `${name}: ${megabytes(written)} written`);
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

async function openAddress(address: string, name: string): Promise<ByteSource> {
  if (!URL.canParse(address)) throw new UsageError(`expected an address, received ${quote(name)}.`);
  return httpSource(new URL(address));
}

/** Writes a file whole or not at all; `-` is standard output. `placeOf` is that of `writeFileAtomic`. */
export async function writeOutput(
  path: string,
  io: Io,
  data: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  placeOf?: () => string,
): Promise<void> {
  if (isWebAddress(path))
    throw new UsageError(`expected a file to write, received the address ${nameOfAddress(path)}.`);
  if (path !== standard)
    return writeFileAtomic(path, io.stderr.isTTY ? noted(data, io, path) : data, placeOf);
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
  if ([from, to].some((path) => path === standard || isWebAddress(path))) return;
  const [a, b] = await Promise.all([from, to].map((path) => realpath(path).catch(() => null)));
  if (a !== null && a === b)
    throw new FileError(to, `expected another file than the one that is read. ${help}`);
}

/** Refuses to write over a file that is there. */
export async function checkFree(path: string): Promise<void> {
  const isThere = await realpath(path).then(
    () => true,
    () => false,
  );
  if (isThere) throw new FileError(path, "expected no file of this name, received one. Move it away first.");
}

/** All bytes of a stream. */
export async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const { buffer, byteOffset, length } = Buffer.concat(chunks);
  return new Uint8Array(buffer, byteOffset, length);
}
