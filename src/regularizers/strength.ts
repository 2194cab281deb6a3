import type { Kind } from "../fields/kinds.ts";

/** A strength, which Keras requires to be finite and of at least 0. */
export const aStrength: Kind<number | null, number> = strength(0, (value) => value);

/** One that Keras keeps as a float32 number and writes as such: 0.01 becomes 0.009999999776482582. */
export const aFloat32Strength: Kind<number | null, number> = strength(Math.fround(0.01), Math.fround);

function strength(ofNull: number, round: (value: number) => number): Kind<number | null, number> {
  return {
    kind: "float",
    expected: "a finite number of at least 0",
    float: true,
    schema: { type: "number", minimum: 0 },
    parse(input, problems) {
      if (input === null) return ofNull;
      const fits = typeof input === "number" && Number.isFinite(input) && input >= 0;
      return fits ? round(input) : problems.expected(this.expected, input);
    },
    toJson: (value) => value,
  };
}
