import { ConfigError } from "../errors.ts";
import { type CharacterTest, isWord, readEscape } from "./pattern-escapes.ts";

/** A regular expression of Python as a tree; of its groups only what they hold. */
export type Pattern =
  | { readonly kind: "one"; readonly has: CharacterTest }
  | { readonly kind: "place"; readonly holds: PlaceTest }
  | { readonly kind: "sequence" | "choice"; readonly items: readonly Pattern[] }
  | { readonly kind: "repeat"; readonly item: Pattern; readonly least: number; readonly most: number };

/** Whether a place in a text, before the character at an index, is one that is looked for. */
export type PlaceTest = (text: readonly string[], index: number) => boolean;

/** Deeper than anybody nests groups. */
const deepest = 100;

const isBoundary: PlaceTest = (text, index) => isWord(text[index - 1] ?? "") !== isWord(text[index] ?? "");

const places: Readonly<Record<string, PlaceTest>> = {
  "^": (_, index) => index === 0,
  $: (text, index) => index === text.length || (index === text.length - 1 && text[index] === "\n"),
  "\\A": (_, index) => index === 0,
  "\\Z": (text, index) => index === text.length,
  "\\b": isBoundary,
  "\\B": (text, index) => text.length > 0 && !isBoundary(text, index),
};

/** What is regular in Python, or not at all, and is not read here. */
const refusedGroups: Readonly<Record<string, string>> = {
  "=": "looks ahead",
  "!": "looks ahead",
  "<": "looks behind",
  "(": "depends on another",
  ">": "does not go back",
};

/**
 * Reads a regular expression as Python's `re` does: the part of it that a finite automaton can match, which is all but
 * references, looking around, and what forbids to go back. `path` is where it stands.
 */
export function parsePattern(path: string, pattern: string): Pattern {
  return new Parser(path, [...pattern]).all();
}

class Parser {
  readonly #path: string;
  readonly #text: readonly string[];
  readonly #names = new Set<string>();
  #at = 0;

  constructor(path: string, text: readonly string[]) {
    this.#path = path;
    this.#text = text;
  }

  all(): Pattern {
    const pattern = this.#choice(0);
    if (this.#at < this.#text.length) this.#fail("a parenthesis that opens before it closes");
    return pattern;
  }

  #choice(depth: number): Pattern {
    if (depth > deepest) this.#fail(`no more than ${deepest} groups inside each other`);
    const items = [this.#sequence(depth)];
    while (this.#takes("|")) items.push(this.#sequence(depth));
    return { kind: "choice", items };
  }

  #sequence(depth: number): Pattern {
    const items: Pattern[] = [];
    for (let next = this.#next; next !== undefined && next !== "|" && next !== ")"; next = this.#next) {
      const count = this.#count();
      if (count) {
        items.push(this.#repeated(items.pop(), count));
        continue;
      }
      this.#at++;
      const item = next === "(" ? this.#group(depth) : this.#single(next);
      if (item) items.push(item);
    }
    return { kind: "sequence", items };
  }

  #single(next: string): Pattern {
    if (next === "[") return { kind: "one", has: this.#set() };
    if (next === ".") return { kind: "one", has: (character) => character !== "\n" };
    const mark = next === "\\" ? `\\${this.#next}` : next;
    const holds = Object.hasOwn(places, mark) ? places[mark] : undefined;
    if (next !== "\\")
      return holds ? { kind: "place", holds } : { kind: "one", has: (other) => other === next };
    if (holds) {
      this.#at++;
      return { kind: "place", holds };
    }
    const found = this.#escape(false);
    return { kind: "one", has: typeof found === "string" ? (other) => other === found : found };
  }

  /** How often what stands before is repeated; undefined where nothing says so. */
  #count(): readonly [least: number, most: number] | undefined {
    const next = this.#next;
    if (next === "*" || next === "+" || next === "?") {
      this.#at++;
      return [next === "+" ? 1 : 0, next === "?" ? 1 : Number.POSITIVE_INFINITY];
    }
    if (next !== "{") return undefined;
    const begin = this.#at++;
    const least = this.#digits();
    const isRange = this.#takes(",");
    const most = isRange ? this.#digits() : least;
    if (!this.#takes("}") || (least === "" && !isRange)) {
      this.#at = begin; // other braces are characters
      return undefined;
    }
    const from = Number(least);
    const to = most === "" ? Number.POSITIVE_INFINITY : Number(most);
    if (to < from) this.#fail("a least count that is no larger than the most");
    return [from, to];
  }

  #digits(): string {
    const begin = this.#at;
    while (/^[0-9]$/.test(this.#next ?? "")) this.#at++;
    return this.#text.slice(begin, this.#at).join("");
  }

  #repeated(item: Pattern | undefined, [least, most]: readonly [number, number]): Pattern {
    if (!item || item.kind === "place") this.#fail("something that is repeated");
    if (item.kind === "repeat") this.#fail("one count for what is repeated");
    // Whether much or little is tried first changes nothing in whether all of a text matches.
    if (!this.#takes("?") && this.#takes("+"))
      this.#fail("a count without + behind it, which does not go back");
    return { kind: "repeat", item, least, most };
  }

  /** What a group holds; undefined for a comment. */
  #group(depth: number): Pattern | undefined {
    if (this.#takes("?")) {
      const mark = this.#text[this.#at++] ?? "";
      if (mark === "#") {
        while (this.#next !== undefined && this.#next !== ")") this.#at += this.#next === "\\" ? 2 : 1;
        this.#close();
        return undefined;
      }
      if (Object.hasOwn(refusedGroups, mark)) this.#fail(`no group that ${refusedGroups[mark]}`);
      if (mark === "P" && this.#takes("<")) this.#name();
      else if (mark === "P" && this.#next === "=") this.#fail("no reference to a group");
      else if (mark !== ":") this.#fail("no flags, and groups that begin with (, (?: or (?P<name>");
    }
    const inside = this.#choice(depth + 1);
    this.#close();
    return { kind: "sequence", items: [inside] };
  }

  #name(): void {
    let name = "";
    while (this.#next !== undefined && this.#next !== ">") name += this.#text[this.#at++];
    const isNew = /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(name) && !this.#names.has(name);
    if (!isNew || !this.#takes(">")) this.#fail("a name for each group of its own");
    this.#names.add(name);
  }

  #close(): void {
    if (!this.#takes(")")) this.#fail("a parenthesis that closes");
  }

  /** A set of characters, behind its first bracket. */
  #set(): CharacterTest {
    const isOther = this.#takes("^");
    const tests: CharacterTest[] = [];
    for (;;) {
      if (this.#next === "]" && tests.length > 0) break;
      const from = this.#member();
      const isRange = this.#next === "-" && this.#text[this.#at + 1] !== "]";
      if (!isRange) {
        tests.push(typeof from === "string" ? (character) => character === from : from);
        continue;
      }
      this.#at++;
      const to = this.#member();
      if (typeof from !== "string" || typeof to !== "string" || codeOf(from) > codeOf(to)) {
        this.#fail("a range from one character to a later one");
      }
      const [first, last] = [codeOf(from), codeOf(to)];
      tests.push((character) => first <= codeOf(character) && codeOf(character) <= last);
    }
    this.#at++;
    return (character) => tests.some((has) => has(character)) !== isOther;
  }

  #member(): string | CharacterTest {
    const next = this.#text[this.#at++];
    if (next === undefined) this.#fail("a bracket that closes");
    return next === "\\" ? this.#escape(true) : next;
  }

  /** What stands for a backslash, behind it, and the characters that belong to it. */
  #escape(isInSet: boolean): string | CharacterTest {
    const found = readEscape(this.#text, this.#at, isInSet);
    if (typeof found === "string") this.#fail(found);
    this.#at = found.end;
    return found.stands;
  }

  get #next(): string | undefined {
    return this.#text[this.#at];
  }

  #takes(character: string): boolean {
    if (this.#next !== character) return false;
    this.#at++;
    return true;
  }

  #fail(expected: string): never {
    const place = Math.min(this.#at, this.#text.length);
    throw new ConfigError(
      this.#path,
      `expected a regular expression with ${expected}, received another before character ${place + 1}.`,
    );
  }
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
