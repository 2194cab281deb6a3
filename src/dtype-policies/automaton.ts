import { ConfigError } from "../errors.ts";
import type { CharacterTest } from "./pattern-escapes.ts";
import { type Pattern, type PlaceTest, parsePattern } from "./pattern-syntax.ts";

/** One step of an automaton: a character, a place or a fork, and the steps behind it. */
type Step =
  | { readonly has: CharacterTest; readonly next: number }
  | { readonly holds: PlaceTest; readonly next: number }
  | { fork: readonly number[] };

/** More steps than anybody's expression for the paths of layers has. */
const mostSteps = 10_000;
/** The step at which all of a text has matched. */
const end = 0;

/**
 * A test whether all of a text matches a regular expression of Python, as `re.fullmatch` says. It takes a time that grows
 * with the length of the text alone: no step is taken twice at one place of the text. `path` is where the expression stands.
 */
export function fullMatcher(path: string, pattern: string): (text: string) => boolean {
  const steps: Step[] = [{ fork: [] }];

  function add(step: Step): number {
    if (steps.length === mostSteps) {
      throw new ConfigError(
        path,
        `expected a regular expression of at most ${mostSteps} steps, received one with more.`,
      );
    }
    return steps.push(step) - 1;
  }

  /** Adds the steps of a pattern in front of those that follow; gives the first. */
  function build(node: Pattern, next: number): number {
    switch (node.kind) {
      case "one":
        return add({ has: node.has, next });
      case "place":
        return add({ holds: node.holds, next });
      case "sequence":
        return node.items.reduceRight((behind, item) => build(item, behind), next);
      case "choice":
        if (node.items.length === 1) return build(node.items[0]!, next);
        return add({ fork: node.items.map((item) => build(item, next)) });
      case "repeat":
        return times(node.item, node.least, optional(node.item, node.most - node.least, next));
    }
  }

  /** Up to `count` times more. */
  function optional(item: Pattern, count: number, next: number): number {
    let first = next;
    if (count === Number.POSITIVE_INFINITY) {
      const loop: { fork: readonly number[] } = { fork: [] };
      first = add(loop);
      loop.fork = [build(item, first), next];
      return first;
    }
    for (let i = 0; i < count; i++) {
      const body = build(item, first);
      if (body === first) break; // nothing, as often as it may be
      first = add({ fork: [body, next] });
    }
    return first;
  }

  function times(item: Pattern, count: number, next: number): number {
    let first = next;
    for (let i = 0; i < count; i++) {
      const body = build(item, first);
      if (body === first) break;
      first = body;
    }
    return first;
  }

  /** The steps that wait for a character, and the end, as far as they are reached from others without one. */
  function reached(from: Iterable<number>, text: readonly string[], index: number): Set<number> {
    const seen = new Set(from);
    for (const at of seen) {
      const step = steps[at]!;
      if ("fork" in step) for (const next of step.fork) seen.add(next);
      else if ("holds" in step && step.holds(text, index)) seen.add(step.next);
    }
    return seen;
  }

  const start = build(parsePattern(path, pattern), end);
  return (text) => {
    const characters = [...text];
    let current = reached([start], characters, 0);
    for (const [index, character] of characters.entries()) {
      const next = new Set<number>();
      for (const at of current) {
        const step = steps[at]!;
        if ("has" in step && step.has(character)) next.add(step.next);
      }
      if (next.size === 0) return false;
      current = reached(next, characters, index + 1);
    }
    return current.has(end);
  };
}
