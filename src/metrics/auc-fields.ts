import { type Kind, listOf, nullable, optional, same } from "../fields/kinds.ts";
import { bool, positiveInt } from "../fields/shorthands.ts";
import type { JsonObject } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { objectKind } from "../registry/object-field.ts";
import { castTensor, fromNested } from "../tensor/create.ts";
import { Tensor } from "../tensor/tensor.ts";
import { metricFields } from "./metric.ts";
import { aThreshold, thresholdCount } from "./thresholds.ts";

/** One of some words, which may also be written in another case. */
function word<const T extends string>(words: readonly T[], others: Readonly<Record<string, T>>): Kind<T, T> {
  const expected = `one of ${words.map((word) => quote(word)).join(", ")}`;
  return {
    kind: "choice",
    expected,
    schema: { enum: [...words, ...Object.keys(others)] },
    parse(input, problems) {
      const found = words.find((each) => each === input) ?? others[String(input)];
      return found ?? problems.expected(expected, input);
    },
    toJson: (value) => value,
    copy: same,
  };
}

const aCurve = word(["ROC", "PR", "PRGAIN"], { roc: "ROC", pr: "PR", prgain: "PRGAIN" });
const aMethod = word(["interpolation", "majoring", "minoring"], {
  Interpolation: "interpolation",
  Majoring: "majoring",
  Minoring: "minoring",
});

const numbers = objectKind("tensor", "a list of numbers", areNumbers);

function areNumbers(found: unknown): found is Tensor | readonly number[] {
  if (Array.isArray(found)) return found.every((item) => typeof item === "number");
  return found instanceof Tensor && found.shape.length === 1;
}

/** Weights of labels: numbers, which Keras writes as a tensor. */
const labelWeights: Kind<readonly number[] | Tensor | Readonly<JsonObject>, Tensor> = {
  ...numbers,
  parse(input, problems) {
    const found = numbers.parse(input, problems);
    return found instanceof Tensor ? castTensor(found, "float32") : found && fromNested(found, "float32");
  },
  copy: same,
};

/** The fields of AUC, in the order Keras writes them. */
export const aucFields = {
  ...metricFields,
  /** How many thresholds there are, the two ends included; as many as `thresholds` and 2, where those are given. Defaults to 200. */
  num_thresholds: optional(thresholdCount(2), 200),
  /** The curve: `"ROC"`, `"PR"` or, since Keras 3.11, `"PRGAIN"`. Defaults to "ROC". */
  curve: optional(aCurve, "ROC"),
  /** How heights between thresholds are taken: `"interpolation"`, `"majoring"` or `"minoring"`. Defaults to "interpolation". */
  summation_method: optional(aMethod, "interpolation"),
  /** Whether the labels along the last axis have curves of their own, whose areas are averaged. Defaults to false. */
  multi_label: bool(false),
  /** How many labels there are, where they have curves of their own. Defaults to null: what the first update has. */
  num_labels: positiveInt(null),
  /** How much each label counts. Defaults to null: all the same. */
  label_weights: optional(nullable(labelWeights), null),
  /** Whether predictions are from before a sigmoid. Defaults to false. */
  from_logits: bool(false),
  /** Thresholds between 0 and 1, in any order. Defaults to null: as far from each other. */
  thresholds: optional(nullable(listOf(aThreshold)), null, { omitIfDefault: true }),
};
