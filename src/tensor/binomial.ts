import { log, log1p } from "./logarithm.ts";
import { drawUniform, floatFormats, type RandomFloat } from "./random.ts";
import { type Key, split } from "./threefry.ts";

const { fround } = Math;

/**
 * How many of `counts` trials succeed, each with the probability beside it: those of `jax.random.binomial`. NaN where a
 * count is below 0 or a probability outside 0 to 1.
 */
export function binomial(
  key: Key,
  counts: Float32Array,
  probabilities: Float32Array,
  dtype: RandomFloat = "float32",
): Float32Array {
  const { round } = floatFormats[dtype];
  const rarer = probabilities.map((p) => (p < 0.5 ? p : 1 - p)).map((q) => (q >= 0 ? q : 0.01));
  const whole = counts.map((count) => (count >= 0 && Number.isFinite(count) ? Math.floor(count) : 0));
  const isFew = Array.from(whole, (count, i) => fround(count * rarer[i]!) <= 10);
  const few = byGaps(
    key,
    whole.map((count, i) => (isFew[i] ? count : 0)),
    rarer,
  );
  const many = byRejection(
    key,
    whole.map((count, i) => (isFew[i] ? 1e4 : count)),
    rarer.map((q, i) => (isFew[i] ? 0.5 : q)),
  );
  return counts.map((count, i) => {
    const p = probabilities[i]!;
    if (!(count >= 0 && p >= 0 && p <= 1)) return Number.NaN;
    if (count === Number.POSITIVE_INFINITY) return count;
    const drawn = round(isFew[i] ? few[i]! : many[i]!);
    return p < 0.5 ? drawn : round(round(whole[i]!) - drawn);
  });
}

/** Adds up the gaps between successes until they are past the last trial. */
function byGaps(start: Key, counts: Float32Array, probabilities: Float32Array): Float32Array {
  const scale = probabilities.map((p) => log1p(-p));
  const successes = new Float32Array(counts.length).fill(-1);
  const passed = new Float32Array(counts.length);
  let key = start;
  while (passed.some((sum, i) => sum <= counts[i]!)) {
    const [own, next] = split(key) as [Key, Key];
    key = next;
    const even = drawUniform(own, 0, counts.length, 0, 1, floatFormats.float32);
    for (let i = 0; i < counts.length; i++) {
      if (passed[i]! <= counts[i]!) successes[i]! += 1;
      passed[i]! += Math.ceil(fround(log(even[i]!) / scale[i]!));
    }
  }
  return successes;
}

/**
 * Transformed rejection with squeeze. Source: Hörmann, The generation of binomial random variates (1993). All draw on
 * until each was accepted once; the last that was counts.
 */
function byRejection(start: Key, counts: Float32Array, probabilities: Float32Array): Float32Array {
  const drawn = new Float32Array(counts.length);
  const isDone = new Uint8Array(counts.length);
  const hats = Array.from(counts, (count, i) => hatOf(count, probabilities[i]!));
  let key = start;
  while (isDone.includes(0)) {
    const [next, first, second] = split(key, 3) as [Key, Key, Key];
    key = next;
    const us = drawUniform(first, 0, counts.length, 0, 1, floatFormats.float32);
    const vs = drawUniform(second, 0, counts.length, 0, 1, floatFormats.float32);
    for (let i = 0; i < counts.length; i++) {
      const accepted = acceptedUnder(hats[i]!, us[i]!, vs[i]!);
      if (accepted === null) continue;
      drawn[i] = accepted;
      isDone[i] = 1;
    }
  }
  return drawn;
}

/** What the candidates for one count and probability are made with. */
type Hat = ReturnType<typeof hatOf>;

function hatOf(count: number, p: number) {
  const mean = fround(count * p);
  const deviation = fround(Math.sqrt(fround(mean * fround(1 - p))));
  const b = fround(fround(1.15) + fround(2.53) * deviation);
  const a = fround(fround(fround(-0.0873) + fround(0.0248) * b) + fround(0.01) * p);
  return {
    count,
    a,
    b,
    centre: fround(count * p + 0.5),
    limit: fround(fround(0.92) - fround(fround(4.2) / b)),
    ratio: fround(p / fround(1 - p)),
    alpha: fround(fround(fround(2.83) + fround(fround(5.1) / b)) * deviation),
    mode: Math.floor(fround(fround(count + 1) * p)),
  };
}

/** The candidate that two even numbers make, or null where it is refused. */
function acceptedUnder({ count, a, b, centre, limit, ratio, alpha, mode }: Hat, even: number, v: number) {
  const u = fround(even - 0.5);
  const distance = fround(0.5 - Math.abs(u));
  const k = Math.floor(fround(fround(fround(fround(2 * a) / distance) + b) * u + centre));
  if (distance >= fround(0.07) && v <= limit) return k;
  if (k < 0 || k > count) return null;
  const scaled = fround(fround(v * alpha) / fround(fround(a / fround(distance * distance)) + b));
  const above = fround(fround(count - mode) + 1);
  const left = fround(fround(count - k) + 1);
  const first = fround(fround(mode + 0.5) * log(fround(fround(mode + 1) / fround(ratio * above))));
  const second = fround(fround(count + 1) * log(fround(above / left)) + first);
  const third = fround(fround(k + 0.5) * log(fround(fround(ratio * left) / fround(k + 1))) + second);
  const raised = fround(fround(third + tail(mode)) + tail(fround(count - mode)));
  return log(scaled) <= fround(fround(raised - tail(k)) - tail(fround(count - k))) ? k : null;
}

/** What Stirling's formula leaves of log(k!). */
const tails = Float32Array.of(
  0.0810614667953272,
  0.0413406959554092,
  0.0276779256849983,
  0.02079067210376509,
  0.0166446911898211,
  0.0138761288230707,
  0.0118967099458917,
  0.010411265261972,
  0.00925546218271273,
  0.00833056343336287,
);
// JAX 0.10 has this one, of 9 again as its series gives it, for all that are larger.
const largerTail = fround((1 / 12 - (1 / 360 - 1 / 1260 / 100) / 100) / 10);

function tail(k: number): number {
  return tails[Math.max(0, k)] ?? largerTail;
}
