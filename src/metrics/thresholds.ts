import { aNumber, anInteger, either, type Kind, listOf, refine } from "../fields/kinds.ts";

/** A number from 0 to 1, an int or a float as it was given. */
export const aThreshold = refine(aNumber, "a number from 0 to 1", (x: number) => x >= 0 && x <= 1, {
  type: "number",
  minimum: 0,
  maximum: 1,
});

/** One threshold or several. */
export const someThresholds: Kind<number | readonly number[], number | readonly number[]> = either(
  aThreshold,
  (input) => typeof input === "number",
  listOf(aThreshold),
);

const mostThresholds = 2 ** 24;

/** How many thresholds there are, at least so many; no more than a metric can look at. */
export function thresholdCount(least: number) {
  const expected = `an integer from ${least} to ${mostThresholds}`;
  return refine(anInteger, expected, (count: number) => count >= least && count <= mostThresholds, {
    type: "integer",
    minimum: least,
    maximum: mostThresholds,
  });
}

/** `count` thresholds from 0 to 1, as far from each other; one alone is in the middle. */
export function evenThresholds(count: number): number[] {
  if (count === 1) return [0.5];
  const between = Array.from({ length: count - 2 }, (_, i) => (i + 1) / (count - 1));
  return [0, ...between, 1];
}

/** Whether thresholds are as far from each other, from 0 to 1. Source: Keras 3.6 `metrics/metrics_utils.py`. */
export function areEven(thresholds: readonly number[]): boolean {
  const last = thresholds.length - 1;
  if (last < 2) return false;
  return thresholds.every((threshold, i) => {
    const even = Math.fround(i / last);
    return Math.abs(threshold - even) <= 1e-7 + 1e-5 * even;
  });
}
