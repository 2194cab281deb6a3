import { isWebAddress, nameOf } from "../saving/address.ts";

/**
 * The address of a file by what its report calls it: a relative one for a relative path, whose parts are encoded so that
 * nothing in a name is taken for a part of the address. Of an address on the web it has host and path, too: code hosts
 * refuse reports in which there are addresses of another kind than that of the folder they belong to.
 */
export function fileUri(file: string): string {
  if (isWebAddress(file) && URL.canParse(file))
    return nameOf(file)
      .replace(/^\w+:\/+/, "")
      .replaceAll(":", "%3A");
  const windows = /^[a-z]:[\\/]/i.test(file);
  const path = windows ? `/${file.replaceAll("\\", "/")}` : file.replace(/^(?:\.\/+)+/, "");
  const encoded = path.split("/").map(encodePart).join("/");
  return path.startsWith("/") ? `file://${encoded.replace(/^\/+/, "/")}` : encoded;
}

/** Halves of a pair have no encoding. */
function encodePart(part: string): string {
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, "\ufffd"));
}
