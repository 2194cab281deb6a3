import { type Kind, same } from "../../fields/kinds.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonValue } from "../../json/json.ts";
import { toNumbers } from "../../tensor/cast.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Encoding } from "./encode.ts";
import { type Term, termsOf } from "./term.ts";

/** What the integers of a vocabulary become: as {@link Encoding}, or counts that say how much each term tells. */
export type LookupMode = Encoding | "tf_idf";

const modes: Readonly<Record<string, LookupMode>> = {
  int: "int",
  one_hot: "one_hot",
  multi_hot: "multi_hot",
  count: "count",
  tf_idf: "tf_idf",
  // The names of TensorFlow 2.3.
  binary: "multi_hot",
  "tf-idf": "tf_idf",
};

/** One of some ways to give categories, by its name or the name that it once had. */
export function aMode<M extends LookupMode>(...allowed: readonly M[]): Kind<M | "binary" | "tf-idf", M> {
  const names = Object.keys(modes).filter((name) => (allowed as readonly string[]).includes(modes[name]!));
  return {
    kind: "choice",
    expected: `one of ${allowed.map((name) => inspect(name)).join(", ")}`,
    schema: { enum: names },
    parse(input, problems) {
      const found = typeof input === "string" && names.includes(input) ? modes[input] : undefined;
      return found === undefined ? problems.expected(this.expected, input) : (found as M);
    },
    toJson: same,
    copy: same,
  };
}

const isInteger = (item: unknown): item is number | bigint =>
  Number.isInteger(item) || typeof item === "bigint";

/** A list of terms, or the path of a file that has them, which is kept and not read. */
function aVocabulary<T extends Term>(
  expected: string,
  isTerm: (item: unknown) => item is T,
  items: JsonValue,
): Kind<readonly T[] | Tensor | string, readonly T[] | string> {
  return {
    kind: "vocabulary",
    expected,
    schema: { anyOf: [{ type: "array", items }, { type: "string" }] },
    parse(input, problems) {
      if (typeof input === "string") return input;
      const terms: unknown = input instanceof Tensor ? termsOf(input) : input;
      return Array.isArray(terms) && terms.every(isTerm) ? terms : problems.expected(expected, input);
    },
    toJson: (value): JsonValue => (typeof value === "string" ? value : [...value]),
    copy: same,
  };
}

export const texts = aVocabulary<string>(
  "a list of texts",
  (item): item is string => typeof item === "string",
  { type: "string" },
);

export const integers = aVocabulary<number | bigint>("a list of integers", isInteger, { type: "integer" });

/** Numbers in a list, each kept as the int or the float that it is. */
export const someNumbers: Kind<readonly number[] | Tensor, readonly number[]> = {
  kind: "numbers",
  expected: "a list of numbers",
  schema: { type: "array", items: { type: "number" } },
  parse(input, problems) {
    const numbers: unknown = input instanceof Tensor ? [...toNumbers(input)] : input;
    const fits = Array.isArray(numbers) && numbers.every((item) => typeof item === "number");
    return fits ? numbers : problems.expected(this.expected, input);
  },
  toJson: (value): JsonValue => [...value],
  copy: same,
};

/** The key of a hash that is hard to guess: two integers; one stands for two. */
export type Salt = readonly [number | bigint, number | bigint];

export const aSalt: Kind<number | bigint | readonly (number | bigint)[], Salt> = {
  kind: "salt",
  expected: "an integer or 2 of them",
  schema: { type: "array", items: { type: "integer" }, minItems: 2, maxItems: 2 },
  parse(input, problems) {
    if (isInteger(input)) return [input, input];
    const [low, high, ...more] = Array.isArray(input) ? (input as unknown[]) : [];
    const fits = isInteger(low) && isInteger(high) && more.length === 0;
    return fits ? [low, high] : problems.expected(this.expected, input);
  },
  toJson: (value): JsonValue => [...value],
  copy: same,
};

/** The salt as a primitive takes it. */
export function saltOf(salt: Salt | null): readonly [bigint, bigint] | null {
  return salt && [BigInt(salt[0]), BigInt(salt[1])];
}
