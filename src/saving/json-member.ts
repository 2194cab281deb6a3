import { FileError } from "../errors.ts";
import type { JsonValue } from "../json/json.ts";
import { parseWithin } from "../json/parse.ts";
import type { Member } from "./archive.ts";
import type { Budget } from "./budget.ts";

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openArray = 0x5b;
const openObject = 0x7b;

/** The JSON in a member of an archive; `source` is what errors call it. One of more than `most` bytes is refused. */
export async function readJson(
  member: Member,
  source: string,
  budget: Budget,
  most: number,
): Promise<JsonValue> {
  return parseWithin(await readJsonText(member, source, budget, most), source, budget.jsonValues);
}

/** The same as text. Its values are counted as it is inflated, so that one with too many is never whole in memory. */
export async function readJsonText(
  member: Member,
  source: string,
  { jsonValues }: Budget,
  most: number,
): Promise<string> {
  const counter = new ValueCounter();
  const bytes = await member.read(most, (chunk) => {
    counter.look(chunk);
    jsonValues.expect(counter.least, source);
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FileError(source, "expected UTF-8 text, received other bytes.", { cause });
  }
}

/** Counts, in the bytes of a JSON text, how many values it has at least: as many as lists and objects, and as commas. */
class ValueCounter {
  #commas = 0;
  #opened = 0;
  #inText = false;
  #isEscaped = false;

  get least(): number {
    return Math.max(this.#commas, this.#opened);
  }

  look(bytes: Uint8Array): void {
    let [inText, isEscaped] = [this.#inText, this.#isEscaped];
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i];
      if (isEscaped) isEscaped = false;
      else if (byte === quote) inText = !inText;
      else if (inText) isEscaped = byte === backslash;
      else if (byte === comma) this.#commas++;
      else if (byte === openArray || byte === openObject) this.#opened++;
    }
    [this.#inText, this.#isEscaped] = [inText, isEscaped];
  }
}
