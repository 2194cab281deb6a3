import type { Cursor } from "./cursor.ts";

/** One step that a chunk went through when it was written. */
export interface Filter {
  readonly id: number;
  readonly name: string;
  readonly values: readonly number[];
}

const maxFilters = 32;

/** Those that are undone here. */
export const filterId = { deflate: 1, shuffle: 2, fletcher: 3 } as const;

export function isKnownFilter(id: number): boolean {
  return Object.values<number>(filterId).includes(id);
}

/** Which filters the chunks of a dataset went through. */
export function readFilters(cursor: Cursor): Filter[] {
  const version = cursor.u8();
  cursor.expect("version", version, 1, 2);
  const count = cursor.u8();
  if (count > maxFilters) throw cursor.error(`expected at most ${maxFilters} filters, received ${count}.`);
  if (version === 1) cursor.skip(6);
  const filters: Filter[] = [];
  for (let i = 0; i < count; i++) {
    const id = cursor.u16();
    const nameLength = version === 1 || id >= 256 ? cursor.u16() : 0;
    cursor.skip(2);
    const valueCount = cursor.u16();
    const name = cursor.text(version === 1 ? Math.ceil(nameLength / 8) * 8 : nameLength);
    const values: number[] = [];
    for (let j = 0; j < valueCount; j++) values.push(cursor.u32());
    if (version === 1 && valueCount % 2 === 1) cursor.skip(4);
    filters.push({ id, name, values });
  }
  return filters;
}
