/** Whether a character is one of those that are looked for. */
export type CharacterTest = (character: string) => boolean;

const isDigit: CharacterTest = (character) => /^\p{Nd}$/u.test(character);
/** Whether a character is one of words. */
export const isWord: CharacterTest = (character) => /^[\p{L}\p{N}_]$/u.test(character);
/** What Python calls space; JavaScript's \s is another set. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python's are among them.
const isSpace: CharacterTest = (character) => /^[\t-\r\x1c-\x20\x85\p{Z}]$/u.test(character);

const not =
  (has: CharacterTest): CharacterTest =>
  (character) =>
    !has(character);

/** Sets of characters that a letter behind a backslash stands for. */
const sets: ReadonlyMap<string, CharacterTest> = new Map([
  ["d", isDigit],
  ["D", not(isDigit)],
  ["w", isWord],
  ["W", not(isWord)],
  ["s", isSpace],
  ["S", not(isSpace)],
]);

const letters: ReadonlyMap<string, string> = new Map([
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

/** How many hexadecimal digits follow. */
const digitsBehind: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

interface Escape {
  readonly stands: string | CharacterTest;
  /** The index behind it. */
  readonly end: number;
}

/** What stands behind a backslash; else, in words, what had to. */
export function readEscape(text: readonly string[], at: number, isInSet: boolean): Escape | string {
  const letter = text[at];
  if (letter === undefined) return "a character behind each backslash";
  const stands = sets.get(letter) ?? letters.get(letter);
  if (stands !== undefined && (isInSet || letter !== "b")) return { stands, end: at + 1 };
  const count = digitsBehind.get(letter);
  if (count !== undefined) return readNumber(text, at + 1, count);
  if (/^\d$/.test(letter)) return readOctal(text, at, isInSet);
  if (/^[a-z]$/i.test(letter)) return "escapes that Python has, but no names of characters";
  return { stands: letter, end: at + 1 };
}

function readNumber(text: readonly string[], at: number, count: number): Escape | string {
  const digits = text.slice(at, at + count).join("");
  const code =
    /^[\da-f]+$/i.test(digits) && digits.length === count ? Number.parseInt(digits, 16) : Number.NaN;
  if (!(code <= 0x10ffff)) return `${count} hexadecimal digits of a character behind \\${text[at - 1]}`;
  return { stands: String.fromCodePoint(code), end: at + count };
}

/** Up to three octal digits; outside of a set, one or two that do not begin with 0 refer to a group. */
function readOctal(text: readonly string[], at: number, isInSet: boolean): Escape | string {
  const [digits = ""] = /^[0-7]{0,3}/.exec(text.slice(at, at + 3).join("")) ?? [];
  const isNumber = digits.length === 3 || (digits !== "" && (isInSet || digits.startsWith("0")));
  if (!isNumber) return isInSet ? "octal digits behind a backslash" : "no reference to a group";
  const code = Number.parseInt(digits, 8);
  if (code > 0o377) return "octal numbers up to \\377";
  return { stands: String.fromCodePoint(code), end: at + digits.length };
}
