import { invariant } from "./errors.ts";

/** Two lists of one length, side by side: `pairs([1, 2], ["a", "b"])` is `[[1, "a"], [2, "b"]]`. */
export function pairs<A, B>(first: readonly A[], second: readonly B[]): [A, B][] {
  invariant(first.length === second.length, `${first.length} values meet ${second.length}`);
  return first.map((value, i) => [value, second[i] as B]);
}
