import type { PlatformUrl } from "../platform.ts";
import type { ByteSource } from "./byte-source.ts";
import type { HttpSourceOptions } from "./http-open.ts";

/**
 * A file on a web server, read by range requests in blocks of 64 KiB, the last 4 MiB of which are kept. Six requests are
 * made at once at most.
 *
 * An address that ends in a slash is that of a folder, of which the main file is opened, such as `saved_model.pb`, where
 * the server has one.
 *
 * From a server that ignores ranges the whole file is taken at once, up to `wholeLimit`. A file that changes between two
 * requests is an error. Redirects are followed to addresses of `http:` and `https:`, from `https:` to `https:` only.
 * Messages have no query, user or fragment of an address, which may be secret.
 */
export async function httpSource(
  url: PlatformUrl | string,
  options: HttpSourceOptions = {},
): Promise<ByteSource> {
  // Most programs open no address.
  const { openAddress } = await import("./http-open.ts");
  return openAddress(url, options);
}
