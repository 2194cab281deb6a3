import { FileError } from "../../errors.ts";
import { quote } from "../../json/quote.ts";

/** A YAML text and what errors call it. */
export class YamlText {
  readonly text: string;
  readonly source: string;

  constructor(text: string, source: string) {
    this.text = text;
    this.source = source;
  }

  /** Throws: what begins at `offset` should have been something else. */
  fail(offset: number, expected: string, received: string): never {
    throw new FileError(this.place(offset), `expected ${expected}, received ${received}.`);
  }

  /** A place as messages say it. */
  place(offset: number): string {
    const lines = this.text.slice(0, offset).split("\n");
    const column = (lines.at(-1)?.length ?? 0) + 1;
    return `${this.source}, line ${lines.length}, column ${column}`;
  }

  /** The rest of the line from a place on, in quotes. */
  at(offset: number): string {
    const line = /^[^\r\n]*/.exec(this.text.slice(offset, offset + 200))?.[0] ?? "";
    return line === "" ? "the end of a line" : quote(line, 40);
  }
}
