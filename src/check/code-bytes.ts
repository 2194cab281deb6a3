import { CeratopsError } from "../errors.ts";
import type { Member } from "../saving/archive.ts";
import { OverLimit } from "../saving/budget.ts";

/** How many bytes are looked at to tell what a file is. */
export const fewBytes = 64;

/** What Python, a system or a shell runs, or Python unpickles, by the endings of their names. */
const endings =
  /\.(?:py[cdowi]?|pyz|ipynb|pkl|pickle|dill|joblib|pth?|so(?:\.\d+)*|dll|dylib|exe|msi|com|scr|sh|bash|bat|cmd|ps1|vbs|js|jar|class|wasm|whl|egg)$/i;

/** The same by their first bytes, in hexadecimal digits. */
const starts: readonly (readonly [what: string, start: RegExp])[] = [
  ["a program of Linux", /^7f454c46/],
  ["a program of Windows", /^4d5a.{20}/],
  ["a program of macOS", /^(?:feedfac[ef]|c[ef]faedfe|cafebabe)/],
  ["a script", /^(?:efbbbf)?2321/],
  ["compiled Python", /^....0d0a0[0-3]000000/],
  ["WebAssembly", /^0061736d/],
  // From protocol 4 on a pickle has frames; before, what follows its number is the first thing that it makes.
  ["a pickle", /^80(?:0[45]95|0[23](?:5d|7d|29|28|63|43|4b|4d|4a|58|54|55|56|47|4e|71|8[89abc]))/],
];

/** A pickle of the oldest protocol, which is text. */
const textPickle = /^(?:c[\w.]+\r?\n[\w.]+\r?\n|\((?:[dlt][p.\d]|i[\w.]+\n|S'))/;

/** What code a file is by its name; null for none. */
export function codeByName(name: string): string | null {
  return endings.test(name) || /(?:^|\/)__main__\.[^/]*$/.test(name) ? "code, by its name" : null;
}

/** What code a file is by its first bytes; null for none that can be told. */
export function codeByStart(start: Uint8Array): string | null {
  const few = start.subarray(0, fewBytes);
  let digits = "";
  for (const byte of few) digits += byte.toString(16).padStart(2, "0");
  const found = starts.find(([, pattern]) => pattern.test(digits))?.[0];
  return found ?? (textPickle.test(new TextDecoder("latin1").decode(few)) ? "a pickle" : null);
}

/** Whether bytes begin as a zip archive does. */
export function isZip(start: Uint8Array): boolean {
  return start[0] === 0x50 && start[1] === 0x4b;
}

/** The first bytes of a member; none of what cannot be read, which is said where its checksum is compared. */
export async function startOf(member: Member): Promise<Uint8Array> {
  try {
    for await (const chunk of member.chunks()) return chunk;
  } catch (error) {
    if (!(error instanceof CeratopsError) || error instanceof OverLimit) throw error;
  }
  return new Uint8Array();
}
