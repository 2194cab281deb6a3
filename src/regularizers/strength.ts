import type { Kind } from "../fields/kinds.ts";

/** A finite number of at least 0; null stands for the default. */
export function strength(
  ofNull: number,
  round: (value: number) => number = (value) => value,
): Kind<number | null, number> {
  return {
    kind: "float",
    expected: "a finite number of at least 0",
    float: true,
    schema: { type: "number", minimum: 0 },
    parse(input, problems) {
      const value = input ?? ofNull;
      const rounded = typeof value === "number" ? round(value) : Number.NaN;
      return Number.isFinite(rounded) && rounded >= 0 ? rounded : problems.expected(this.expected, input);
    },
    toJson: (value) => value,
  };
}

/** One that Keras keeps as a float32 number and writes as such: 0.01 becomes 0.009999999776482582. */
export function float32Strength(ofNull: number): Kind<number | null, number> {
  return strength(ofNull, Math.fround);
}
