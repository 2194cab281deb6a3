/** A symmetric window at place `n` of `length`, which is at least 2. */
type Shape = (n: number, length: number) => number;

const { PI, abs, cos, exp, sin } = Math;

/** A sum of cosines, by their amplitudes. */
function cosines(...amplitudes: readonly number[]): Shape {
  return (n, length) => {
    const angle = -PI + (2 * PI * n) / (length - 1);
    return amplitudes.reduce((sum, amplitude, k) => sum + amplitude * cos(k * angle), 0);
  };
}

/** A window of how far a place is from the middle: 0 there, 1 at the ends. */
function ofDistance(shape: (distance: number) => number): Shape {
  return (n, length) => shape(abs((2 * n) / (length - 1) - 1));
}

function sinc(x: number): number {
  return x === 0 ? 1 : sin(PI * x) / (PI * x);
}

/** Cubic pieces, over a half that reaches half a place beyond the ends. */
function parzen(n: number, length: number): number {
  const place = abs(n - (length - 1) / 2);
  const share = place / (length / 2);
  return place <= (length - 1) / 4 ? 1 - 6 * share ** 2 + 6 * share ** 3 : 2 * (1 - share) ** 3;
}

/** Flat over the middle half, a raised cosine on both sides. */
function tukey(n: number, length: number): number {
  const share = Math.min(n, length - 1 - n) / (length - 1);
  const isSide = Math.min(n, length - 1 - n) <= Math.floor((length - 1) / 4);
  return isSide ? 0.5 * (1 + cos(PI * (4 * share - 1))) : 1;
}

/** A sum of four terms that keeps the first side lobes 30 decibels down. */
function taylor(n: number, length: number): number {
  const terms = 4;
  const a = Math.acosh(10 ** (30 / 20)) / PI;
  const spread = terms ** 2 / (a ** 2 + (terms - 0.5) ** 2);
  const orders = Array.from({ length: terms - 1 }, (_, i) => i + 1);
  const factors = orders.map((m) => {
    const zeros = orders.reduce((made, k) => made * (1 - m ** 2 / spread / (a ** 2 + (k - 0.5) ** 2)), 1);
    const others = orders.reduce((made, k) => (k === m ? made : made * (1 - m ** 2 / k ** 2)), 2);
    return ((m % 2 ? 1 : -1) * zeros) / others;
  });
  const at = (place: number) =>
    orders.reduce(
      (sum, m, i) => sum + 2 * factors[i]! * cos((2 * PI * m * (place - length / 2 + 0.5)) / length),
      1,
    );
  return at(n) / at((length - 1) / 2);
}

const shapes: Readonly<Record<string, Shape>> = {
  barthann: ofDistance((x) => 0.62 - 0.24 * x + 0.38 * cos(PI * x)),
  bartlett: ofDistance((x) => 1 - x),
  blackman: cosines(0.42, 0.5, 0.08),
  blackmanharris: cosines(0.35875, 0.48829, 0.14128, 0.01168),
  bohman: ofDistance((x) => (x === 1 ? 0 : (1 - x) * cos(PI * x) + sin(PI * x) / PI)),
  boxcar: () => 1,
  cosine: (n, length) => sin((PI / length) * (n + 0.5)),
  exponential: (n, length) => exp(-abs(n - (length - 1) / 2)),
  flattop: cosines(0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368),
  hamming: cosines(0.54, 0.46),
  hann: cosines(0.5, 0.5),
  lanczos: ofDistance(sinc),
  nuttall: cosines(0.3635819, 0.4891775, 0.1365995, 0.0106411),
  parzen,
  taylor,
  triangle: (n, length) => (2 * Math.min(n, length - 1 - n) + 1 + (length % 2)) / (length + (length % 2)),
  tukey,
};

/** What SciPy calls them too. */
const others: Readonly<Record<string, readonly string[]>> = {
  barthann: ["brthan", "bth"],
  bartlett: ["bart", "brt"],
  blackman: ["black", "blk"],
  blackmanharris: ["blackharr", "bkh"],
  bohman: ["bman", "bmn"],
  boxcar: ["box", "ones", "rect", "rectangular"],
  cosine: ["halfcosine"],
  exponential: ["poisson"],
  flattop: ["flat", "flt"],
  hamming: ["hamm", "ham"],
  hann: ["han"],
  lanczos: ["sinc"],
  nuttall: ["nutl", "nut"],
  parzen: ["parz", "par"],
  taylor: ["taylorwin"],
  triangle: ["triang", "tri"],
  tukey: ["tuk"],
};

const names = new Map(
  Object.entries(shapes).flatMap(([name, shape]) =>
    [name, ...(others[name] ?? [])].map((each): [string, Shape] => [each, shape]),
  ),
);

/** The names of windows, each once. */
export const windowNames: readonly string[] = Object.keys(shapes);

/**
 * The numbers of a window by one of its names; undefined where there is none. A periodic one is a symmetric one that is
 * longer by one without its end. `_periodic` or `_symmetric` behind the name says it too.
 */
export function windowNamed(name: string, length: number, isPeriodic: boolean): Float64Array | undefined {
  const [, bare = name, kind] = /^(.*)_(periodic|symmetric)$/.exec(name) ?? [];
  const shape = names.get(bare);
  if (!shape) return undefined;
  if (length === 1) return Float64Array.of(1);
  const whole = length + Number(kind === undefined ? isPeriodic : kind === "periodic");
  return Float64Array.from({ length }, (_, n) => shape(n, whole));
}
