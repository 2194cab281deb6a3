import { describe, expect, it } from "vitest";
import { erf } from "./erf.ts";

describe("erf", () => {
  it.each([
    // From Python's math.erf.
    [1e-300, 1.1283791670955126e-300],
    [1e-9, 1.1283791670955127e-9],
    [0.1, 0.1124629160182849],
    [0.5, 0.5204998778130465],
    [0.84, 0.7651427114549946],
    [0.85, 0.7706680576083526],
    [1, 0.8427007929497149],
    [1.2, 0.9103139782296353],
    [1.26, 0.9252359418101295],
    [2, 0.9953222650189527],
    [2.5, 0.999593047982555],
    [2.85, 0.9999443437200386],
    [2.86, 0.9999475988269556],
    [3, 0.9999779095030014],
    [4, 0.9999999845827421],
    [5, 0.9999999999984626],
    [5.9, 0.9999999999999999],
  ])("of %d is %d, and of its negative the negative", (x, expected) => {
    expect(Math.abs(erf(x) / expected - 1)).toBeLessThanOrEqual(3e-16);
    expect(erf(-x)).toBe(-erf(x));
  });

  it("has its limits and keeps signs and NaN", () => {
    expect(erf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(erf(Number.NEGATIVE_INFINITY)).toBe(-1);
    expect(erf(6)).toBe(1);
    expect(erf(0)).toBe(0);
    expect(erf(-0)).toBe(-0);
    expect(erf(Number.NaN)).toBeNaN();
  });

  it("never falls, across the borders of its formulas too", () => {
    for (const border of [0.84375, 1.25, 1 / 0.35, 6]) {
      for (let i = -50; i < 50; i++) {
        expect(erf(border + i * 1e-10)).toBeLessThanOrEqual(erf(border + (i + 1) * 1e-10));
      }
    }
  });
});
