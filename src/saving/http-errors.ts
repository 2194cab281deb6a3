import { printable } from "../json/printable.ts";
import { withoutSecrets } from "./address.ts";

/** A failure of one request that may be over when it is made again. */
export class Passing {
  readonly message: string;
  readonly options: {
    readonly cause?: Error;
    /** How often it is worth asking in all. */
    readonly most?: number;
    /** How long the server asks to be left alone, in milliseconds. */
    readonly wait?: number;
  };

  constructor(message: string, options: Passing["options"] = {}) {
    this.message = message;
    this.options = options;
  }
}

/** What must not be said, of an address and of headers that are sent. */
export function secretsOf(address: URL, headers: Readonly<Record<string, string>>): readonly string[] {
  const { search, hash } = address;
  const values = [...address.searchParams.values()].flatMap((value) => [value, encodeURIComponent(value)]);
  // Shorter ones are words that stand in any message.
  const secrets = [...values, ...Object.values(headers)].filter((value) => value.length > 7);
  const all = [search.slice(1), hash.slice(1), ...secrets].filter((text) => text.length > 3);
  return all.sort((a, b) => b.length - a.length);
}

/** The innermost message: Node's `fetch` says only "fetch failed" itself. */
export function reasonOf(error: unknown, secrets: readonly string[]): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
  const text = inner || (error instanceof Error ? error.message : String(error));
  return printable(clean(text, secrets).slice(0, 300)).replace(/\.$/, "");
}

/**
 * An error as what it was caused by shows it, without what must not be said: those of `fetch` name the whole address, and
 * may carry the request.
 */
export function withoutSecretsIn(error: unknown, secrets: readonly string[], depth = 0): Error {
  if (!(error instanceof Error)) return new Error(clean(String(error), secrets));
  const cause =
    error.cause === undefined || depth > 4
      ? {}
      : { cause: withoutSecretsIn(error.cause, secrets, depth + 1) };
  const copy = new Error(clean(error.message, secrets), cause);
  copy.name = error.name;
  copy.stack = clean(String(error.stack), secrets);
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" ? Object.assign(copy, { code }) : copy;
}

/** The code that the system gives to an error, or to what it was caused by. */
export function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return undefined;
}

function clean(text: string, secrets: readonly string[]): string {
  return withoutSecrets(secrets.reduce((rest, secret) => rest.replaceAll(secret, "…"), text));
}
