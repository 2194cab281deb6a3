import { describe, expect, it } from "vitest";
import { fromNested, type NestedArray } from "./create.ts";
import { type DecodeOptions, decodePredictions } from "./decode-predictions.ts";

const scores = [
  [0.25, 0.5, 0.25],
  [0, 0.25, 0.75],
];
const index = { "0": ["n0", "tench"], "1": ["n1", "goldfish"], "2": ["n2", "shark"] } as const;

describe("decodePredictions", () => {
  it("reads Keras's index of classes", () => {
    expect(decodePredictions(fromNested(scores), { top: 2, labels: index })).toEqual([
      [
        { index: 1, value: 0.5, label: "goldfish", id: "n1" },
        { index: 0, value: 0.25, label: "tench", id: "n0" },
      ],
      [
        { index: 2, value: 0.75, label: "shark", id: "n2" },
        { index: 1, value: 0.25, label: "goldfish", id: "n1" },
      ],
    ]);
  });

  it("takes a list of names, and gives all where there are fewer than five", () => {
    const [first] = decodePredictions(fromNested(scores, "float16"), { labels: ["a", "b", "c"] });
    expect(first).toEqual([
      { index: 1, value: 0.5, label: "b", id: null },
      { index: 0, value: 0.25, label: "a", id: null },
      { index: 2, value: 0.25, label: "c", id: null },
    ]);
  });

  it.each<[NestedArray, unknown, string]>([
    [
      scores,
      { labels: ["a"] },
      ": expected scores of shape (samples, 1), as many as labels, received (2, 3).",
    ],
    [
      [1, 2, 3],
      { labels: index },
      ": expected scores of shape (samples, 3), as many as labels, received (3,).",
    ],
    [scores, { labels: index, top: 0 }, ": expected top to be at least 1, received 0."],
    [scores, { labels: index, tops: 1 }, ': unknown option "tops". Did you mean "top"?'],
    [scores, undefined, ": expected an object of options, received undefined."],
    [scores, {}, ".labels: expected a list of names, or an object"],
    [scores, { labels: [] }, ".labels: expected a list of names, or an object"],
    [scores, { labels: ["a", 1, "c"] }, ".labels[1]: expected a list of names, or an object"],
    [scores, { labels: { "0": ["n0", "tench"], "2": ["n2", "shark"] } }, ".labels[1]: expected a list of"],
    [scores, { labels: { "0": "tench" } }, ".labels[0]: expected a list of names, or an object"],
  ])("refuses %j with %j", (values, options, message) => {
    expect(() => decodePredictions(fromNested(values), options as DecodeOptions)).toThrow(
      `decodePredictions${message}`,
    );
  });

  it("refuses what is no tensor", () => {
    expect(() => decodePredictions([1] as never, { labels: ["a"] })).toThrow(
      "decodePredictions: expected a tensor, received [1].",
    );
  });
});
