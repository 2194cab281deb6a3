import { FileError } from "../errors.ts";
import { blockCache } from "./block-cache.ts";
import type { ByteSource } from "./byte-source.ts";
import { type Answer, discard, Pieces } from "./http-body.ts";
import { Passing } from "./http-errors.ts";
import { type Requester, unexpectedStatus } from "./http-request.ts";
import { checkRange } from "./range.ts";

/** A file of `size` bytes whose server sends ranges. `seen` is the answer that brought `first`, its first bytes. */
export function rangedFile(request: Requester, size: number, seen: Response, first: Uint8Array): ByteSource {
  const { name } = request;
  const version = versionOf(seen);
  // Another host than the page's would have to allow it.
  const ifRange = !request.isElsewhere && version?.startsWith('"') ? { "If-Range": version } : {};

  function isSame(response: Response, offset: number): boolean {
    const range = contentRange(response);
    if (range && (range.start !== offset || (range.size ?? size) !== size)) return false;
    return response.status === 206 && versionOf(response) === version;
  }

  /** Reads a range; what came of it before a connection broke is not asked for again. */
  async function readRange(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    const pieces = new Pieces(name, length);
    const headers = () => ({ ...rangeOf(offset + pieces.length, length - pieces.length), ...ifRange });
    const take = async (answer: Answer) => {
      const { response } = answer;
      // All of a file is sent where it is not the one of If-Range; 416 says that it is shorter now.
      if (![200, 206, 416].includes(response.status)) throw await unexpectedStatus(name, response);
      if (!isSame(response, offset + pieces.length)) {
        await discard(response);
        throw new FileError(name, "expected the file as first seen, received another. Read it again.");
      }
      await pieces.take(answer);
      if (pieces.length === length) return pieces.join();
      throw new Passing(`expected ${length} bytes at offset ${offset}, received ${pieces.length} bytes.`);
    };
    return request.ask({ method: "GET", headers }, take, signal);
  }

  const cached = blockCache(size, first, readRange);
  return {
    size,
    async read(offset, length, signal) {
      checkRange(name, size, offset, length);
      return cached(offset, length, signal);
    },
  };
}

export function rangeOf(offset: number, length: number): Record<string, string> {
  return { Range: `bytes=${offset}-${offset + length - 1}` };
}

/** What an answer says about the range it brings; undefined where it does not, or hides it from scripts. */
export function contentRange(response: Response): { start: number; size: number | undefined } | undefined {
  const match = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(response.headers.get("Content-Range") ?? "");
  if (!match) return undefined;
  return { start: Number(match[1] ?? 0), size: match[2] === "*" ? undefined : Number(match[2]) };
}

/** What tells a file from a later one at the same address: its tag, or else when it was changed. */
function versionOf({ headers }: Response): string | null {
  return headers.get("ETag") ?? headers.get("Last-Modified");
}
