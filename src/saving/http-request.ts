import { FileError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { allocate } from "./range.ts";

/** One file on a server, to be asked for. */
export interface Requester {
  /** The address without its query, which may be secret. */
  readonly name: string;
  /** Asks for a range of bytes. */
  get(offset: number, length: number, signal?: AbortSignal): Promise<Response>;
  head(): Promise<Response>;
}

export function requester(
  url: URL | string,
  options: { readonly fetch?: typeof fetch; readonly headers?: Readonly<Record<string, string>> },
): Requester {
  const address = parseAddress(url);
  const name = `${address.protocol}//${address.host}${address.pathname}`;
  if (address.username || address.password) {
    throw new FileError(name, "expected an address without user and password. Give an Authorization header.");
  }
  const send = options.fetch ?? fetch;
  async function request(
    method: string,
    range: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Response> {
    try {
      return await send(address, {
        method,
        headers: { ...options.headers, ...range },
        ...(signal && { signal }),
      });
    } catch (cause) {
      throw new FileError(name, `expected an answer, received an error: ${reasonOf(cause)}.`, { cause });
    }
  }
  return {
    name,
    get: (offset, length, signal) =>
      request("GET", { Range: `bytes=${offset}-${offset + length - 1}` }, signal),
    head: () => request("HEAD", {}),
  };
}

function parseAddress(url: URL | string): URL {
  if (typeof url !== "string" && !(url instanceof URL)) {
    throw new FileError("httpSource", `expected an address, received ${inspect(url)}.`);
  }
  try {
    return new URL(url, globalThis.location?.href);
  } catch (cause) {
    // A query may be secret, also in an address that is none.
    const [shown] = String(url).split(/[?#]/, 1);
    throw new FileError("httpSource", `expected an address, received ${JSON.stringify(shown)}.`, { cause });
  }
}

/** What the answer says about the range it brings; undefined where it does not, or hides it from scripts. */
export function contentRange(response: Response): { start: number; size: number | undefined } | undefined {
  const match = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(response.headers.get("Content-Range") ?? "");
  if (!match) return undefined;
  return { start: Number(match[1] ?? 0), size: match[2] === "*" ? undefined : Number(match[2]) };
}

/** The body of an answer; one of more than `limit` bytes is `tooLong`, and no more of it is taken. */
export async function readBody(
  name: string,
  response: Response,
  limit: number,
  tooLong = `expected at most ${limit} bytes, received more`,
): Promise<Uint8Array> {
  if (Number(response.headers.get("Content-Length") ?? 0) > limit) {
    await discard(response);
    throw new FileError(name, `${tooLong}.`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  while (reader) {
    let part: ReadableStreamReadResult<Uint8Array>;
    try {
      part = await reader.read();
    } catch (cause) {
      throw new FileError(name, `expected the rest of an answer, received an error: ${reasonOf(cause)}.`, {
        cause,
      });
    }
    if (part.done) break;
    length += part.value.length;
    if (length > limit) {
      await reader.cancel().catch(() => undefined);
      throw new FileError(name, `${tooLong}.`);
    }
    chunks.push(part.value);
  }
  if (chunks.length === 1) return chunks[0]!;
  const bytes = allocate(name, length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

export async function unexpectedStatus(name: string, response: Response): Promise<FileError> {
  await discard(response);
  const status = `${response.status} ${response.statusText}`.trim();
  return new FileError(name, `expected status 206 or 200, received ${status}.`);
}

/** Lets go of a body nobody reads, which would hold the connection. */
export async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}

/** The innermost message: Node's `fetch` says only "fetch failed" itself. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? cause.message || error.message : error.message;
}
