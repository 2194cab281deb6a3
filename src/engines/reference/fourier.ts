import { allocate, type Kernel, numbers, result } from "./kernel.ts";

/** Complex numbers, in float64. */
interface Line {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** Replaces a line by its transform. */
type Transform = (line: Line) => void;

/** Line by line, in float64: powers of 2 by halves, other lengths as a convolution of such a length. */
const fft: Kernel<"fft"> = ([real, imaginary], { inverse }, [spec]) => {
  const n = real!.shape.at(-1)!;
  const outs = [allocate(real!.dtype, real!.shape), allocate(real!.dtype, real!.shape)];
  const transform = transformOf(n);
  const line = lineOf(n);
  // With real and imaginary parts swapped, the transform is the inverse one, swapped and not divided.
  const [from, to] = inverse ? [[imaginary!, real!], outs.toReversed()] : [[real!, imaginary!], outs];
  const scale = inverse ? 1 / n : 1;
  for (let start = 0; start < real!.size; start += n) {
    for (let i = 0; i < n; i++) {
      line.real[i] = numbers(from[0]!.data)[start + i]!;
      line.imaginary[i] = numbers(from[1]!.data)[start + i]!;
    }
    transform(line);
    for (let i = 0; i < n; i++) {
      to[0]![start + i] = line.real[i]! * scale;
      to[1]![start + i] = line.imaginary[i]! * scale;
    }
  }
  return outs.map((data) => result(spec!, data));
};

function lineOf(n: number): Line {
  return { real: new Float64Array(n), imaginary: new Float64Array(n) };
}

function transformOf(n: number): Transform {
  return Number.isInteger(Math.log2(Math.max(n, 1))) ? halves(n) : chirp(n);
}

/** Cooley and Tukey's transform for powers of 2. */
function halves(n: number): Transform {
  const roots = lineOf(n / 2);
  for (let i = 0; i < n / 2; i++) setRoot(roots, i, i, n);
  return ({ real, imaginary }) => {
    reverseBits(real, imaginary);
    for (let half = 1; half < n; half *= 2) {
      const step = n / (2 * half);
      for (let start = 0; start < n; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const [a, b] = [start + k, start + k + half];
          const [c, s] = [roots.real[k * step]!, roots.imaginary[k * step]!];
          const re = real[b]! * c - imaginary[b]! * s;
          const im = real[b]! * s + imaginary[b]! * c;
          real[b] = real[a]! - re;
          imaginary[b] = imaginary[a]! - im;
          real[a]! += re;
          imaginary[a]! += im;
        }
      }
    }
  };
}

function reverseBits(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [real[i], real[j]] = [real[j]!, real[i]!];
    [imaginary[i], imaginary[j]] = [imaginary[j]!, imaginary[i]!];
  }
}

/** Bluestein's transform for any length: jk = (j² + k² - (j - k)²) / 2 makes it a convolution with a chirp. */
function chirp(n: number): Transform {
  const length = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const transform = halves(length);
  const waves = lineOf(n);
  // Of k² only the rest by 2n turns the wave, which keeps its angle exact.
  for (let k = 0; k < n; k++) setRoot(waves, k, (k * k) % (2 * n), 2 * n);
  const filter = lineOf(length);
  for (let k = 0; k < n; k++) {
    for (const at of k === 0 ? [0] : [k, length - k]) {
      filter.real[at] = waves.real[k]!;
      filter.imaginary[at] = -waves.imaginary[k]!;
    }
  }
  transform(filter);
  const wide = lineOf(length);
  return (line) => {
    wide.real.fill(0);
    wide.imaginary.fill(0);
    for (let k = 0; k < n; k++) multiply(wide, k, line, k, waves, k);
    transform(wide);
    // Conjugated, transformed and conjugated again is the inverse transform, not divided.
    for (let k = 0; k < length; k++) {
      multiply(wide, k, wide, k, filter, k);
      wide.imaginary[k] = -wide.imaginary[k]!;
    }
    transform(wide);
    for (let k = 0; k < n; k++) {
      wide.real[k]! /= length;
      wide.imaginary[k]! /= -length;
      multiply(line, k, wide, k, waves, k);
    }
  };
}

/** Sets element `at` to the `k`-th power of the n-th root of 1 that turns clockwise. */
function setRoot(to: Line, at: number, k: number, n: number): void {
  const angle = (-2 * Math.PI * k) / n;
  to.real[at] = Math.cos(angle);
  to.imaginary[at] = Math.sin(angle);
}

function multiply(to: Line, at: number, a: Line, i: number, b: Line, j: number): void {
  const real = a.real[i]! * b.real[j]! - a.imaginary[i]! * b.imaginary[j]!;
  to.imaginary[at] = a.real[i]! * b.imaginary[j]! + a.imaginary[i]! * b.real[j]!;
  to.real[at] = real;
}

export const fourierKernels = { fft };
