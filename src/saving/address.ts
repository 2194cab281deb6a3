import { FileError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";

/** Whether a text is an address on the web, and not a path. */
export function isWebAddress(text: string): boolean {
  return /^\s*https?:[/\\]/i.test(text);
}

/** Reads an address, one without its host too where there is a page. `where` is the name of the function. */
export function parseAddress(where: string, address: unknown): URL {
  if (typeof address !== "string" && !(address instanceof URL)) {
    throw new FileError(where, `expected an address, received ${inspect(address)}.`);
  }
  try {
    return new URL(address, globalThis.location?.href);
  } catch {
    // The error of the platform holds all of the address.
    throw new FileError(where, `expected an address, received ${inspect(nameOf(address))}.`);
  }
}

/** What messages call an address: all of it but what may be secret, which is user, password, query and fragment. */
export function nameOf(address: string | { readonly href: string }): string {
  const text = typeof address === "string" ? address : address.href;
  try {
    const { protocol, host, pathname } = new URL(text);
    if (protocol === "data:") return "data:…";
    return protocol === "blob:" ? protocol + pathname : `${protocol}//${host}${pathname}`;
  } catch {
    const [shown = ""] = text.split(/[?#]/, 1);
    return withoutSecrets(shown);
  }
}

/** A text whose addresses are without what may be secret. */
export function withoutSecrets(text: string): string {
  return text.replace(/(https?:[/\\]+|:[/\\]{2,})(\S*)/gi, (_, start: string, rest: string) => {
    const [shown = "", ...secrets] = rest.replace(/^[^/?#]*@/, "").split(/[?#]/);
    return start + shown + (secrets.length > 0 ? closingOf(rest) : "");
  });
}

/** The marks at the end of an address that belong to the sentence it stands in. */
function closingOf(text: string): string {
  let end = text.length;
  while (end > 0 && "\"'`.,:;)>]".includes(text.charAt(end - 1))) end--;
  return text.slice(end);
}
