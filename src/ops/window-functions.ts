import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { made } from "./made.ts";
import { asDType } from "./operands.ts";
import { besselOf } from "./special-functions.ts";

/** Numbers for each of `length` places, float32. */
function windowOf(name: string, length: number, at: (share: number) => number): Numeric {
  return made(name, [length], "float32", () =>
    Array.from({ length }, (_, i) => (length === 1 ? 1 : at(i / (length - 1)))),
  );
}

/** A sum of cosines of the angles around a circle, with these factors. */
function cosines(name: string, length: number, factors: readonly number[]): Numeric {
  return windowOf(name, length, (share) =>
    factors.reduce((sum, factor, i) => sum + factor * Math.cos(2 * Math.PI * i * share), 0),
  );
}

/**
 * The Bartlett window: a triangle that is 0 at both ends.
 *
 * @param x How many numbers.
 */
export function bartlett(x: number): Numeric {
  return windowOf("bartlett", x, (share) => 1 - Math.abs(2 * share - 1));
}

/**
 * The Blackman window: three cosines, 0 at both ends.
 *
 * @param x How many numbers.
 */
export function blackman(x: number): Numeric {
  return cosines("blackman", x, [0.42, -0.5, 0.08]);
}

/**
 * The Hamming window: a raised cosine, 0.08 at both ends.
 *
 * @param x How many numbers.
 */
export function hamming(x: number): Numeric {
  return cosines("hamming", x, [0.54, -0.46]);
}

/**
 * The Hann window: a raised cosine, 0 at both ends.
 *
 * @param x How many numbers.
 */
export function hanning(x: number): Numeric {
  return cosines("hanning", x, [0.5, -0.5]);
}

/**
 * The Kaiser window, of Bessel functions.
 *
 * @param x How many numbers.
 * @param beta How narrow it is: at 0 all are 1.
 */
export function kaiser(x: number, beta: number): Numeric {
  const arcs = windowOf("kaiser", x, (share) => beta * Math.sqrt(Math.max(0, 1 - (2 * share - 1) ** 2)));
  return x === 1 ? arcs : prim("div", [besselOf(arcs), besselOf(asDType(beta, "float32"))]);
}
