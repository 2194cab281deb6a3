import { fromNested } from "../../../tensor/create.ts";
import { i32, type KnownValues } from "./known-value.ts";

const words = [
  "",
  "a",
  "hello",
  "12345678",
  "0123456789abcdefg",
  "x".repeat(32),
  "Grüße 😀",
  "u".repeat(200),
];
/** The fingerprints of `words` modulo a billion, and what SipHash makes of them with the key 133, 137. */
const fast = [34397263, 809363939, 427800296, 990384362, 191061578, 999808517, 944800407, 650748993];
const strong = [774450900, 121841354, 479190957, 853178492, 170619355, 179586341, 63391239, 845376292];

/** What TensorFlow 2.18 gives. */
export const textValues: KnownValues<
  "standardize_text" | "split_text" | "ngrams" | "lookup" | "hash_text" | "hash_cross"
> = {
  standardize_text: [
    [
      [fromNested(["The cat, SAT!", "ÄÖ ~[x]\\`^_'\"", "İ 1-2"])],
      { lower: true, strip: true },
      [fromNested(["the cat sat", "ÄÖ x", "İ 12"])],
    ],
    [[fromNested(["A-B"])], { lower: true, strip: false }, [fromNested(["a-b"])]],
    [[fromNested(["A-B"])], { lower: false, strip: true }, [fromNested(["AB"])]],
  ],
  split_text: [
    [
      [fromNested(["  a b\u00a0c\td ", "", "\u2003x\ve\f"])],
      { by: "whitespace" },
      [
        fromNested([
          ["a", "b\u00a0c", "d"],
          ["", "", ""],
          ["\u2003x", "e", ""],
        ]),
      ],
    ],
    [[fromNested("a😀é")], { by: "character" }, [fromNested(["a", "😀", "é"])]],
    [[fromNested(["", " "])], { by: "whitespace" }, [fromNested([[], []], "string")]],
  ],
  ngrams: [
    [
      [
        fromNested([
          ["a", "b", "c"],
          ["d", "", ""],
        ]),
      ],
      { widths: [1, 2], isPadded: true },
      [
        fromNested([
          ["a", "b", "c", "a b", "b c"],
          ["d", "", "", "", ""],
        ]),
      ],
    ],
    [[fromNested(["a", "", "c"])], { widths: [2], isPadded: false }, [fromNested(["a ", " c"])]],
    [[fromNested([["a"]])], { widths: [3], isPadded: false }, [fromNested([[]], "string")]],
  ],
  lookup: [
    [[fromNested([["b", "z", ""]]), fromNested(["", "a", "b"])], { all: false }, [i32([1, 3], [2, -1, 0])]],
    [[fromNested([5n, 2n ** 60n, 1n]), fromNested([2n ** 60n, 5n])], { all: false }, [i32([3], [1, 0, -1])]],
  ],
  hash_text: [
    [[fromNested(words)], { bins: 1e9, salt: null }, [i32([8], fast)]],
    [[fromNested(words)], { bins: 1e9, salt: [133n, 137n] }, [i32([8], strong)]],
    [[fromNested([12345678])], { bins: 1e9, salt: null }, [i32([1], [990384362])]],
  ],
  hash_cross: [
    [
      [fromNested([["a"], ["b"]]), fromNested([["c"], ["d"]])],
      { bins: 1e6 },
      [i32([2, 1], [407566, 991454])],
    ],
    [[fromNested(["a", "b"]), fromNested([101, -5])], { bins: 1e6 }, [i32([2], [192162, 795589])]],
    [
      [fromNested(["a", "b"]), fromNested([101, -5]), fromNested([7, 8])],
      { bins: 1e6 },
      [i32([2], [666381, 688004])],
    ],
    [[fromNested([1, 2]), fromNested([101, -5])], { bins: 1e6 }, [i32([2], [831870, 453546])]],
  ],
};
