import { inspect } from "../../json/inspect.ts";
import type { LookupMode } from "./fields.ts";
import type { Term } from "./term.ts";

/** What stands in front of the terms of a vocabulary: the mask, then as many unknown terms as there are integers for them. */
export interface SpecialTerms {
  readonly mask_token: Term | null;
  readonly oov_token: Term | null;
  readonly num_oov_indices: number;
  readonly output_mode: LookupMode;
}

/** Where unknown terms begin: rows of numbers have no place for the mask. */
export function oovStart({ mask_token, output_mode }: SpecialTerms): number {
  return mask_token !== null && output_mode === "int" ? 1 : 0;
}

/** Where the terms begin. */
export function termStart(special: SpecialTerms): number {
  return oovStart(special) + special.num_oov_indices;
}

/** The special terms as a vocabulary begins with them. */
export function specialTerms(special: SpecialTerms): (Term | null)[] {
  const { mask_token, oov_token, num_oov_indices } = special;
  const mask = oovStart(special) === 1 ? [mask_token] : [];
  return [...mask, ...new Array<Term | null>(num_oov_indices).fill(oov_token)];
}

/** Whether a vocabulary begins with the special terms, all of them. */
export function hasSpecialTerms(terms: readonly Term[], special: SpecialTerms): boolean {
  const start = oovStart(special);
  const end = termStart(special);
  if (terms.length < end || (start === 1 && terms[0] !== special.mask_token)) return false;
  for (let i = start; i < end; i++) if (terms[i] !== special.oov_token) return false;
  return true;
}

/** What is wrong with the terms of a vocabulary, its special ones left out; undefined where nothing is. */
export function problemOf(
  terms: readonly Term[],
  special: SpecialTerms & { readonly invert: boolean; readonly max_tokens: number | null },
): string | undefined {
  const { mask_token, oov_token, max_tokens, invert } = special;
  const met = new Set<Term>();
  for (const term of terms) {
    if (met.has(term)) return `expected each term once, received ${inspect(term)} again.`;
    met.add(term);
  }
  const misplaced = [mask_token, ...(invert ? [oov_token] : [])].find(
    (term) => term !== null && met.has(term),
  );
  if (misplaced !== undefined) {
    const help =
      termStart(special) > 0
        ? ` A vocabulary may begin with ${inspect(specialTerms(special))}, or has none of the special terms.`
        : "";
    return `expected no special terms among the others, received ${inspect(misplaced)}.${help}`;
  }
  const size = termStart(special) + terms.length;
  if (max_tokens === null || size <= max_tokens) return undefined;
  return `expected at most ${max_tokens} terms (max_tokens), special ones among them, received ${size}.`;
}
