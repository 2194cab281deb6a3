import { type StaticShape, sizeOf, stridesOf } from "../../tensor/shape.ts";

/** A walk over `shape` in row-major order that steps through several arrays at once. */
export interface Loop {
  readonly shape: readonly number[];
  /** For each array, how far one step along each dimension goes. */
  readonly strides: readonly (readonly number[])[];
}

/** Strides that walk an array of `shape` as if it were broadcast to `target`. */
export function broadcastStrides(shape: StaticShape, target: StaticShape): number[] {
  const lead = target.length - shape.length;
  const strides = stridesOf(shape);
  return target.map((_, i) => (i < lead || shape[i - lead] === 1 ? 0 : strides[i - lead]!));
}

/** The same walk with as few dimensions as possible, and at least one. */
export function collapse({ shape, strides }: Loop): Loop {
  const sizes: number[] = [];
  const steps: number[][] = strides.map(() => []);
  for (let i = shape.length - 1; i >= 0; i--) {
    const size = shape[i]!;
    if (size === 1) continue;
    const joins = sizes.length > 0 && strides.every((stride, k) => stride[i] === steps[k]![0]! * sizes[0]!);
    if (joins) {
      sizes[0]! *= size;
    } else {
      sizes.unshift(size);
      strides.forEach((stride, k) => {
        steps[k]!.unshift(stride[i]!);
      });
    }
  }
  if (sizes.length > 0) return { shape: sizes, strides: steps };
  return { shape: [1], strides: strides.map(() => [0]) };
}

/** A walk over `target` through arrays of `shapes` that are broadcast to it. */
export function broadcastLoop(shapes: readonly StaticShape[], target: StaticShape): Loop {
  const size = sizeOf(target);
  const steps: number[][] = [];
  for (const shape of shapes) {
    const own = sizeOf(shape);
    if (own === size) steps.push([1]);
    else if (own === 1) steps.push([0]);
    else return collapse({ shape: target, strides: shapes.map((other) => broadcastStrides(other, target)) });
  }
  return { shape: [size], strides: steps };
}

/**
 * Visits each run along the last dimension with the offset of every array at its start, and how many elements came
 * before. The array of offsets is reused.
 */
export function forEachRow(
  { shape, strides }: Loop,
  visit: (offsets: readonly number[], before: number) => void,
): void {
  if (shape.includes(0)) return;
  const last = shape.length - 1;
  const length = shape[last]!;
  const index = new Array<number>(last).fill(0);
  const offsets = new Array<number>(strides.length).fill(0);
  for (let before = 0; ; before += length) {
    visit(offsets, before);
    let axis = last - 1;
    for (; axis >= 0; axis--) {
      const size = shape[axis]!;
      const back = index[axis]! + 1 === size ? size - 1 : -1;
      for (let k = 0; k < offsets.length; k++) offsets[k]! -= back * strides[k]![axis]!;
      if (back < 0) {
        index[axis]!++;
        break;
      }
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}
