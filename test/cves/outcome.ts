/** What became of a sample, in a process that can reach no file, no program and no network. */
export interface Outcome {
  readonly exitCode: number;
  readonly verdict: string;
  readonly usable: boolean;
  /** What `check` found: a code and a message for each, the worst first. */
  readonly findings: readonly { readonly code: string; readonly message: string }[];
  /** What `loadModel` threw; null where it gave a model. */
  readonly error: string | null;
  /** What a computation with the model threw that `loadModel` gave; null where there is none, or it went well. */
  readonly running: string | null;
  /** What `loadModel` threw where what is not known is kept as data, and the model that comes of it is cloned. */
  readonly lenient: string | null;
  /** What was reached for; null for nothing. */
  readonly reached: string | null;
}
