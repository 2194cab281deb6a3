import { sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { compareTerms, type Term, termsOf } from "./term.ts";

/** How often tokens were seen, and in how many documents. */
export class TokenCounts {
  readonly #counts = new Map<Term, number>();
  readonly #documents = new Map<Term, number>();
  #numDocuments = 0;

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  /** Counts the tokens of a tensor, each of whose rows along the first axis is a document. */
  add(tokens: Tensor): void {
    const [rows = 0, ...rest] = tokens.shape;
    const width = sizeOf(rest);
    const terms = termsOf(tokens);
    for (let row = 0; row < rows; row++) {
      const document = terms.slice(row * width, (row + 1) * width);
      for (const term of document) count(this.#counts, term);
      for (const term of new Set(document)) count(this.#documents, term);
    }
    this.#numDocuments += rows;
  }

  /** The tokens but some, those that were seen most first, of equals the last of the alphabet first. */
  ranked(without: readonly (Term | null)[], most: number | null): Term[] {
    const others = [...this.#counts].filter(([term]) => !without.includes(term));
    others.sort(([a, left], [b, right]) => right - left || compareTerms(b, a));
    return others.slice(0, most ?? others.length).map(([term]) => term);
  }

  /** How much a token tells: the fewer documents have it, the more. */
  inverseDocumentFrequency(term: Term): number {
    return Math.log(1 + this.#numDocuments / (1 + (this.#documents.get(term) ?? 0)));
  }
}

function count(counts: Map<Term, number>, term: Term): void {
  counts.set(term, (counts.get(term) ?? 0) + 1);
}
