import { FileError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { nameOf } from "./address.ts";
import { discard } from "./http-body.ts";

type Headers = Readonly<Record<string, string>>;

/** What is sent: to where, and how. */
export interface Sending {
  /** What errors call the file. */
  readonly name: string;
  readonly address: URL;
  readonly fetch: typeof fetch;
  readonly method: "GET" | "HEAD";
  /** Headers that somebody gave, for the host of the address only. */
  readonly given: Headers;
  /** Headers of our own, sent wherever the file is. */
  readonly own: Headers;
  readonly signal: AbortSignal;
}

/** As many as `fetch` follows by itself. */
const mostRedirects = 20;
const redirects = [301, 302, 303, 307, 308];
/** Headers that `fetch` itself keeps from another host, or that tell nothing. */
const harmless = /^(authorization|accept|accept-language)$/i;

/**
 * Sends a request and follows where it is redirected to: to addresses of `http:` and `https:` only, not from `https:` to
 * `http:`, and without the headers that were given once it leads to another host.
 */
export async function send(sending: Sending): Promise<Response> {
  const { name, fetch, method, own, signal } = sending;
  let { address, given } = sending;
  for (let count = 0; count <= mostRedirects; count++) {
    const headers = { ...given, ...own };
    const response = await fetch(address, { method, headers, signal, redirect: "manual" });
    if (typeof response?.status !== "number" || typeof response.headers?.get !== "function") {
      throw new FileError(name, `expected fetch to give a Response, received ${inspect(response)}.`);
    }
    if (response.type === "opaqueredirect") return sendBlindly({ ...sending, address, given });
    const location = redirects.includes(response.status) ? response.headers.get("Location") : null;
    if (location === null) return response;
    await discard(response);
    const next = targetOf(name, address, location);
    if (!isSameHost(address, next)) given = {};
    address = next;
  }
  throw new FileError(name, `expected at most ${mostRedirects} redirects, received more.`);
}

/**
 * The same in a page, which is not shown where a redirect leads: the browser follows it. Browsers keep `Authorization`
 * from another host, and no other header; those go only where the browser refuses to leave the page's own host.
 */
async function sendBlindly({ name, address, fetch, method, given, own, signal }: Sending): Promise<Response> {
  const telling = Object.keys(given).find((header) => !harmless.test(header));
  const isOfPage = address.origin === globalThis.location?.origin;
  if (telling !== undefined && !isOfPage) {
    throw new FileError(
      name,
      `expected no redirect, which could send the header ${inspect(telling)} to another host, received one. Give the address that it leads to.`,
    );
  }
  const response = await fetch(address, {
    method,
    headers: { ...given, ...own },
    signal,
    redirect: "follow",
    ...(telling !== undefined && { mode: "same-origin" }),
  });
  if (address.protocol === "https:" && response.url.startsWith("http:")) {
    await discard(response);
    throw refused(name, response.url);
  }
  return response;
}

/** Where a redirect leads to. */
function targetOf(name: string, from: URL, location: string): URL {
  let target: URL;
  try {
    target = new URL(location, from);
  } catch {
    throw refused(name, location);
  }
  const isWeb = target.protocol === "https:" || (target.protocol === "http:" && from.protocol === "http:");
  if (!isWeb || target.username || target.password) throw refused(name, target.href);
  return target;
}

function refused(name: string, target: string): FileError {
  return new FileError(
    name,
    `expected a redirect to an address of https: without user and password, received ${inspect(nameOf(target))}.`,
  );
}

/** Whether headers for one address may be sent to the other: the same host, or the same by a safe connection. */
function isSameHost(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  const isSafer = from.protocol === "http:" && to.protocol === "https:" && !from.port && !to.port;
  return isSafer && from.hostname === to.hostname;
}
