import { isWebAddress, nameOf } from "../saving/address.ts";

/**
 * The address of a file by what its report calls it: a relative one for a relative path, whose parts are encoded so that
 * nothing in a name is taken for a part of the address. Addresses on the web lose what may be secret in them.
 */
export function fileUri(file: string): string {
  if (isWebAddress(file) && URL.canParse(file)) return nameOf(file);
  const windows = /^[a-z]:[\\/]/i.test(file);
  const path = windows ? `/${file.replaceAll("\\", "/")}` : file.replace(/^(?:\.\/+)+/, "");
  const encoded = path.split("/").map(encodePart).join("/");
  return path.startsWith("/") ? `file://${encoded.replace(/^\/+/, "/")}` : encoded;
}

/** Halves of a pair have no encoding. */
function encodePart(part: string): string {
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, "\ufffd"));
}
