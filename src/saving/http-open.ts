import { FileError } from "../errors.ts";
import { aCallback, checkOption, checkOptions, type OptionKind } from "../json/check-options.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import { aCount } from "../json/option-kinds.ts";
import type { PlatformFetch, PlatformSignal, PlatformUrl } from "../platform.ts";
import { checkProgress } from "../progress.ts";
import { nameOf, parseAddress } from "./address.ts";
import { blockSize } from "./block-cache.ts";
import type { ByteSource } from "./byte-source.ts";
import { type Answer, discard, Pieces } from "./http-body.ts";
import type { Clock } from "./http-clock.ts";
import { Passing } from "./http-errors.ts";
import { contentRange, rangedFile, rangeOf } from "./http-ranges.ts";
import { NoSuchFile, type Requester, requester, unexpectedStatus } from "./http-request.ts";
import { checkRange } from "./range.ts";
import { mainNames } from "./siblings.ts";

export interface HttpSourceOptions {
  /** Used instead of the global `fetch`. */
  readonly fetch?: PlatformFetch;
  /** Sent with every request, such as `Authorization`; not to another host that a redirect leads to. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The largest file taken from a server that cannot send ranges, in bytes; 1 GiB unless given. */
  readonly wholeLimit?: number;
  /**
   * How often something is asked for, where an answer breaks off or has status 429, 502, 503 or 504; pauses between grow
   * from half a second to eight, or are as long as the server wants, up to half a minute. Defaults to 5.
   */
  readonly attempts?: number;
  /**
   * How long a server may let one request wait for an answer, in milliseconds, and then for as many bytes of it. Defaults
   * to 30,000.
   */
  readonly timeout?: number;
  /**
   * How long all requests may take together, in milliseconds; then no more are made. Defaults to `Infinity`.
   */
  readonly totalTimeout?: number;
  /**
   * Ends the opening of the file: the first request, in which all of the file may come. What is read later is ended by the
   * signal of what reads it, such as `loadModel`.
   */
  readonly signal?: PlatformSignal;
}

const textsByName: OptionKind = [
  "an object of strings",
  (given) => isPlain(given) && Object.values(given).every((value) => typeof value === "string"),
];
const attemptsKind: OptionKind = [
  "an integer from 1 on",
  (given) => Number.isInteger(given) && Number(given) > 0,
];
const timeKind: OptionKind = ["a number over 0", (given) => typeof given === "number" && given > 0];

/** What `httpSource` does: of the address of a folder, which ends in a slash, it opens the main file in it. */
export async function openAddress(
  url: PlatformUrl | string,
  options: HttpSourceOptions,
): Promise<ByteSource> {
  const isFolder = parseAddress("httpSource", url).pathname.endsWith("/");
  for (const name of isFolder ? mainNames : []) {
    try {
      return await openHttp(addressBeside(url, name), options);
    } catch (error) {
      if (!(error instanceof NoSuchFile)) throw error;
    }
  }
  return openHttp(url, options);
}

/** Opens the file at an address, with a clock. */
export async function openHttp(
  url: PlatformUrl | string,
  options: HttpSourceOptions,
  clock?: Clock,
): Promise<ByteSource> {
  checkOptions("httpSource", options, {
    fetch: true,
    headers: true,
    wholeLimit: true,
    attempts: true,
    timeout: true,
    totalTimeout: true,
    signal: true,
  });
  checkOption("httpSource", options, "fetch", aCallback);
  checkOption("httpSource", options, "headers", textsByName);
  checkOption("httpSource", options, "wholeLimit", aCount);
  checkOption("httpSource", options, "attempts", attemptsKind);
  checkOption("httpSource", options, "timeout", timeKind);
  checkOption("httpSource", options, "totalTimeout", timeKind);
  checkProgress(options);
  const request = requester(url, options, clock);
  const open = (name: string) => openHttp(addressBeside(url, name), options, clock);
  return { ...(await firstOf(request, options)), siblings: { open, name: lastPart(url) } };
}

/** What a file is called at its address; undefined where that is no name. */
function lastPart(url: PlatformUrl | string): string | undefined {
  const { pathname } = parseAddress("httpSource", url);
  try {
    return decodeURIComponent(pathname.slice(pathname.lastIndexOf("/") + 1)) || undefined;
  } catch {
    return undefined;
  }
}

/** The address of a file in the same folder. What is asked for behind it, such as a signature, holds for both. */
function addressBeside(url: PlatformUrl | string, name: string): URL {
  const address = parseAddress("httpSource", url);
  const path = name.split("/").map(encodeURIComponent).join("/");
  if (URL.canParse(path, address.href)) return new URL(path + address.search, address);
  const problem = `expected an address with files beside it, such as ${inspect(name)}`;
  throw new FileError(nameOf(address), `${problem}, received one of ${address.protocol} that has none.`);
}

/** Asks for the beginning of a file, and makes a source of the answer. */
async function firstOf(request: Requester, options: HttpSourceOptions): Promise<ByteSource> {
  const signal = options.signal ?? undefined;
  const question = { method: "GET", headers: () => rangeOf(0, blockSize) } as const;
  const { response, bytes, isWhole } = await request.ask(
    question,
    (answer) => firstBytes(request.name, answer, options.wholeLimit ?? 2 ** 30),
    signal,
  );
  if (isWhole) return wholeFile(request.name, bytes);
  const size = contentRange(response)?.size ?? (await sizeWithout(request, bytes, signal));
  if (size === undefined || !Number.isSafeInteger(size)) {
    throw new FileError(request.name, "expected the size of the file, received an answer without it.");
  }
  const expected = Math.min(size, blockSize);
  const start = contentRange(response)?.start ?? 0;
  if (start !== 0 || bytes.length !== expected) {
    throw new FileError(request.name, wrongStart(bytes.length, expected, start));
  }
  return rangedFile(request, size, response, bytes);
}

interface First {
  readonly response: Response;
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
}

/** The beginning of the file, or all of it where the server does not send ranges. */
async function firstBytes(name: string, answer: Answer, wholeLimit: number): Promise<First> {
  const { response } = answer;
  const range = contentRange(response);
  if (response.status === 416) {
    await discard(response);
    // An empty file has no first bytes to send.
    if (range?.size === 0) return { response, bytes: new Uint8Array(), isWhole: false };
    throw new FileError(name, "expected the first bytes of the file, received status 416.");
  }
  const isWhole = response.status === 200;
  if (!isWhole && response.status !== 206) throw await unexpectedStatus(name, response);
  const pieces = isWhole
    ? new Pieces(
        name,
        wholeLimit,
        `expected a server that answers range requests, received the whole file of more than ${wholeLimit} bytes`,
      )
    : new Pieces(name, blockSize);
  await pieces.take(answer);
  const bytes = pieces.join();
  const expected = Math.min(range?.size ?? 0, blockSize);
  if (!isWhole && range?.start === 0 && bytes.length < expected) {
    throw new Passing(wrongStart(bytes.length, expected, 0));
  }
  return { response, bytes, isWhole };
}

function wrongStart(received: number, expected: number, start: number): string {
  return `expected ${expected} bytes at offset 0, received ${received} bytes at offset ${start}.`;
}

function wholeFile(name: string, bytes: Uint8Array): ByteSource {
  const readSync = (offset: number, length: number) => {
    checkRange(name, bytes.length, offset, length);
    return bytes.subarray(offset, offset + length);
  };
  return { size: bytes.length, readSync, read: async (offset, length) => readSync(offset, length) };
}

/** The size of a file whose answers do not tell it: that of all there is, or what the server says when asked. */
async function sizeWithout(
  request: Requester,
  first: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  if (first.length < blockSize) return first.length;
  return request.ask(
    { method: "HEAD", headers: () => ({}) },
    async ({ response }) => {
      const length = response.headers.get("Content-Length");
      return response.ok && length !== null && /^\d+$/.test(length) ? Number(length) : undefined;
    },
    signal,
  );
}
