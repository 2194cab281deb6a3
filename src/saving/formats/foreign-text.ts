import type { Foreign } from "./foreign-kind.ts";

/** What stands where a file was expected, by its first characters. */
const texts: readonly (readonly [start: RegExp, foreign: Foreign])[] = [
  [
    /^version https:\/\/git-lfs/,
    {
      format: "other",
      what: "a pointer of Git LFS in place of the file",
      help: "Get the file itself: git lfs pull.",
    },
  ],
  [
    /^\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b/is,
    {
      format: "other",
      what: "a page of HTML",
      help: 'The address is that of a page about the file; that of the file itself has "raw" or "resolve" in place of "blob".',
    },
  ],
  [
    /^\s*<\?xml|^\s*<Error>/,
    {
      format: "other",
      what: "XML text",
      help: "A server may have answered with an error: open the address in a browser.",
    },
  ],
];

export function foreignText(start: string): Foreign | null {
  const text = start.replace(/^\ufeff/, "");
  return texts.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
