import { FileError } from "../errors.ts";
import { aCount, checkOption, checkOptions } from "../json/check-options.ts";
import type { PlatformFetch, PlatformSignal, PlatformUrl } from "../platform.ts";
import { blockCache, blockSize } from "./block-cache.ts";
import type { ByteSource } from "./byte-source.ts";
import {
  contentRange,
  discard,
  type Requester,
  readBody,
  requester,
  unexpectedStatus,
} from "./http-request.ts";
import { checkRange } from "./range.ts";

export interface HttpSourceOptions {
  /** Used instead of the global `fetch`. */
  readonly fetch?: PlatformFetch;
  /** Sent with every request, such as `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The largest file taken from a server that cannot send ranges, in bytes; 1 GiB unless given. */
  readonly wholeLimit?: number;
  /** Ends the opening of the file: the first request, in which all of the file may come. */
  readonly signal?: PlatformSignal;
}

/**
 * A file on a web server, read by range requests in blocks of 64 KiB, the last 4 MiB of which are kept.
 *
 * From a server that ignores ranges the whole file is taken at once, up to `wholeLimit`. A file that changes
 * between two requests is an error.
 */
export async function httpSource(
  url: PlatformUrl | string,
  options: HttpSourceOptions = {},
): Promise<ByteSource> {
  checkOptions("httpSource", options, { fetch: true, headers: true, wholeLimit: true, signal: true });
  checkOption("httpSource", options, "wholeLimit", aCount);
  const request = requester(url, options);
  const response = await request.get(0, blockSize, options.signal);
  if (response.status === 200) return wholeFile(request.name, response, options.wholeLimit ?? 2 ** 30);
  if (response.status === 416) {
    await discard(response);
    // An empty file has no first bytes to send.
    if (contentRange(response)?.size === 0) return rangedFile(request, 0, null, new Uint8Array());
    throw new FileError(request.name, "expected the first bytes of the file, received status 416.");
  }
  if (response.status !== 206) throw await unexpectedStatus(request.name, response);
  const first = await readBody(request.name, response, blockSize);
  return rangedFile(request, await totalSize(request, response, first), response.headers.get("ETag"), first);
}

async function wholeFile(name: string, response: Response, limit: number): Promise<ByteSource> {
  const tooLong = `expected a server that answers range requests, received the whole file of more than ${limit} bytes`;
  const bytes = await readBody(name, response, limit, tooLong);
  const readSync = (offset: number, length: number) => {
    checkRange(name, bytes.length, offset, length);
    return bytes.subarray(offset, offset + length);
  };
  return { size: bytes.length, readSync, read: async (offset, length) => readSync(offset, length) };
}

function rangedFile(request: Requester, size: number, etag: string | null, first: Uint8Array): ByteSource {
  const { name } = request;
  const cached = blockCache(size, first, async (offset, length) => {
    const response = await request.get(offset, length);
    if (response.status !== 206 && response.status !== 200) throw await unexpectedStatus(name, response);
    const range = contentRange(response);
    const otherRange = range !== undefined && (range.start !== offset || range.size !== size);
    if (response.status === 200 || response.headers.get("ETag") !== etag || otherRange) {
      await discard(response);
      throw new FileError(name, "expected the file as first seen, received another. Read it again.");
    }
    const bytes = await readBody(name, response, length);
    if (bytes.length !== length) {
      throw new FileError(
        name,
        `expected ${length} bytes at offset ${offset}, received ${bytes.length} bytes.`,
      );
    }
    return bytes;
  });
  return {
    size,
    async read(offset, length) {
      checkRange(name, size, offset, length);
      return cached(offset, length);
    },
  };
}

/** The size of the file of which `first` came; asked for where the answer does not say it. */
async function totalSize(request: Requester, response: Response, first: Uint8Array): Promise<number> {
  const range = contentRange(response);
  const whole = first.length < blockSize ? first.length : undefined;
  const size = (range ? range.size : whole) ?? (await askedSize(request));
  if (size === undefined || !Number.isSafeInteger(size)) {
    throw new FileError(request.name, "expected the size of the file, received an answer without it.");
  }
  const start = range?.start ?? 0;
  const expected = Math.min(size, blockSize);
  if (start !== 0 || first.length !== expected) {
    throw new FileError(
      request.name,
      `expected ${expected} bytes at offset 0, received ${first.length} bytes at offset ${start}.`,
    );
  }
  return size;
}

async function askedSize(request: Requester): Promise<number | undefined> {
  const response = await request.head();
  const length = response.headers.get("Content-Length");
  return response.ok && length !== null && /^\d+$/.test(length) ? Number(length) : undefined;
}
