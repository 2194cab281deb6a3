import { FileError } from "../errors.ts";
import { Passing, reasonOf, withoutSecretsIn } from "./http-errors.ts";
import { allocate } from "./range.ts";

/** An answer, and what is known of it while its body comes. */
export interface Answer {
  readonly response: Response;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** To be told how much has come. */
  took(bytes: number): void;
  /** What must not be said. */
  readonly secrets: readonly string[];
}

/** Bytes as they come; more than `limit` are refused. */
export class Pieces {
  readonly #name: string;
  readonly #limit: number;
  readonly #tooLong: string;
  #pieces: Uint8Array[] = [];
  length = 0;

  constructor(name: string, limit: number, tooLong = `expected at most ${limit} bytes, received more`) {
    this.#name = name;
    this.#limit = limit;
    this.#tooLong = tooLong;
  }

  /** Takes the body of an answer; what came before it broke off is kept. */
  async take({ response, signal, took, secrets }: Answer): Promise<void> {
    const announced = Number(response.headers.get("Content-Length") ?? 0);
    if (this.length + announced > this.#limit) {
      await discard(response);
      throw new FileError(this.#name, `${this.#tooLong}.`);
    }
    const reader = response.body?.getReader();
    while (reader) {
      let part: ReadableStreamReadResult<Uint8Array>;
      try {
        part = await reader.read();
        // The next attempt may have begun.
        signal.throwIfAborted();
      } catch (error) {
        throw new Passing(`expected the rest of an answer, received an error: ${reasonOf(error, secrets)}.`, {
          cause: withoutSecretsIn(error, secrets),
        });
      }
      if (part.done) return;
      took(part.value.length);
      this.length += part.value.length;
      if (this.length > this.#limit) {
        await reader.cancel().catch(() => undefined);
        throw new FileError(this.#name, `${this.#tooLong}.`);
      }
      this.#pieces.push(part.value);
    }
  }

  /** All of it as one. */
  join(): Uint8Array {
    const [first] = this.#pieces;
    if (first && this.#pieces.length === 1) return first;
    const bytes = allocate(this.#name, this.length);
    let offset = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, offset);
      offset += piece.length;
    }
    this.#pieces = [bytes];
    return bytes;
  }
}

/** Lets go of a body nobody reads, which would hold the connection. */
export async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}
