import { FileError } from "../errors.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** Python refuses longer integers too; converting them takes time that grows with the square. */
const MAX_DIGITS = 4300;

/** How many strings are kept, and how long they are at most. */
const KEPT = 512;
const LONGEST_KEPT = 64;

/** Integers of up to so many digits are exact. */
const EXACT_DIGITS = 15;

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** Reads the tokens of JSON text as Python writes it, and tells where the text is wrong. */
export class Scanner {
  readonly text: string;
  readonly source: string;
  position = 0;
  /** Whether the number read last was written as a float. */
  float = false;
  /** Strings that were read, each at a place that follows from its characters: most in a config come again and again. */
  private readonly kept: string[] = new Array<string>(KEPT).fill("");

  constructor(text: string, source: string) {
    this.text = text;
    this.source = source;
  }

  /** Moves to the next character that is not white space, and returns its code; NaN at the end. */
  peek(): number {
    const text = this.text;
    let code = text.charCodeAt(this.position);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      code = text.charCodeAt(++this.position);
    }
    return code;
  }

  /** Reads a string; the position is at its opening quote. */
  string(): string {
    const text = this.text;
    const start = this.position + 1;
    let end = start;
    let hash = 0;
    for (;;) {
      const code = text.charCodeAt(end);
      if (code === QUOTE) break;
      if (code === BACKSLASH) return this.escapedString(start, end);
      if (!(code >= 0x20)) this.fail("a closing quote", end);
      hash = (Math.imul(hash, 31) + code) | 0;
      end++;
    }
    this.position = end + 1;
    if (end - start > LONGEST_KEPT) return text.slice(start, end);
    const place = (hash ^ (hash >>> 9)) & (KEPT - 1);
    const known = this.kept[place]!;
    if (known.length === end - start && text.startsWith(known, start)) return known;
    const string = text.slice(start, end);
    this.kept[place] = string;
    return string;
  }

  /** Reads a number; the position is at its sign or first digit. */
  number(): number | bigint {
    const text = this.text;
    const start = this.position;
    let end = start;
    let code = text.charCodeAt(end);
    const negative = code === MINUS;
    if (negative) code = text.charCodeAt(++end);
    const first = end;
    let value = 0;
    while (code >= ZERO && code <= NINE) {
      value = value * 10 + (code - ZERO);
      code = text.charCodeAt(++end);
    }
    if (end === first) this.fail("a digit", end);
    if (end - first > 1 && text.charCodeAt(first) === ZERO)
      this.fail("no digit after a leading zero", first + 1);
    this.float = code === DOT || code === 0x65 || code === 0x45;
    if (this.float) return this.fraction(start, end);
    this.position = end;
    if (end - first <= EXACT_DIGITS) return negative && value !== 0 ? -value : value;
    if (end - first > MAX_DIGITS) this.fail(`an integer of at most ${MAX_DIGITS} digits`, start);
    const digits = text.slice(start, end);
    const number = Number(digits);
    return Number.isSafeInteger(number) ? number : BigInt(digits);
  }

  /** Steps over a word such as `null`. */
  word(word: string): void {
    if (!this.text.startsWith(word, this.position)) this.fail("a value");
    this.position += word.length;
  }

  /** Throws: the text should have had something else here. */
  fail(expected: string, position = this.position): never {
    const text = this.text;
    const lines = text.slice(0, position).split("\n");
    const column = lines[lines.length - 1]!.length + 1;
    throw new FileError(
      `${this.source}, line ${lines.length}, column ${column}`,
      `expected ${expected}, received ${received(text, position)} (in: ${excerpt(text, position)}).`,
    );
  }

  private fraction(start: number, integerEnd: number): number {
    const text = this.text;
    let end = integerEnd;
    if (text.charCodeAt(end) === DOT) end = this.digits(end + 1);
    let code = text.charCodeAt(end);
    if (code === 0x65 || code === 0x45) {
      code = text.charCodeAt(++end);
      if (code === MINUS || code === 0x2b) end++;
      end = this.digits(end);
    }
    this.position = end;
    return Number(text.slice(start, end));
  }

  private digits(start: number): number {
    let end = start;
    let code = this.text.charCodeAt(end);
    while (code >= ZERO && code <= NINE) code = this.text.charCodeAt(++end);
    if (end === start) this.fail("a digit", end);
    return end;
  }

  private escapedString(start: number, firstEscape: number): string {
    const text = this.text;
    let result = text.slice(start, firstEscape);
    let end = firstEscape;
    for (;;) {
      const code = text.charCodeAt(end);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        const letter = text.charAt(end + 1);
        if (letter === "u") {
          const hex = text.slice(end + 2, end + 6);
          if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.fail("four hexadecimal digits", end + 2);
          result += String.fromCharCode(Number.parseInt(hex, 16));
          end += 6;
        } else {
          const character = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
          if (character === undefined) this.fail("an escape such as \\n or \\u00e9", end + 1);
          result += character;
          end += 2;
        }
      } else {
        if (!(code >= 0x20)) this.fail("a closing quote", end);
        result += text.charAt(end);
        end++;
      }
    }
    this.position = end + 1;
    return result;
  }
}

function received(text: string, position: number): string {
  const code = text.codePointAt(position);
  if (code === undefined) return "the end of the text";
  if (code > 0x20 && code < 0x7f) return `"${String.fromCharCode(code)}"`;
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The text around a position, on one line and without control or formatting characters. */
function excerpt(text: string, position: number): string {
  const start = Math.max(0, position - 24);
  const end = Math.min(text.length, position + 16);
  const part = text.slice(start, end).replace(/[\s\p{C}]+/gu, " ");
  return `${start > 0 ? "…" : ""}${part}${end < text.length ? "…" : ""}`;
}
