import { inspect } from "../../json/inspect.ts";
import { optionProblem } from "../option-problem.ts";

interface Padding {
  readonly pad_to_max_tokens: boolean;
  readonly max_tokens: number | null;
}

interface Settings extends Padding {
  readonly constructor: { readonly className: string };
  readonly invert: boolean;
  readonly output_mode: string;
  readonly vocabulary: unknown;
  readonly idf_weights: unknown;
  readonly oov_token: unknown;
}

/** Complains about rows that are to be as wide as `max_tokens` where nobody says how much that is. */
export function checkPadding(className: string, { pad_to_max_tokens, max_tokens }: Padding): void {
  if (!pad_to_max_tokens || max_tokens !== null) return;
  const message = "expected an integer of at least 2, because pad_to_max_tokens is true, received null.";
  throw optionProblem(className, "max_tokens", message);
}

/** Complains about options that contradict each other. */
export function checkLookup(lookup: Settings): void {
  const wrong = (option: string, message: string) => {
    throw optionProblem(lookup.constructor.className, option, message);
  };
  const { invert, output_mode, vocabulary, idf_weights, oov_token } = lookup;
  checkPadding(lookup.constructor.className, lookup);
  if (invert && output_mode !== "int")
    wrong("output_mode", `expected "int", because invert is true, received ${inspect(output_mode)}.`);
  if (invert && oov_token === null)
    wrong("oov_token", "expected a term, because invert is true, received null.");
  if (idf_weights !== null && output_mode !== "tf_idf")
    wrong("idf_weights", `expected null, because output_mode is ${inspect(output_mode)}, received numbers.`);
  if (output_mode === "tf_idf" && vocabulary !== null && idf_weights === null)
    wrong(
      "idf_weights",
      'expected numbers beside the vocabulary, because output_mode is "tf_idf", received null.',
    );
}
