import { fromNested } from "../../tensor/create.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Trials } from "./case.ts";
import type { Random } from "./random.ts";

const pieces = ["The", "cat,", "SAT", "on", "  ", "\t", "ÄÖ", "mat!", "😀", "a-b", ""];
const words = ["a", "b", "cd", "", "ef", "ÄÖ", "😀"];

function pick(random: Random, from: readonly string[]): string {
  return from[Math.floor(random.next() * from.length)]!;
}

function texts(shape: StaticShape, next: () => string): Tensor {
  const [length, ...inner] = shape;
  const fill = ([size, ...rest]: StaticShape): string | readonly unknown[] =>
    size === undefined ? next() : Array.from({ length: size }, () => fill(rest));
  return fromNested(Array.from({ length: length! }, () => fill(inner)) as string[], "string");
}

function sentences(random: Random, shape: StaticShape): Tensor {
  return texts(shape, () => Array.from({ length: 5 }, () => pick(random, pieces)).join(" "));
}

function tokens(random: Random, shape: StaticShape): Tensor {
  return texts(shape, () => pick(random, words));
}

/** What works on texts, or on keys that may be some. */
export const textTrials: {
  standardize_text: Trials<"standardize_text">;
  split_text: Trials<"split_text">;
  ngrams: Trials<"ngrams">;
  lookup: Trials<"lookup">;
  hash_text: Trials<"hash_text">;
  hash_cross: Trials<"hash_cross">;
} = {
  standardize_text: (random) =>
    [
      { label: "both", attributes: { lower: true, strip: true } },
      { label: "lower", attributes: { lower: true, strip: false } },
      { label: "strip", attributes: { lower: false, strip: true } },
    ].map((trial) => ({ ...trial, inputs: [sentences(random, [2, 3])] })),
  split_text: (random) =>
    (["whitespace", "character"] as const).map((by) => ({
      label: by,
      inputs: [sentences(random, [4])],
      attributes: { by },
    })),
  ngrams: (random) =>
    [true, false].map((isPadded) => ({
      label: isPadded ? "padded" : "all",
      inputs: [tokens(random, [3, 5])],
      attributes: { widths: [1, 3], isPadded },
    })),
  lookup: (random) => [
    {
      label: "texts",
      inputs: [tokens(random, [3, 4]), fromNested(["cd", "", "a"])],
      attributes: { all: false },
    },
    {
      label: "integers",
      inputs: [random.integers([3, 4], 0, 9), fromNested([7, 2, 5, 0], "int32")],
      attributes: { all: false },
    },
    { label: "all", inputs: [tokens(random, [5]), fromNested(words)], attributes: { all: true } },
  ],
  hash_text: (random) => [
    { label: "texts", inputs: [sentences(random, [3, 4])], attributes: { bins: 1000, salt: null } },
    { label: "salt", inputs: [sentences(random, [3, 4])], attributes: { bins: 1000, salt: [1n, -2n] } },
    { label: "integers", inputs: [random.integers([6])], attributes: { bins: 1000, salt: null } },
  ],
  hash_cross: (random) => [
    {
      label: "texts",
      inputs: [tokens(random, [5]), sentences(random, [5]), tokens(random, [5])],
      attributes: { bins: 1000 },
    },
    {
      label: "integers",
      inputs: [random.integers([5, 1]), random.integers([5, 1])],
      attributes: { bins: 1000 },
    },
  ],
};
