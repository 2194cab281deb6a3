import type { Elements } from "./kernel.ts";

/** A matrix laid out for {@link multiply}: panels of four columns, as doubles, filled up with zeros. */
export interface Packed {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

export function pack(
  from: Elements<number>,
  offset: number,
  rows: number,
  columns: number,
  rowStride: number,
  columnStride: number,
): Packed {
  const data = new Float64Array(Math.ceil(columns / 4) * 4 * rows);
  for (let first = 0; first < columns; first += 4) {
    const width = Math.min(4, columns - first);
    for (let row = 0; row < rows; row++) {
      const start = offset + row * rowStride + first * columnStride;
      const to = first * rows + row * 4;
      for (let j = 0; j < width; j++) data[to + j] = from[start + j * columnStride]!;
    }
  }
  return { data, rows, columns };
}

/** How many doubles of the left matrix are at work at once, so that they stay in the cache. */
const blockSize = 1 << 16;

/**
 * A product of matrices. `fill` writes some rows of the left one into `block`, one after the other; the product's
 * elements go to `out`, whose rows are `outStride` apart. Sums are kept in doubles.
 */
export function multiply(
  rows: number,
  fill: (block: Float64Array, firstRow: number, rows: number) => void,
  right: Packed,
  out: Elements<number>,
  outOffset: number,
  outStride: number,
): void {
  const depth = right.rows;
  const height = Math.min(
    Math.ceil(rows / 4) * 4,
    Math.max(4, Math.floor(blockSize / Math.max(depth, 1) / 4) * 4),
  );
  const block = new Float64Array(height * depth);
  const tile = new Float64Array(16);
  for (let first = 0; first < rows; first += height) {
    const count = Math.min(height, rows - first);
    fill(block, first, count);
    for (let column = 0; column < right.columns; column += 4) {
      const width = Math.min(4, right.columns - column);
      for (let row = 0; row < count; row += 4) {
        multiplyTile(block, row * depth, right.data, column * depth, depth, tile);
        const lines = Math.min(4, count - row);
        for (let i = 0, o = outOffset + (first + row) * outStride + column; i < lines; i++, o += outStride) {
          for (let j = 0; j < width; j++) out[o + j] = tile[i * 4 + j]!;
        }
      }
    }
  }
}

/** Four rows by four columns, all sums in registers. */
function multiplyTile(
  left: Float64Array,
  start: number,
  right: Float64Array,
  panel: number,
  depth: number,
  tile: Float64Array,
): void {
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  let s23 = 0;
  let s30 = 0;
  let s31 = 0;
  let s32 = 0;
  let s33 = 0;
  const end = start + depth;
  for (let i0 = start, j = panel; i0 < end; i0++, j += 4) {
    const b0 = right[j]!;
    const b1 = right[j + 1]!;
    const b2 = right[j + 2]!;
    const b3 = right[j + 3]!;
    const a0 = left[i0]!;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    const a1 = left[i0 + depth]!;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
    const a2 = left[i0 + 2 * depth]!;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3;
    const a3 = left[i0 + 3 * depth]!;
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
    s33 += a3 * b3;
  }
  tile[0] = s00;
  tile[1] = s01;
  tile[2] = s02;
  tile[3] = s03;
  tile[4] = s10;
  tile[5] = s11;
  tile[6] = s12;
  tile[7] = s13;
  tile[8] = s20;
  tile[9] = s21;
  tile[10] = s22;
  tile[11] = s23;
  tile[12] = s30;
  tile[13] = s31;
  tile[14] = s32;
  tile[15] = s33;
}
