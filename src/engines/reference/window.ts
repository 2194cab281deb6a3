import type { StaticShape } from "../../tensor/shape.ts";

/** Brings what is said per spatial dimension to three dimensions. */
export function threeOf<T>(values: readonly T[], missing: T): readonly [T, T, T] {
  const all = [missing, missing, missing, ...values].slice(-3);
  return all as [T, T, T];
}

/** The spatial sizes of images `(batch, ...spatial, channels)`, or of a kernel `(...window, in, out)`. */
export function spatialOf(
  shape: StaticShape,
  from: number,
  count: number,
): readonly [number, number, number] {
  return threeOf(shape.slice(from, from + count), 1);
}

/** A window that walks over images; everything per spatial dimension, always three of them. */
export interface Walk {
  readonly size: readonly [number, number, number];
  readonly window: readonly [number, number, number];
  readonly strides: readonly [number, number, number];
  readonly dilation: readonly [number, number, number];
  readonly low: readonly [number, number, number];
  /** How many places the window takes. */
  readonly places: readonly [number, number, number];
}

/**
 * Visits the taps of the window at one place that fall into the image: which tap, and which of the image's points.
 */
export function forEachTap(walk: Walk, place: number, visit: (tap: number, point: number) => void): void {
  const { size, window, strides, dilation, low, places } = walk;
  const p2 = place % places[2];
  const rest = (place - p2) / places[2];
  const p1 = rest % places[1];
  const p0 = (rest - p1) / places[1];
  const s0 = p0 * strides[0] - low[0];
  const s1 = p1 * strides[1] - low[1];
  const s2 = p2 * strides[2] - low[2];
  for (let t0 = 0, i0 = s0; t0 < window[0]; t0++, i0 += dilation[0]) {
    if (i0 < 0 || i0 >= size[0]) continue;
    for (let t1 = 0, i1 = s1; t1 < window[1]; t1++, i1 += dilation[1]) {
      if (i1 < 0 || i1 >= size[1]) continue;
      const line = (i0 * size[1] + i1) * size[2];
      const tap = (t0 * window[1] + t1) * window[2];
      for (let t2 = 0, i2 = s2; t2 < window[2]; t2++, i2 += dilation[2]) {
        if (i2 >= 0 && i2 < size[2]) visit(tap + t2, line + i2);
      }
    }
  }
}
