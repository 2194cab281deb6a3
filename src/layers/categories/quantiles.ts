/**
 * What is known of the numbers seen so far: values in rising order, and how many numbers each stands for. Both are
 * rounded as float32 is. Source: Keras 3.6 `layers/preprocessing/discretization.py`.
 */
export interface Quantiles {
  readonly values: Float32Array;
  readonly weights: Float32Array;
}

export const noQuantiles: Quantiles = { values: new Float32Array(), weights: new Float32Array() };

/** About `1 / epsilon` of the numbers, evenly spaced in their order; all of them where there are fewer. */
export function summarized(numbers: Float32Array, epsilon: number, startsAtStep: boolean): Quantiles {
  const sorted = numbers.slice().sort();
  const increment = sorted.length / (1 / epsilon);
  const step = Math.max(increment, 1);
  const taken: number[] = [];
  const start = Math.trunc(startsAtStep ? step - 1 : increment);
  for (let i = start; i < sorted.length; i += Math.trunc(step)) taken.push(sorted[i]!);
  return { values: Float32Array.from(taken), weights: new Float32Array(taken.length).fill(step) };
}

/** What is known of two batches, in no more values than `1 / epsilon`. */
export function merged(a: Quantiles, b: Quantiles, epsilon: number): Quantiles {
  const values = [...a.values, ...b.values];
  const weights = [...a.weights, ...b.weights];
  const order = values.map((_, i) => i).sort((i, j) => compare(values[i]!, values[j]!));
  return compressed(
    {
      values: Float32Array.from(order, (i) => values[i]!),
      weights: Float32Array.from(order, (i) => weights[i]!),
    },
    epsilon,
  );
}

/** The numbers between as many bins as there are to be, each with about as many of what was seen. */
export function boundariesOf(quantiles: Quantiles, bins: number): number[] {
  return [...compressed(quantiles, 1 / bins).values.slice(0, -1)];
}

function compressed({ values, weights }: Quantiles, epsilon: number): Quantiles {
  if (values.length * epsilon < 1) return { values, weights };
  let sum = 0;
  const sums = weights.map((weight) => {
    sum = Math.fround(sum + weight);
    return sum;
  });
  const shares = sums.map((part) => part / sum);
  const wanted = Array.from({ length: Math.ceil(1 / epsilon) }, (_, i) => epsilon + i * epsilon);
  const reached = wanted.map((share) => interpolated(share, shares, sums));
  return {
    values: Float32Array.from(wanted, (share) => interpolated(share, shares, values)),
    weights: Float32Array.from(reached, (part, i) => part - (reached[i - 1] ?? 0)),
  };
}

/** The height at `x` of the line through points; beyond them that of the nearest. */
function interpolated(x: number, xs: Float32Array, heights: Float32Array): number {
  const last = xs.length - 1;
  if (x < xs[0]!) return heights[0]!;
  if (x >= xs[last]!) return heights[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle]! <= x) low = middle;
    else high = middle;
  }
  const [left, right] = [xs[low]!, xs[high]!];
  const [from, to] = [heights[low]!, heights[high]!];
  return x === left ? from : ((to - from) / (right - left)) * (x - left) + from;
}

/** Numbers rise, and NaN stands behind all. */
function compare(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  return Number.isNaN(b) ? -1 : a - b;
}
