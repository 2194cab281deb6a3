import { quote } from "../json/quote.ts";
/** What is wrong with a member's name in an archive; undefined where nothing is. */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "an empty name";
  if (name.includes("\0")) return "a name with a NUL character";
  if (/^([\\/]|[a-z]:)/i.test(name)) return "an absolute name";
  if (name.split(/[\\/]/).includes("..")) return "a name that leaves the archive";
  return undefined;
}

/** A member's name as errors show it. */
export function quoteName(name: string): string {
  return quote(name, 100);
}
