/** What the lexer says before a scalar, and of documents and lists that end: none of it stands in the text. */
const unwritten: ReadonlySet<string> = new Set(["\x02", "\x18", "\x1f"]);
const beforeScalar = "\x1f";
const afterBrokenList = "\x18";

/** A list or dict in brackets that is open. */
interface Bracket {
  readonly isList: boolean;
  /** Signs of keys and values since the last comma: each may begin a dict, as in a list, `[a: b]`, or where a comma is missing. */
  signs: number;
}

/**
 * How deep lists and dicts stand in each other, word for word as the lexer gives them: as deep as the package finds
 * them; in brackets up to twice as deep, since it is known only later what is a key. The package goes into them by calling
 * itself, and where the stack ends while a regular expression is compiled, V8 ends the process: so this is known before.
 */
export class Nesting {
  /** Where open blocks began: twice the column, and one more for a list, which may begin where the dict around it does. */
  readonly #blocks: number[] = [];
  readonly #brackets: Bracket[] = [];
  #signs = 0;
  /** How many of them end without a bracket, or begin a block, which is an error; what follows may be inside. */
  #broken = 0;
  #column = 0;
  /** Where what may be a key of this line began. */
  #key: number | null = null;
  #isScalar = false;

  get depth(): number {
    return this.#blocks.length + this.#brackets.length + this.#signs + this.#broken;
  }

  /** Takes the next word; gives how many characters of the text it is. */
  take(word: string): number {
    if (!this.#isScalar && unwritten.has(word)) {
      this.#isScalar = word === beforeScalar;
      if (word === afterBrokenList) this.#giveUpBrackets();
      return 0;
    }
    if (this.#isScalar) this.#content();
    else if (this.#brackets.length > 0 || word === "[" || word === "{") this.#inBrackets(word);
    else this.#inBlock(word);
    this.#isScalar = false;
    this.#move(word);
    return word.length;
  }

  #inBlock(word: string): void {
    if (word === "-") this.#open(2 * this.#column + 1);
    else if (word === "?") this.#open(2 * this.#column);
    else if (word === ":") this.#open(2 * (this.#key ?? this.#column));
    else if (word.trim() !== "") this.#content();
  }

  /** A block that begins there, or goes on: those that began further right are over. */
  #open(start: number): void {
    while ((this.#blocks.at(-1) ?? -1) > start) this.#blocks.pop();
    if (this.#blocks.at(-1) !== start) this.#blocks.push(start);
    this.#key = null;
  }

  #inBrackets(word: string): void {
    const around = this.#brackets.at(-1);
    if (word === "[" || word === "{") {
      this.#content();
      // It may be a key: `[[a]: b]`.
      if (around?.isList && around.signs === 0) this.#setSigns(around, 1);
      this.#brackets.push({ isList: word === "[", signs: 0 });
    } else if (around && (word === "]" || word === "}")) {
      this.#setSigns(around, 0);
      this.#brackets.pop();
    } else if (around && word === ",") this.#setSigns(around, 0);
    else if (around && (word === ":" || word === "?")) this.#setSigns(around, around.signs + 1);
    else if (word === "-") this.#broken++;
  }

  #giveUpBrackets(): void {
    this.#broken += this.#brackets.length + this.#signs;
    this.#brackets.length = 0;
    this.#signs = 0;
  }

  #setSigns(around: Bracket, signs: number): void {
    this.#signs += signs - around.signs;
    around.signs = signs;
  }

  #content(): void {
    this.#key ??= this.#column;
  }

  #move(word: string): void {
    const end = word.lastIndexOf("\n");
    this.#column = end < 0 ? this.#column + word.length : word.length - end - 1;
    if (end === word.length - 1 && this.#brackets.length === 0) this.#key = null;
  }
}
