import { log1p, log as logarithm } from "./logarithm.ts";
import { drawNormal, drawUniform, type FloatFormat, floatFormats, type RandomFloat } from "./random.ts";
import { type Key, split } from "./threefry.ts";

/**
 * A number of a gamma distribution for each shape parameter, or its logarithm: those of `jax.random.gamma` and
 * `loggamma`. In float32 XLA lets the processor guess an inverse square root, and kinds of processors guess otherwise:
 * the last bits may differ. Source: Marsaglia and Tsang, A simple method for generating gamma variables (2000).
 */
export function gamma(
  key: Key,
  alphas: Float32Array,
  isLog: boolean,
  dtype: RandomFloat = "float32",
): Float32Array {
  const keys = split(key, alphas.length);
  const arithmetic = arithmeticIn(dtype);
  return alphas.map((alpha, i) => drawOne(keys[i]!, alpha, isLog, arithmetic));
}

/** How XLA computes in a format on a CPU. */
interface Arithmetic extends FloatFormat {
  /** `a * b + c`. */
  readonly fused: (a: number, b: number, c: number) => number;
  /** A number divided by a square root. */
  readonly overRoot: (x: number, square: number) => number;
  readonly log: (x: number) => number;
}

function arithmeticIn(dtype: RandomFloat): Arithmetic {
  const format = floatFormats[dtype];
  const { round } = format;
  const log = (x: number) => round(logarithm(x));
  const root = (x: number) => round(Math.sqrt(x));
  if (dtype === "bfloat16") {
    const fused = (a: number, b: number, c: number) => round(round(a * b) + c);
    return { ...format, log, fused, overRoot: (x, square) => round(x / root(square)) };
  }
  const inverse = dtype === "float16" ? (x: number) => round(1 / root(x)) : inverseRoot;
  const fused = (a: number, b: number, c: number) => round(a * b + c);
  return { ...format, log, fused, overRoot: (x, square) => round(x * inverse(square)) };
}

function drawOne(key: Key, alpha: number, isLog: boolean, arithmetic: Arithmetic): number {
  const { round, log } = arithmetic;
  // Below 1 a number is drawn for 1 more, and made smaller.
  const isBoosted = !(alpha >= 1);
  const third = round(1 / 3);
  const d = round((isBoosted ? round(alpha + 1) : alpha) - third);
  if (!(d > 0 && d < Number.POSITIVE_INFINITY)) return Number.NaN;
  const [start, boostKey] = split(key) as [Key, Key];
  const cube = acceptedCube(start, d, arithmetic.overRoot(third, d), arithmetic);
  const even = oneUniform(boostKey, arithmetic);
  if (isLog) {
    const drawn = round(log1p(-even));
    const boost = isBoosted && drawn !== 0 ? round(drawn * round(1 / alpha)) : 0;
    return round(round(log(d) + log(cube)) + boost);
  }
  const boost = isBoosted ? orZero(round(round(1 - even) ** round(1 / alpha))) : 1;
  return orZero(round(round(d * cube) * boost));
}

/** The cube of `1 + c x` for the first normal `x` that is accepted. */
function acceptedCube(start: Key, d: number, c: number, arithmetic: Arithmetic): number {
  const { round, log, fused } = arithmetic;
  const squeeze = round(-0.0331);
  let key = start;
  for (;;) {
    const [next, normalKey, evenKey] = split(key, 3) as [Key, Key, Key];
    key = next;
    const [x, v] = positiveCandidate(normalKey, c, arithmetic);
    const square = round(x * x);
    const cube = round(round(v * v) * v);
    const even = oneUniform(evenKey, arithmetic);
    if (even < fused(squeeze, round(square * square), 1)) return cube;
    const rest = round(round(1 - cube) + log(cube));
    if (log(even) < fused(d, rest, round(square * 0.5))) return cube;
  }
}

/** The first normal `x` for which `1 + c x` is above 0, and that. */
function positiveCandidate(start: Key, c: number, arithmetic: Arithmetic): [x: number, v: number] {
  let key = start;
  for (;;) {
    const [next, own] = split(key) as [Key, Key];
    key = next;
    const x = drawNormal(own, 0, 1, arithmetic)[0]!;
    const v = arithmetic.fused(x, c, 1);
    if (v > 0) return [x, v];
  }
}

function oneUniform(key: Key, format: FloatFormat): number {
  return drawUniform(key, 0, 1, 0, 1, format)[0]!;
}

/** XLA's inverse square root in float32: a guess, made better by Newton's method. */
function inverseRoot(x: number): number {
  const { fround } = Math;
  const guess = fround(1 / Math.sqrt(x));
  const error = fround(fround(x * guess) * guess - 1);
  return fround(fround(-0.5 * guess) * error + guess);
}

/** What is smaller than the least normal number of float32 is 0 to XLA. */
function orZero(x: number): number {
  return x < 2 ** -126 ? 0 : x;
}
