import { levelDb } from "../file-kind.ts";
import { crc32c, maskedCrc } from "./crc32c.ts";

const text = new TextEncoder();

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

export function uint32(value: number): number[] {
  return [0, 8, 16, 24].map((bits) => (value >>> bits) & 255);
}

/** A block of entries that share nothing, with its type and its sum. */
export function block(entries: readonly (readonly [string, Uint8Array])[], type = 0): number[] {
  const bytes = entries.flatMap(([key, value]) => {
    const name = text.encode(key);
    return [0, ...varint(name.length), ...varint(value.length), ...name, ...value];
  });
  return sealed([...bytes, ...uint32(0), ...uint32(1)], type);
}

/** Bytes as a block, with their type and their sum. */
export function sealed(bytes: readonly number[], type = 0): number[] {
  return [...bytes, type, ...uint32(maskedCrc(crc32c(Uint8Array.from([...bytes, type]))))];
}

/** A LevelDB table of blocks as they are; `handles` says where they are, unless it is given. */
export function tableOf(
  blocks: readonly (readonly number[])[],
  handles?: readonly (readonly [number, number])[],
): Uint8Array {
  const places: (readonly [number, number])[] = [];
  let end = 0;
  for (const each of blocks) {
    places.push([end, each.length - 5]);
    end += each.length;
  }
  const index = block(
    (handles ?? places).map(([offset, size], i) => [
      String(i),
      Uint8Array.from([...varint(offset), ...varint(size)]),
    ]),
  );
  const footer = [...varint(end), ...varint(0), ...varint(end), ...varint(index.length - 5)];
  const padding = new Array<number>(40 - footer.length).fill(0);
  return Uint8Array.from([...blocks.flat(), ...index, ...footer, ...padding, ...levelDb.end]);
}

/** A LevelDB table of one block. */
export function table(entries: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  return tableOf([block(entries)]);
}
